"""Laying a file with an answer, as it is or redacted: texts to mask, places to blacken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.doors.desk import fields, refusals, requests_matter, shell
from sunshine.kernel import errors
from sunshine.work.requests import operations as requests
from sunshine.work.requests.redaction import Box


class Boxes(fields.Lines):
    """Places on pages, one a line: page, left, top, right, bottom, the last four in per cent."""

    def clean(self, value: Any) -> Any:
        return [self._box(line) for line in super().clean(value)]

    def _box(self, line: str) -> Box:
        try:
            numbers = [float(number) for number in line.replace(",", " ").split()]
            page, (left, top, right, bottom) = int(numbers[0]), (edge / 100 for edge in numbers[1:])
        except (ValueError, OverflowError, IndexError) as error:
            raise forms.ValidationError(_("Five numbers a line: %(line)s") % {"line": line}) from error
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            raise forms.ValidationError(_("This is no place on a page: %(line)s") % {"line": line})
        return Box(page, left, top, right, bottom)


class EnclosureForm(forms.Form):
    """A file and what of it is not given."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"] = forms.FileField(label=_("File"))
        self.fields["masks"] = fields.Lines(
            label=_("Texts to mask"),
            required=False,
            help_text=_("One a line, as they stand in the file; the copy is proved to be without them."),
        )
        self.fields["boxes"] = Boxes(
            label=_("Places to blacken"),
            required=False,
            help_text=_("For scans: page, left, top, right, bottom; per cent from the upper left corner"),
        )


@require_http_methods(["GET", "POST"])
def enclose(request: HttpRequest, reference: str) -> HttpResponse:
    """Lay a file with the answer."""
    matter = requests_matter.readable(request, reference)
    form = EnclosureForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"seen": matter.version},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            requests.enclose(
                matter.pk,
                name=given["file"].name,
                data=given["file"].read(),
                masks=given["masks"],
                boxes=given["boxes"],
                actor=shell.staff(request),
                at=timezone.now(),
                seen=given["seen"],
            )
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            messages.success(request, _("Done: %(act)s") % {"act": _("Lay a file with the answer")})
            return HttpResponseRedirect(reverse("desk:matter", args=[reference]))
    return shell.page(
        request,
        "desk/request_enclose.html",
        title=_("Lay a file with the answer"),
        place="worklist",
        matter=matter,
        form=form,
        status=422 if form.errors else 200,
    )
