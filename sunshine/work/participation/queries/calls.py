"""Questions about comment calls: what checks ask, what the desk and the public see, what is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Record, RecordVersion
from sunshine.core.publishing.queries import records
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import paragraphs
from sunshine.work.participation import texting
from sunshine.work.participation.models import CommentCall, Opinion, OpinionGroup, Submission
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms

_NOT_HIDDEN = (terms.HELD.code, terms.SHOWN.code)
COUNTS = Q(confirmed_at__isnull=False, state__in=_NOT_HIDDEN)
"""What of the submissions counts: confirmed, and not hidden."""

_OF_OPINIONS = Q(submission__confirmed_at__isnull=False, submission__state__in=_NOT_HIDDEN)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many spoke in a call, what waits, and what moderation did, all of it for everybody to see."""

    submissions: int
    persons: int
    opinions: int
    held: int
    unconfirmed: int
    hidden: int
    restored: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a call is about: the title, the paragraphs, the explanation and the files of one version."""

    title: str
    reference: str
    paragraphs: tuple[paragraphs.Paragraph, ...]
    explanation: str
    short_reason: str
    files: tuple[records.File, ...]
    version: int


def identities_open() -> tuple[terms.Term, ...]:
    """Return in which ways a call may ask who speaks: by telephone only where a gateway is set."""
    return terms.IDENTITIES if texting.is_possible() else (terms.NO_IDENTITY,)


def call(reference: str) -> CommentCall:
    """Return a call with its matter; raise `NotFound` when there is none."""
    found = _calls().filter(matter__reference=reference).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such call")))
    return found


def public_call(reference: str) -> CommentCall:
    """Return a call that everybody may see: its draft stands before the public.

    :raises NotFound: there is no such call, or its draft was withdrawn
    """
    found = call(reference)
    if found.record.withdrawn_at is not None:
        raise errors.NotFound(Reason(gettext_noop("There is no such call")))
    return found


def public_calls() -> QuerySet[CommentCall]:
    """Return the calls that everybody may see, the newest first."""
    return _calls().filter(record__withdrawn_at=None).order_by("-matter_id")


def subscribed() -> QuerySet[CommentCall]:
    """Return the calls that calendars know of: the public ones, and those that ended with their draft."""
    is_reported = Q(matter__stage=rules.REPORTED.name)
    rows = _calls().filter(Q(record__withdrawn_at=None) | ~is_reported)
    return rows.order_by("-matter_id")


def open_on(on: date) -> QuerySet[CommentCall]:
    """Return the calls that are open on a day, the first to close first."""
    rows = _calls().filter(matter__stage=rules.OPEN.name, until__gte=on, record__withdrawn_at=None)
    return rows.order_by("until", "matter_id")


def of_record(reference: str) -> CommentCall | None:
    """Return the call on a draft, if there is one."""
    return _calls().filter(record__reference=reference).first()


def _calls() -> QuerySet[CommentCall]:
    return CommentCall.objects.select_related("matter__department", "matter__officer", "record", "report")


def draft(call: CommentCall, *, on: date) -> Draft:
    """Return the version of the draft that a call is about."""
    shown = records.shown(call.record.reference, on=on, version=call.version)
    fields = shown.version.fields
    return Draft(
        title=str(fields.get("title", call.record.title)),
        reference=call.record.reference,
        paragraphs=tuple(paragraphs.cut(str(fields.get("body", "")))),
        explanation=str(fields.get("explanation", "")),
        short_reason=str(fields.get("short_reason", "")),
        files=shown.version.files,
        version=call.version,
    )


def paragraph_count(call: CommentCall) -> int:
    """Return how many paragraphs the draft of a call has."""
    return len(paragraphs.cut(body(call)))


def body(call: CommentCall) -> str:
    """Return the text of the version that a call is about, as it was sealed."""
    version = RecordVersion.objects.get(record=call.record_id, number=call.version)
    return str(version.sealed["fields"].get("body", {}).get("value", ""))


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a call, as it is now."""
    call = CommentCall.objects.get(matter=matter)
    return {
        "until": call.until,
        "unanswered": unanswered(call).count(),
        "held": call.submissions.filter(state=terms.HELD.code).count(),
        "report_document": call.report_document,
        "report_is_public": bool(call.report_document)
        and Record.objects.filter(matter_reference=call.report_document).exists(),
    }


