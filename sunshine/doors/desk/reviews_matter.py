"""Looking back at the desk: the yearly review, what is to be decided, what is to be made public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import downloads, facts, fields, refusals, sent, shell, words
from sunshine.doors.desk import matter as pages
from sunshine.doors.desk.facts import FieldMaker
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import operations as documents
from sunshine.work.documents import queries as document_queries
from sunshine.work.documents import rules as document_rules
from sunshine.work.reviews import operations as reviews
from sunshine.work.reviews import paper, queries, rules
from sunshine.work.reviews.models import Conversion, KeptItem, ReportDuty, YearlyReview

WHY = {
    "end_date": gettext_noop("has an end date: all are looked at"),
    "drawn": gettext_noop("drawn by lot"),
    "ending": gettext_noop("its ground ends"),
}
COUNTS = {
    "looked_at": gettext_noop("Looked at"),
    "with_end_date": gettext_noop("With an end date"),
    "drawn": gettext_noop("Drawn by lot"),
    "stay_closed": gettext_noop("Stay closed"),
    "to_be_opened": gettext_noop("To be opened"),
    "conversions": gettext_noop("Tasks to make public"),
    "conversions_begun": gettext_noop("Begun"),
    "conversions_declined": gettext_noop("Declined"),
}
Rows = Sequence[tuple[str, object]]


class DecisionForm(facts.ActForm):
    """The form of an act of looking back."""

    makers: ClassVar[Mapping[str, FieldMaker]] = {
        "reason": facts.FACTS["reason"],
        "until": lambda _asking: fields.Day(
            label=_("Until which day"), help_text=_("Needed where the ground has an end date.")
        ),
    }


def readable(request: HttpRequest, reference: str) -> Matter:
    """Return a matter of this room that this officer may read.

    :raises NotFound: there is none, or this officer may not know that there is
    """
    matter = queries.matter(reference)
    if not queries.may_read(matter, shell.staff(request), at=timezone.now()):
        raise errors.NotFound(Reason(gettext_noop("There is no such matter")))
    return matter


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one matter: what it is about, the acts open to this officer, its clock, the story."""
    matter = readable(request, reference)
    now = timezone.now()
    acts = acts_for(matter, shell.staff(request), now)
    return shell.page(
        request,
        "desk/looked_back.html",
        title=matter.title,
        place="worklist",
        matter=matter,
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        acts=[act for act in acts if act.is_open],
        shut=[act for act in acts if not act.is_open],
        next_by=pages.next_by(matter, acts, now),
        clocks=pages.clocks(matter, now),
        moments=words.timeline(ledger.timeline(matter.reference)),
        **ABOUT[matter.kind](matter),
    )


