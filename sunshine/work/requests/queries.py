"""Questions about requests: what checks ask, what the desk shows, what is counted, what is public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import ClockEvent, Matter
from sunshine.core.people.models import Person
from sunshine.kernel import errors, period
from sunshine.kernel.procedure import APPLICANT, Situation
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import composing, rules
from sunshine.work.requests.models import (
    Answer,
    Applicant,
    Consultation,
    Correction,
    Fee,
    Remedy,
    Request,
    SealedFile,
    Search,
)
from sunshine.work.requests.rules import stages

KINDS = frozenset(procedure.kind for procedure in rules.PROCEDURES)


def request(reference: str) -> Request:
    """Return a request with its matter; raise `NotFound` when there is none."""
    rows = Request.objects.filter(matter__reference=reference)
    found = rows.select_related("matter__department", "matter__officer").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such request")))
    return found


def matter(reference: str) -> Matter:
    """Return a matter of this room, whatever its kind; raise `NotFound` when there is none."""
    return matters.matter_among(KINDS, reference, absent=gettext_noop("There is no such request"))


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a request, as it is now."""
    request = Request.objects.get(matter=matter)
    answer = newest_answer(request)
    fee = Fee.objects.filter(request=request).last()
    return {
        "version": matter.procedure_version,
        "way": request.way,
        "arrived_on": period.day_of(request.arrived_at),
        "received_on": request.received_on,
        "asked_on": request.asked_on,
        "reasons_until": request.reasons_until,
        "deferred_until": request.deferred_until,
        "reply_due_at": _reply_due_at(matter),
        "consultations": tuple(consulted(request)),
        "searches": Search.objects.filter(request=request).count(),
        "fee_notified_on": fee.notified_on if fee else None,
        "fee_received_on": fee.received_on if fee else None,
        "served_last_on": answer.served_on if answer else None,
        "outcome": answer.outcome if answer else "",
        "details": answer.details if answer else {},
        "public_subject": answer.public_subject if answer else "",
        "letter_gaps": _letter_gaps(answer),
        "made_public_in": begun_from(matter) if matter.stage == stages.ANSWERED.name else "",
    }


def begun_from(matter: Matter) -> str:
    """Return the number of what was begun from the answer for everybody, while it is under way or public."""
    kind = f"{matter.kind}.make_public"
    facts = ledger.timeline(matter.reference).filter(kind=kind).values_list("facts", flat=True)
    begun = Matter.objects.filter(reference__in=[each["document"] for each in facts], closed_at=None)
    return begun.values_list("reference", flat=True).first() or ""


def _letter_gaps(answer: Answer | None) -> tuple[str, ...]:
    """Return which places of the letter are not filled; of an answer that has gone out, none."""
    if answer is None or answer.served_on is not None:
        return ()
    return composing.reply(answer, on=period.day_of(answer.drafted_at)).gaps


def situation_of_remedy(matter: Matter) -> Mapping[str, Any]:
    """Return what the checks of a remedy may ask."""
    remedy = Remedy.objects.get(matter=matter)
    return {"sort": remedy.sort, "filed_on": remedy.filed_on}


def situation_of_correction(matter: Matter) -> Mapping[str, Any]:
    """Return what the checks of a correction may ask."""
    return {"decision": Correction.objects.get(matter=matter).decision}


SITUATIONS = {
    rules.KIND: situation,
    "remedy": situation_of_remedy,
    "correction": situation_of_correction,
}


def consulted(request: Request) -> Iterable[Mapping[str, Any]]:
    """Yield who was asked, without naming them."""
    names = ("id", "sort", "sent_on", "received_on", "answered_on", "answer", "ground", "about")
    return list(Consultation.objects.filter(request=request).values(*names, "decided"))


_OF_AN_ANSWER = ("drafted_by", "approved_by", "request__matter", "letter_pdf", "letter_docx")


def newest_answer(request: Request) -> Answer | None:
    """Return the newest draft or answer of a request."""
    return Answer.objects.filter(request=request).select_related(*_OF_AN_ANSWER).last()


def outcome_now(request: Request) -> str:
    """Return how a closed request stands: the class of the newest answer that went out, else of its closing.

    `request.outcome` and `request.row` stay those of the first answer, for they are what was counted.
    """
    served = Answer.objects.filter(request=request, served_on__isnull=False).order_by("number")
    newest = served.values_list("outcome", flat=True).last()
    return (newest or request.outcome) if request.closed_on else ""


def _reply_due_at(matter: Matter) -> datetime | None:
    last = ClockEvent.objects.filter(matter=matter).order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return None
    reading = matters.readings(matter, now=last).get("reply")
    return reading.due_at if reading else None