def unanswered(call: CommentCall) -> QuerySet[Opinion]:
    """Return the opinions that count and have no answer."""
    rows = Opinion.objects.filter(_OF_OPINIONS, submission__call=call)
    return rows.filter(Q(group=None) | Q(group__answer=""))


def counted(call: CommentCall) -> Counted:
    """Return the figures of a call; persons are told apart by their marks, and each counts once."""
    rows = call.submissions.aggregate(
        submissions=Count("id", filter=COUNTS),
        persons=Count("mark", filter=COUNTS, distinct=True),
        held=Count("id", filter=Q(state=terms.HELD.code)),
        unconfirmed=Count("id", filter=Q(confirmed_at=None, state__in=_NOT_HIDDEN)),
        hidden=Count("id", filter=Q(state=terms.HIDDEN.code)),
    )
    opinions = Opinion.objects.filter(_OF_OPINIONS, submission__call=call).count()
    moved = Entry.objects.filter(subject=call.matter.reference, kind=f"{rules.KIND}.restore").values_list(
        "facts", flat=True
    )
    return Counted(**rows, opinions=opinions, restored=sum(int(facts.get("count", 0)) for facts in moved))


@dataclass(frozen=True, slots=True)
class Group:
    """Opinions that say nearly the same: the first text that counts, how many, of how many, the answer."""

    id: int
    paragraph: int
    text: str
    size: int
    persons: int
    answer: str
    reason: str
    members: tuple[tuple[int, str], ...] = ()
    """Opinions of the group and their texts, the first ones only."""


_IN_GROUP = Q(opinions__submission__confirmed_at__isnull=False, opinions__submission__state__in=_NOT_HIDDEN)


def groups(call: CommentCall, *, answer: str | None = None) -> QuerySet[OpinionGroup]:
    """Return the groups with something in them that counts: place by place, the largest first."""
    rows = OpinionGroup.objects.filter(call=call)
    if answer is not None:
        rows = rows.filter(answer=answer)
    counts = Opinion.objects.filter(_OF_OPINIONS, group=OuterRef("pk")).order_by("id")
    counted = rows.annotate(
        # Not the text that the group began with: that one may be hidden, or was never confirmed.
        text=Subquery(counts.values("text")[:1]),
        persons=Count("opinions__submission__mark", filter=_IN_GROUP, distinct=True),
        size=Count("opinions", filter=_IN_GROUP),
    )
    return counted.filter(size__gt=0).order_by("paragraph", "-size", "id")


def told(rows: Iterable[OpinionGroup], *, members: int = 0) -> list[Group]:
    """Return groups as values, each with up to so many of its opinions, in two queries."""
    held = list(rows)
    texts = _members([row.pk for row in held], members) if members else {}
    return [
        Group(
            row.pk,
            row.paragraph,
            vars(row)["text"],
            vars(row)["size"],
            vars(row)["persons"],
            row.answer,
            row.reason,
            tuple(texts.get(row.pk, ())[:members]),
        )
        for row in held
    ]


def _members(group_ids: Sequence[int], most: int) -> dict[int, list[tuple[int, str]]]:
    place = Window(RowNumber(), partition_by=[F("group_id")], order_by=F("id").asc())
    rows = Opinion.objects.filter(_OF_OPINIONS, group__in=list(group_ids)).annotate(place=place)
    found: dict[int, list[tuple[int, str]]] = {}
    for group_id, opinion_id, text in rows.filter(place__lte=most).values_list("group_id", "id", "text"):
        found.setdefault(group_id, []).append((opinion_id, text))
    return found


