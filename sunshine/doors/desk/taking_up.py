"""Taking up a record of the former site: it gets a matter, and with it every act on public documents."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.doors.desk import permits, refusals, sent, shell
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents

TAKES_UP = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)


class RecordForm(sent.PageForm):
    """Which record, and which department answers for it from now on."""

    reference = forms.RegexField(
        r"^\d{4}-\d{5,}$",
        label=gettext_lazy("Index number of the record"),
        help_text=gettext_lazy("As on its public page, such as 2026-00012."),
    )
    department = forms.TypedChoiceField(
        label=gettext_lazy("Department that answers for it"), coerce=int, choices=[]
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # a form's own arguments
        self.fields["department"].choices = [  # type: ignore[attr-defined]  # a choice field
            (department.pk, department.name) for department, _posts in people.register(on=shell.today())
        ]


@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest) -> HttpResponse:
    """Show the form, or take the record up and lead to its matter."""
    person = shell.staff(request)
    permits.require(person, TAKES_UP)
    if request.method != "POST":
        return _form(request, RecordForm(initial={"reference": request.GET.get("reference", "")}))
    form = RecordForm(request.POST)
    if form.is_valid():
        department = people.department(form.cleaned_data["department"])
        reference = form.cleaned_data["reference"]

        def begin(at: datetime) -> str:
            document = documents.take_up(reference, department=department, actor=person, at=at)
            messages.success(request, _("The record has a matter now."))
            return reverse("desk:matter", args=[document.matter.reference])

        try:
            return sent.once(request, form, begin, otherwise=reverse("desk:worklist"))
        except errors.DomainError as refusal:
            refusals.onto(form, refusal)
    return _form(request, form)


def _form(request: HttpRequest, form: RecordForm) -> HttpResponse:
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Take up a record of the former site"),
        place="worklist",
        form=form,
        action=_("Take up"),
        back=reverse("desk:worklist"),
        status=422 if form.errors else 200,
    )