def acts_open(matter: Matter, person: Person, *, at: datetime) -> tuple[matters.OpenAct, ...]:
    """Return the acts of this stage that are for this person, each with what stands in its way."""
    return matters.acts_open(matter, person, situation=SITUATIONS[matter.kind](matter), at=at)


def open_to_applicant(matter: Matter, *, at: datetime) -> frozenset[str]:
    """Return the names of the acts that the applicant may do as things are."""
    procedure = matters.procedure_of(matter)
    stage, held = procedure.stage(matter.stage), frozenset({APPLICANT.name})
    asked = Situation(stage=stage, at=at, matter=situation(matter), done=matters.done(matter))
    return frozenset(
        act.name
        for act in procedure.acts_from(stage)
        if APPLICANT in act.by and procedure.preview(act.name, asked, held, None).is_open
    )


def may_read(matter: Matter, person: Person, *, at: datetime) -> bool:
    """Return whether a person may see a request: who can act in it where it lies."""
    held = matters.roles(person, matter, at=at)
    procedure = matters.procedure_of(matter)
    return not held.isdisjoint({role.name for act in procedure.acts for role in act.by})


def matter_of_code(code: str) -> Matter:
    """Return the matter that a follow-up code opens; raise `NotFound` for any other code."""
    rows = Applicant.objects.filter(code_mark=sealing.mark(codes.bare(code), purpose="code"))
    found = rows.select_related("matter__department").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("No request has this code"), field="code"))
    return found.matter


def code_mark(matter_id: int) -> str:
    """Return the mark of the code that opens a matter now; empty for none."""
    return Applicant.objects.filter(matter=matter_id).values_list("code_mark", flat=True).first() or ""


def same_applicant(request: Request) -> QuerySet[Request]:
    """Return the other requests of the same applicant, newest first, found by the mark alone."""
    mark = Applicant.objects.values_list("mark", flat=True).get(matter=request.matter)
    rows = Request.objects.filter(matter__applicant__mark=mark).exclude(pk=request.pk)
    return rows.select_related("matter").order_by("-arrived_at")


def answered_before(matter_id: int) -> QuerySet[Request]:
    """Return the other requests of the same applicant to which an answer went out, newest first."""
    served = Answer.objects.filter(served_on__isnull=False).values("request_id")
    return same_applicant(Request.objects.get(pk=matter_id)).filter(pk__in=served)


def number_in_month(request: Request) -> int:
    """Return the how-manieth request of its applicant in the calendar month this one is (FEE-ITEM)."""
    if request.received_on is None:
        return 0
    month = {"received_on__year": request.received_on.year, "received_on__month": request.received_on.month}
    others = same_applicant(request).filter(**month)
    earlier = others.filter(received_on__lt=request.received_on) | others.filter(
        received_on=request.received_on, pk__lt=request.pk
    )
    return earlier.count() + 1


def files_of(matter: Matter) -> list[SealedFile]:
    """Return the files that came with a request, or the whole it is a part of; their names are sealed."""
    ids = [matter.pk]
    while origin := Request.objects.filter(pk=ids[-1]).values_list("origin_id", flat=True).first():
        ids.append(origin)  # a part may be split again
    return list(SealedFile.objects.filter(matter__in=ids, kind=SealedFile.CAME).order_by("pk"))


def papers(matter: Matter) -> list[SealedFile]:
    """Return what the applicant may fetch: the letters that went out, and the files given with each."""
    served = Answer.objects.filter(request__matter=matter, served_on__isnull=False)
    answers = served.select_related("letter_pdf", "letter_docx")
    found = [file for answer in answers for file in (answer.letter_pdf, answer.letter_docx) if file]
    given = SealedFile.objects.filter(matter=matter, given_in__answer__in=served)
    return [*found, *given]


@dataclass(frozen=True, slots=True)
class Line:
    """A request as the public register shows it: nothing of who asked."""

    reference: str
    received_on: date
    way: str
    applicant_kind: str
    outcome: str
    closed_on: date | None
    subject: str


def register() -> QuerySet[Request]:
    """Return the requests that were received, newest first, for the public register."""
    rows = Request.objects.filter(received_on__isnull=False).select_related("matter")
    return rows.order_by("-received_on", "-matter_id")


def line(request: Request) -> Line:
    """Return the public line of a request: what its public entries say, and the subject once answered."""
    assert request.received_on is not None  # noqa: S101  # `register` leaves the others out
    return Line(
        request.matter.reference,
        request.received_on,
        request.way,
        request.applicant_kind,
        request.outcome if request.closed_on else "",
        request.closed_on,
        request.public_subject if request.closed_on else "",
    )