def answers(call: CommentCall) -> dict[str, int]:
    """Return how many opinions got which answer; those without one stand under the empty text."""
    return answers_of([call])[call.pk]


def answers_of(calls: Collection[CommentCall]) -> dict[int, dict[str, int]]:
    """Return of each call how many opinions got which answer, in one query."""
    found: dict[int, dict[str, int]] = {call.pk: {} for call in calls}
    rows = Opinion.objects.filter(_OF_OPINIONS, submission__call__in=list(found))
    told = rows.values_list("submission__call", "group__answer").annotate(count=Count("id")).order_by()
    for call_id, answer, count in told:
        found[call_id][answer or ""] = found[call_id].get(answer or "", 0) + count
    return found


def persons_of(calls: Collection[CommentCall]) -> dict[int, int]:
    """Return how many persons spoke in each call, in one query."""
    rows = Submission.objects.filter(COUNTS, call__in=[call.pk for call in calls]).order_by()
    spoke = dict(rows.values_list("call").annotate(count=Count("mark", distinct=True)))
    return {call.pk: spoke.get(call.pk, 0) for call in calls}


def submissions(call: CommentCall, *, state: str = "", unconfirmed: bool = False) -> QuerySet[Submission]:
    """Return what was sent in a call, in its order; in one state only, where one is named."""
    rows = call.submissions.prefetch_related("opinions", "files").order_by("number")
    if unconfirmed:
        rows = rows.filter(confirmed_at=None)
    return rows.filter(state=state) if state else rows


def shown(call: CommentCall, *, paragraph: int | None = None) -> QuerySet[Opinion]:
    """Return the opinions that everybody may read: looked at, confirmed, not hidden; newest first."""
    rows = Opinion.objects.filter(
        submission__call=call,
        submission__state=terms.SHOWN.code,
        submission__confirmed_at__isnull=False,
    )
    if paragraph is not None:
        rows = rows.filter(paragraph=paragraph)
    return rows.select_related("submission").order_by("-id")


def with_groups(rows: Iterable[Opinion]) -> list[Opinion]:
    """Return opinions with their groups at hand."""
    held = list(rows)
    prefetch_related_objects(held, "group")
    return held


def spoken_of(call: CommentCall) -> dict[int, int]:
    """Return how many shown opinions each paragraph has."""
    told = shown(call).order_by().values_list("paragraph").annotate(count=Count("id"))
    return dict(told)


def submission_of_code(code: str) -> Submission:
    """Return what was sent under a code; raise `NotFound` for any other code."""
    rows = Submission.objects.filter(code_mark=sealing.mark(codes.bare(code), purpose="opinion"))
    found = rows.select_related("call__matter", "call__record", "call__report").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("Nothing was sent under this code"), field="code"))
    return found


def of_year(year: int) -> Sequence[CommentCall]:
    """Return the calls that were opened in a year, for the figures of a report."""
    rows = _calls().filter(
        matter__opened_at__gte=date_start(year), matter__opened_at__lt=date_start(year + 1)
    )
    return list(rows.exclude(matter__stage=rules.CALLED_OFF.name).order_by("matter_id"))


def date_start(year: int) -> datetime:
    """Return the moment at which a year begins at the bureau."""
    return datetime(year, 1, 1, tzinfo=matters.BUREAU_TIME)


def texts_without_group(limit: int) -> list[Opinion]:
    """Return opinions that nobody grouped yet, in the order in which they came."""
    rows = Opinion.objects.filter(group=None).select_related("submission")
    return list(rows.order_by("id")[:limit])


def first_texts(call_id: int, paragraph: int) -> list[tuple[int, str]]:
    """Return group and first text of the groups that others may join, the eldest first."""
    rows = OpinionGroup.objects.filter(call=call_id, paragraph=paragraph, is_alone=False)
    return list(rows.order_by("id").annotate(text=F("first__text")).values_list("pk", "text"))
