"""Keeping the directory of proactive disclosure: entering, changing and closing its items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.core.people import queries as people
from sunshine.core.publishing.models import DirectoryItem
from sunshine.core.publishing.operations import directory as operations
from sunshine.core.publishing.queries import directory
from sunshine.core.publishing.rules import COLUMNS
from sunshine.doors.desk import fields, permits, refusals, shell
from sunshine.kernel import errors

UNITS = (
    ("working_days", gettext_lazy("working days")),
    ("calendar_days", gettext_lazy("calendar days")),
    ("months", gettext_lazy("months")),
)


class ItemForm(forms.Form):
    """What an item of the directory says."""

    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy(
            "Small letters, digits and hyphens; stands in the address and stays for ever."
        ),
    )
    column = forms.ChoiceField(
        label=gettext_lazy("Column"), choices=[(column.slug, column.term) for column in COLUMNS]
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=120)
    content = forms.CharField(
        label=gettext_lazy("Content"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.CharField(label=gettext_lazy("Basis"), max_length=300)
    statutory_key = forms.CharField(
        label=gettext_lazy("Item of the regulation"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Article and item, such as 20-01."),
    )
    limit_length = forms.IntegerField(
        label=gettext_lazy("Time limit"), min_value=1, max_value=365, initial=20
    )
    limit_unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=UNITS)
    renewed_every = forms.IntegerField(
        label=gettext_lazy("Renewed every (days)"), required=False, min_value=1, max_value=3660
    )
    audience = forms.CharField(label=gettext_lazy("Audience"), max_length=120)
    channels = fields.Lines(
        label=gettext_lazy("Channels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line."),
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Post that answers for it"), required=False, coerce=int, empty_value=None
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=9999, initial=0
    )

    def __init__(self, *args: Any, item: DirectoryItem | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if item is not None:
            del self.fields["code"]
        posts = [
            (post.pk, str(post))
            for _department, chairs in people.register(on=shell.today())
            for post, _holder in chairs
        ]
        self.fields["owner"].choices = [("", "—"), *posts]  # type: ignore[attr-defined]  # a choice field

    def as_fields(self) -> dict[str, Any]:
        """Return what an operation takes; the owner as the post itself."""
        given = dict(self.cleaned_data)
        given["owner"] = people.post(given["owner"]) if given["owner"] else None
        return given


class ClosingForm(forms.Form):
    """Why an item closes."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


def show(request: HttpRequest) -> HttpResponse:
    """Show the directory by column with how each promise is kept."""
    day = shell.today()
    return shell.page(
        request,
        "desk/directory.html",
        title=_("Directory of proactive disclosure"),
        place="directory",
        columns=directory.columns(on=day),
        health=directory.health(on=day),
        may_keep=permits.holds(shell.staff(request), permits.KEEPS_DIRECTORY),
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an item in the directory."""
    permits.require(shell.staff(request), permits.KEEPS_DIRECTORY)
    form = ItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            item = operations.list_item(actor=shell.staff(request), at=timezone.now(), **form.as_fields())
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            return _done(request, _("Entered in the directory: %(subject)s") % {"subject": item.subject})
    return _form(request, form, _("Enter an item"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what an item of the directory says."""
    permits.require(shell.staff(request), permits.KEEPS_DIRECTORY)
    item = directory.item(code)
    initial = {name: getattr(item, name) for name in ItemForm.base_fields if name != "owner"}
    initial["owner"] = item.owner_id
    form = ItemForm(request.POST if request.method == "POST" else None, item=item, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_item(code, actor=shell.staff(request), at=timezone.now(), **form.as_fields())
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            return _done(request, _("Changed: %(subject)s") % {"subject": form.cleaned_data["subject"]})
    return _form(request, form, _("Change: %(subject)s") % {"subject": item.subject}, item=item)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an item: nothing new is published under it."""
    permits.require(shell.staff(request), permits.KEEPS_DIRECTORY)
    item = directory.item(code)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        operations.close_item(code, actor=shell.staff(request), at=timezone.now(), reason=reason)
        return _done(request, _("Closed: %(subject)s") % {"subject": item.subject})
    return _form(request, form, _("Close: %(subject)s") % {"subject": item.subject})


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk:directory"))


def _form(
    request: HttpRequest, form: forms.Form, title: str, *, item: DirectoryItem | None = None
) -> HttpResponse:
    return shell.page(
        request,
        "desk/simple.html",
        title=title,
        place="directory",
        form=form,
        action=_("Enter"),
        back=reverse("desk:directory"),
        close_url=reverse("desk:directory_close", args=[item.code]) if item else "",
        status=422 if form.errors else 200,
    )