def entries(reference: str) -> list[Entry]:
    """Return the public entries about a request, oldest first."""
    rows = Entry.objects.filter(subject=reference, public=True).select_related("leaf")
    return list(rows.order_by("id"))


def received(reference: str) -> Request:
    """Return a request that stands in the public register; raise `NotFound` for any other."""
    found = register().filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such request")))
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one applicant; `applicant` is a mark that tells people apart and names nobody."""

    reference: str
    department_id: int
    subject: str
    applicant: str


def given_since(day: date) -> list[Given]:
    """Return the requests that were disclosed, wholly or in part, and counted from a day on, oldest first."""
    rows = Request.objects.filter(closed_on__gte=day, outcome__in=(rules.DISCLOSED, rules.PARTIAL))
    names = ("matter__reference", "matter__department_id", "public_subject", "matter__applicant__mark")
    return [Given(*row) for row in rows.order_by("closed_on", "matter_id").values_list(*names)]


WHOLE = "全部"
"""The place of what is refused as a whole."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part that the newest answer to a request keeps back; `number` is its place in the list of `answer`.

    `decided_by` are those who wrote and who approved that answer.
    """

    reference: str
    answer: int
    number: int
    department_id: int
    subject: str
    place: str
    ground: str
    decided_by: tuple[int, ...]


def withheld() -> list[Withheld]:
    """Return what answers in force keep back, in the order of the requests: a part (FOI-PARTIAL), or all."""
    rows = Answer.objects.filter(served_on__isnull=False, request__closed_on__isnull=False)
    kept_back = rows.filter(outcome__in=rules.WITHHOLDING).values("request")
    rows = rows.select_related("request__matter").order_by("request_id", "number")
    newest = {answer.request_id: answer for answer in rows.filter(request__in=kept_back)}
    return [
        Withheld(
            answer.request.matter.reference,
            answer.number,
            number,
            answer.request.matter.department_id,
            answer.request.public_subject,
            str(part["place"]),
            str(part["ground"]),
            tuple(sorted({answer.drafted_by_id, answer.approved_by_id or answer.drafted_by_id})),
        )
        for answer in newest.values()
        for number, part in enumerate(_kept_back(answer), start=1)
    ]


def _kept_back(answer: Answer) -> Iterable[Mapping[str, Any]]:
    """Return what an answer keeps back: the parts that it lists, all where it refuses, else nothing."""
    if answer.outcome == rules.PARTIAL:
        parts: Iterable[Mapping[str, Any]] = answer.details.get("withheld", ())
        return parts
    return [{"place": WHOLE, "ground": answer.outcome}] if answer.outcome in rules.WITHHOLDING else ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A request as figures count it: column, years, row. `closed_on` None: still being handled."""

    reference: str
    applicant_kind: str
    way: str
    received_on: date
    closed_on: date | None
    outcome: str
    row: str


def counted(*, until: date, since: date | None = None) -> Iterable[Counted]:
    """Yield every request received until a day, as it stood at that day's end.

    :param since: leaves out what was closed before this day and counts in no later period
    """
    rows = Request.objects.filter(received_on__lte=until).order_by("received_on", "matter_id")
    if since is not None:
        rows = rows.filter(Q(closed_on=None) | Q(closed_on__gte=since))
    names = ("matter__reference", "applicant_kind", "way", "received_on", "closed_on", "outcome", "row")
    for reference, kind, way, received_on, *closing in rows.values_list(*names):
        is_closed = closing[0] is not None and closing[0] <= until
        yield Counted(reference, kind, way, received_on, *(closing if is_closed else (None, "", "")))


@dataclass(frozen=True, slots=True)
class CountedRemedy:
    """A remedy as figures count it: its sort, whether a reconsideration came before, its days and result."""

    reference: str
    request: str
    sort: str
    is_after_reconsideration: bool
    filed_on: date
    decided_on: date | None
    result: str


def counted_remedies(*, until: date, since: date | None = None) -> Iterable[CountedRemedy]:
    """Yield every remedy filed until a day, as it stood at that day's end; `since` as for `counted`."""
    rows = Remedy.objects.filter(filed_on__lte=until).select_related("matter", "request__matter")
    if since is not None:
        rows = rows.filter(Q(decided_on=None) | Q(decided_on__gte=since))
    for remedy in rows.order_by("filed_on", "matter_id"):
        is_decided = remedy.decided_on is not None and remedy.decided_on <= until
        yield CountedRemedy(
            remedy.matter.reference,
            remedy.request.matter.reference,
            remedy.sort,
            remedy.after_id is not None,
            remedy.filed_on,
            remedy.decided_on if is_decided else None,
            remedy.result if is_decided else "",
        )