def clock_as_json(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Answer the whole reading of one clock, day by day, with the rules it rests on."""
    return pages.clock_told(readable(request, reference), name)


def acts_for(matter: Matter, person: Person, now: datetime) -> list[pages.ActShown]:
    """Return the acts of the stage for this person, the likely next one first."""
    return pages.acts_shown(matter, queries.acts_open(matter, person, at=now))


def _of_review(matter: Matter) -> dict[str, Any]:
    review = YearlyReview.objects.get(matter=matter)
    told = review.report or queries.report(review)
    return {
        "rows": [
            *((_(COUNTS[name]), str(value)) for name, value in told["counts"].items()),
            (_("Not public in all"), str(len(review.candidates))),
            (_("Seed of the lottery"), review.seed),
            *([(_("Digest of the report"), review.digest)] if review.digest else []),
        ],
        "items": [
            (item.matter, words.ground(item.ground), _(WHY[item.why]), item.until, _stage(item.matter))
            for item in queries.items_of(review)
        ],
        "conversions": [(each.matter, each.people, _stage(each.matter)) for each in _conversions(review)],
        "report_url": reverse("desk:review_report", args=[matter.reference]) if review.digest else "",
    }


def _conversions(review: YearlyReview) -> list[Conversion]:
    return queries.conversions_of(review.year)


def _stage(matter: Matter) -> str:
    return _(matters.procedure_of(matter).stage(matter.stage).label)


def _of_item(matter: Matter) -> dict[str, Any]:
    item = KeptItem.objects.select_related("review__matter").get(matter=matter)
    is_part = rules.is_part(item.subject)
    rows: Rows = [
        (_("Withheld part of an answer") if is_part else _("Document"), item.subject),
        (_("Legal ground"), words.ground(item.ground)),
        (_("Ends on"), item.until or ""),
        (_("Why it is looked at"), _(WHY[item.why])),
        (_("New end"), item.kept_until or ""),
        (_("Reason"), item.reason),
    ]
    links = [(rules.holder(item.subject), _("The request") if is_part else _("The document"))]
    if item.review is not None:
        links.append((item.review.matter.reference, item.review.matter.title))
    return {"rows": [(label, value) for label, value in rows if value], "links": links}


def _of_conversion(matter: Matter) -> dict[str, Any]:
    conversion = Conversion.objects.get(matter=matter)
    rows: Rows = [
        (_("Withheld part of an answer"), conversion.opens if rules.is_part(conversion.opens) else ""),
        (
            _("Asked for by"),
            _("%(count)d people") % {"count": conversion.people} if conversion.people else "",
        ),
        (_("Document"), conversion.document),
        (_("Reason"), conversion.reason),
    ]
    links = [(each.reference, _("A request")) for each in conversion.asked.all()]
    if conversion.opens:
        is_part = rules.is_part(conversion.opens)
        links.append((rules.holder(conversion.opens), _("The request") if is_part else _("The document")))
    return {"rows": [(label, value) for label, value in rows if value], "links": links}


def _of_duty(matter: Matter) -> dict[str, Any]:
    duty = ReportDuty.objects.get(matter=matter)
    return {"rows": [(_("Year"), duty.year)], "duty_url": reverse("desk:report", args=[duty.year])}


ABOUT = {
    rules.YEARLY: _of_review,
    rules.KEPT: _of_item,
    rules.CONVERSION: _of_conversion,
    rules.REPORT_DUTY: _of_duty,
}


class BeginForm(sent.PageForm):
    """Nothing is asked but to go on; what is begun is said on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the closed document up again, or begin a new one of what is often asked for."""
    matter = readable(request, reference)
    conversion = Conversion.objects.get(matter=matter)
    form = BeginForm(request.POST if request.method == "POST" else None, initial={"seen": matter.version})
    if request.method == "POST" and form.is_valid():
        where, seen = reverse("desk:matter", args=[reference]), form.cleaned_data["seen"]

        def begin_it(at: datetime) -> str:
            begun = _begin(request, matter, conversion, seen, at)
            messages.success(request, _("Begun: %(document)s") % {"document": begun})
            return where

        try:
            return sent.once(request, form, begin_it, otherwise=where)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Begin the document"),
        place="worklist",
        form=form,
        matter=matter,
        action=_("Take %(document)s up again") % {"document": conversion.opens}
        if _takes_up(conversion)
        else _("Begin a document: %(subject)s") % {"subject": conversion.subject},
        status=422 if form.errors else 200,
    )


def _takes_up(conversion: Conversion) -> bool:
    """Return whether a closed document is taken up again; of a part of an answer a new one is begun."""
    return bool(conversion.opens) and not rules.is_part(conversion.opens)


def _begin(request: HttpRequest, matter: Matter, conversion: Conversion, seen: int, at: datetime) -> str:
    """Begin the document and enter it, both or neither; return its reference."""
    person = shell.staff(request)
    with transaction.atomic():
        if _takes_up(conversion):
            closed = document_queries.document(conversion.opens)
            documents.open_up(closed.matter_id, reason=matter.title, actor=person, at=at)
            reference = conversion.opens
        else:
            document = documents.open_document(
                kind=document_rules.ANNOUNCEMENT.code,
                title=conversion.subject,
                department=matter.department,
                officer=person,
                at=at,
                fields={},
            )
            reference = document.matter.reference
        reviews.begin(matter.pk, document=reference, actor=person, at=at, seen=seen)
    return reference


def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the frozen report to the municipal office as a Word file."""
    review = _reported(request, reference)
    entries = ledger.timeline(reference)
    signed = [
        f"{words.sentence(entry)}（{words.moment(entry.at)}）"
        for entry in entries
        if entry.kind in (f"{rules.YEARLY}.draft_report", f"{rules.YEARLY}.sign_report")
    ]
    data = paper.docx(review.report, bureau=settings.BUREAU.name, digest=review.digest, signed=signed)
    return downloads.download(f"{review.year}年不予公开信息自查报告.docx", data, paper.DOCX)


def report_as_json(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the frozen report for programs: its digest is the SHA-256 of its canonical form."""
    review = _reported(request, reference)
    return JsonResponse(review.report, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _reported(request: HttpRequest, reference: str) -> YearlyReview:
    matter = readable(request, reference)
    review = YearlyReview.objects.filter(matter=matter).exclude(digest="").first()
    if review is None:
        raise errors.NotFound(Reason(gettext_noop("The report has not been drafted yet")))
    return review
