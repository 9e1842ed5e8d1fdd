"""From a replied case to a document for everybody: begun here, masked, and public through the gate."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.doors.desk import letters_matter, refusals, sent, shell
from sunshine.kernel import errors
from sunshine.text import privacy
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case
from sunshine.work.correspondence.queries import cases
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules


class ShowForm(sent.PageForm):
    """What is shown of message and answer; everything personal is masked before one reads it here."""

    title = forms.CharField(max_length=80)
    message = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    answer = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        labels = {"title": _("Title"), "message": _("Message"), "answer": _("Answer")}
        for name, label in labels.items():
            self.fields[name].label = label


@require_http_methods(["GET", "POST"])
def show_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what would be said, masked; then begin the document in the department that answered."""
    matter = letters_matter.readable(request, reference)
    case = cases.case(reference)
    form = ShowForm(request.POST if request.method == "POST" else None, initial=_proposed(case))
    if request.method == "POST" and form.is_valid():
        try:
            otherwise = reverse("desk:matter", args=[reference])
            return sent.once(
                request, form, lambda at: _begin(request, case, form.given, at), otherwise=otherwise
            )
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Show message and answer to everybody"),
        place="worklist",
        form=form,
        matter=matter,
        action=_("Begin the document"),
        status=422 if form.errors else 200,
    )


def _proposed(case: Case) -> dict[str, str]:
    reply = cases.newest_reply(case)
    text = privacy.masked(case.text, privacy.find(case.text))
    answer = reply.text if reply else ""
    title = _("Message and answer: %(subject)s") % {"subject": case.matter.title[:50]}
    return {"title": title, "message": text, "answer": privacy.masked(answer, privacy.find(answer))}


def _begin(request: HttpRequest, case: Case, given: dict[str, str], at: datetime) -> str:
    person = shell.staff(request)
    body = f"<h2>{_('Message')}</h2>{linebreaks(escape(given['message']))}"
    body += f"<h2>{_('Answer')}</h2>{linebreaks(escape(given['answer']))}"
    with transaction.atomic():
        document = documents.open_document(
            kind=rules.LETTER_ANSWER.code,
            title=given["title"],
            department=case.matter.department,
            officer=person,
            at=at,
            fields={"body": body},
        )
        number = document.matter.reference
        letters.show_answer(case.pk, document=number, actor=person, at=at)
    messages.success(request, _("Begun: %(document)s") % {"document": number})
    return reverse("desk:matter", args=[case.matter.reference])
