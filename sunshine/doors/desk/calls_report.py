"""The report on what was adopted: begun from the answers, written on and published like any document."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import matter as pages
from sunshine.doors.desk import participation_matter, refusals, sent, shell
from sunshine.kernel import errors, period
from sunshine.text import paragraphs
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from sunshine.work.documents.models import Document
from sunshine.work.participation import composing
from sunshine.work.participation.models import CommentCall
from sunshine.work.participation.operations import calls
from sunshine.work.participation.queries import calls as queries
from sunshine.work.participation.rules import terms


class ReportForm(sent.PageForm):
    """Which document came of the draft; its text is compared with the draft."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed through as they came
        self.fields["final"] = forms.CharField(
            label=_("Number of the document that came of it"),
            help_text=_("What changed from the draft to its text as it stands now goes into the report."),
            required=False,
            max_length=40,
        )


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what the report is made of; then begin it in the department that answered."""
    matter = participation_matter.readable(request, reference)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            final = form.cleaned_data["final"].strip()
            otherwise = reverse("desk:matter", args=[reference])
            return sent.once(
                request, form, lambda at: _begin(request, matter, final, at), otherwise=otherwise
            )
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        except (errors.RuleBroken, errors.NotFound) as refusal:
            refusals.onto(form, refusal)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Begin the report on what was adopted"),
        status=422 if form.errors else 200,
        form=form,
        action=_("Begin"),
        **participation_matter.context(matter),
    )


def _begin(request: HttpRequest, matter: Matter, final: str, at: datetime) -> str:
    text = ""
    if final:
        chosen = pages.readable(request, final)
        text = str(drafts.draft(chosen.matter, 0).fields.get("body", ""))
    document = begun(matter, text, actor=shell.staff(request), at=at)
    messages.success(request, _("Begun: %(document)s") % {"document": document.matter.reference})
    return reverse("desk:matter", args=[document.matter.reference])


def begun(matter: Matter, final: str, *, actor: Person, at: datetime) -> Document:
    """Begin the report of the call that an officer saw as `matter`, and return its document.

    :param final: the text of what came of the draft, if anything did yet
    """
    # Held before it is composed: who confirms by telephone or at the counter is in the report or comes late.
    with calls.holding(matter.pk) as call:
        document = documents.open_document(
            kind=rules.ADOPTION_REPORT.code,
            title=f"关于《{call.record.title}》公开征求意见采纳情况的说明",
            department=matter.department,
            officer=actor,
            at=at,
            fields={
                "body": body(call, final),
                "formed_on": period.day_of(at).isoformat(),
                "summary": f"{call.record.title}：收到的意见、采纳情况和不予采纳的理由",
            },
        )
        calls.begin_report(
            matter.pk, document=document.matter.reference, actor=actor, at=at, seen=matter.version
        )
    return document


def body(call: CommentCall, final: str) -> str:
    """Return the body of a call's report, as its answers stand now."""
    counted, answers = queries.counted(call), queries.answers(call)
    said = {term.code: term.term for term in terms.ANSWERS}
    told = composing.Told(
        title=call.record.title,
        period=f"{period.day_of(call.matter.opened_at).isoformat()}至{call.until.isoformat()}",
        submissions=counted.submissions,
        persons=counted.persons,
        opinions=counted.opinions,
        hidden=counted.hidden,
        answers=[(term, answers.get(code, 0)) for code, term in said.items()],
    )
    groups = [
        composing.Answered(each.paragraph, each.text, each.persons, said[each.answer], each.reason)
        for each in queries.told(queries.groups(call))
        if each.answer
    ]
    return composing.report(told, groups, paragraphs.cut(queries.body(call)), final)
