"""Questions about cases: what checks ask, what the desk shows, who a code belongs to, what is alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import Count, Q, QuerySet

from sunshine.core.matters import codes, sealing
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.kernel import clock, errors, period
from sunshine.kernel.procedure import APPLICANT, Situation
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import privacy, similarity
from sunshine.work.correspondence import rules
from sunshine.work.correspondence.models import (
    Case,
    Notice,
    Promise,
    Reply,
    Reporter,
    SentFile,
    Service,
    Task,
    Update,
)
from sunshine.work.correspondence.rules import stages

KINDS = frozenset(procedure.kind for procedure in rules.PROCEDURES)
NEAR_METRES, NEAR_WITHIN = 20.0, timedelta(hours=24)
"""CASE-MERGE: within twenty metres and a day two cases may be one; it is suggested, never done by itself."""

ALIKE, ALIKE_WITHIN, COMPARED = 0.4, timedelta(days=7), 300
OF_SAME_PERSON = 50
"""Cases of the same persons that are looked through for those an officer may see."""
DEGREE_METRES = 111_320.0
EARTH_METRES = 6_371_000.0


def case(reference: str) -> Case:
    """Return a case with its matter; raise `NotFound` when there is none."""
    rows = Case.objects.filter(matter__reference=reference)
    found = rows.select_related("matter__department", "matter__officer", "service").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such case")))
    return found


def by_id(case_id: int) -> Case:
    """Return a case with its matter and service, known by its row."""
    return Case.objects.select_related("matter", "service").get(pk=case_id)


def matter(reference: str) -> Matter:
    """Return a matter of this room, whatever its kind; raise `NotFound` when there is none."""
    return matters.matter_among(KINDS, reference, absent=gettext_noop("There is no such case"))


def situation(matter: Matter) -> Mapping[str, Any]:
    """Return what the procedure's checks may ask of a case, as it is now."""
    found = Case.objects.get(matter=matter)
    reply = newest_reply(found)
    waits = reply is not None and reply.sent_at is None
    return {
        **_situation_joined(found, matter),
        "arrived_at": found.arrived_at,
        "received_on": found.received_on,
        "accused": accused(found),
        "answer_due_at": answer_due_at(matter, at=found.arrived_at),
        "tasks_open": tuple(questions_open(found).values_list("pk", flat=True)),
        "promise_open": Promise.objects.filter(case=found, kept_on=None, replaced=False).exists(),
        "replied_by": replied_by(found),
        "reporters": Reporter.objects.filter(case=found, left_at=None).count(),
        "may_be_shown": may_be_shown(found),
        "text": reply.text if reply and waits else None,
        "outcome": reply.outcome if reply and waits else "",
        "promised_on": reply.promised_on if reply and waits else None,
        "found_in_reply": personal_data(reply.text) if reply and waits else (),
    }


def questions_open(of: Case) -> QuerySet[Task]:
    """Return what other departments were asked of a case, and have neither answered nor need answer."""
    return Task.objects.filter(case=of, matter__closed_at=None)


def _situation_joined(found: Case, matter: Matter) -> Mapping[str, Any]:
    """Return what taking apart may ask: of a case that is joined to no other there is nothing."""
    if found.joined_into_id is None or matter.closed_at is None:
        return {}
    into = Matter.objects.get(pk=found.joined_into_id)
    since = Reply.objects.filter(case=found.joined_into_id, sent_at__gte=matter.closed_at)
    return {
        "joining_is_known": found.joined_to_id is not None,
        "joined_to_open": into.closed_at is None,
        "replied_since_joining": since.exists(),
    }


def situation_beside(_matter: Matter) -> Mapping[str, Any]:
    """Return what the checks of a task or an alert may ask: nothing but what is given with the act."""
    return {}


SITUATIONS = {
    stages.CASE: situation,
    stages.PETITION: situation,
    stages.TASK: situation_beside,
    stages.ALERT: situation_beside,
}


def accused(found: Case) -> frozenset[int]:
    """Return the departments that a case accuses, or that one joined to it does (XF-KINDS)."""
    rows = Case.objects.filter(Q(pk=found.pk) | Q(joined_into=found), accused__isnull=False).order_by()
    return frozenset(rows.values_list("accused_id", flat=True))


def personal_data(text: str) -> tuple[str, ...]:
    """Return what in a text is surely about a person, masked as far as a refusal may show it."""
    found = (each for each in privacy.find(text) if each.is_private and each.confidence >= privacy.SURE)
    return tuple(each.mask for each in found)


def replied_by(found: Case) -> tuple[int, ...]:
    """Return the ids of those who drafted a reply that went out."""
    rows = Reply.objects.filter(case=found, sent_at__isnull=False)
    return tuple(rows.values_list("drafted_by", flat=True))


def may_be_shown(found: Case) -> bool:
    """Return whether who wrote the text of a case agrees that it is shown, and has not left (CH-SHOW)."""
    wrote = (
        Reporter.objects.filter(first__in=[found.pk, found.came_from_id or found.pk]).order_by("id").first()
    )
    return wrote is not None and wrote.may_be_shown and wrote.left_at is None


def answer_due_at(matter: Matter, *, at: datetime) -> datetime | None:
    """Return when the reply is due; None before the clock was started and after it stopped."""
    reading = matters.readings(matter, now=at).get("answer")
    if reading is None or reading.state is clock.State.STOPPED:
        return None
    return reading.due_at


def newest_reply(found: Case) -> Reply | None:
    """Return the newest draft or reply of a case."""
    return Reply.objects.filter(case=found).select_related("drafted_by", "approved_by").last()


def acts_open(matter: Matter, person: Person, *, at: datetime) -> tuple[matters.OpenAct, ...]:
    """Return the acts of this stage that are for this person, each with what stands in its way."""
    return matters.acts_open(matter, person, situation=SITUATIONS[matter.kind](matter), at=at)


def acts_of_reporters(matter: Matter, *, at: datetime) -> frozenset[str]:
    """Return the acts that are open to who reported a case, by its stage and its rules."""
    procedure = matters.procedure_of(matter)
    stage = procedure.stage(matter.stage)
    asked = Situation(stage=stage, at=at, matter=SITUATIONS[matter.kind](matter), done=matters.done(matter))
    held = frozenset({APPLICANT.name})
    return frozenset(
        act.name
        for act in procedure.acts_from(stage)
        if APPLICANT in act.by and procedure.preview(act.name, asked, held, None).is_open
    )


def may_read(matter: Matter, person: Person, *, at: datetime) -> bool:
    """Return whether a person may see a case: who can act in it where it lies."""
    return matter.pk in readable([matter], person, at=at)


def readable(rows: Iterable[Matter], person: Person, *, at: datetime) -> frozenset[int]:
    """Return the ids of those matters that a person may see, in a number of queries that does not grow."""
    held = people.held_roles(person, on=period.day_of(at))
    return frozenset(
        row.pk
        for row in rows
        if not _actors(row).isdisjoint(people.roles_for(held, department_id=row.department_id))
    )


def _actors(matter: Matter) -> frozenset[str]:
    return frozenset(role.name for act in matters.procedure_of(matter).acts for role in act.by)


def reporter_of_code(code: str) -> Reporter:
    """Return the reporter whom a follow-up code belongs to; raise `NotFound` for any other code."""
    found = reporter_under(sealing.mark(codes.bare(code), purpose="reporter"))
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("No letter has this code"), field="code"))
    return found


def reporter_under(code_mark: str) -> Reporter | None:
    """Return the reporter whose code has a mark, the one that their letter had while it waited; or None."""
    rows = Reporter.objects.filter(code_mark=code_mark)
    return rows.select_related("case__matter__department", "first__matter").first()


def reporter(reporter_id: int) -> Reporter | None:
    """Return one reporter with the case that is being handled, or None."""
    rows = Reporter.objects.filter(pk=reporter_id)
    return rows.select_related("case__matter__department", "first__matter").first()


def reporters(found: Case) -> list[Reporter]:
    """Return who reported a case and has not left it; who they are lies under seal."""
    return list(Reporter.objects.filter(case=found, left_at=None))


def persons(found: Case) -> int:
    """Return how many persons reported a case: who wrote twice is one, who gave no contact is one each."""
    return persons_of([found.pk])[found.pk]


def persons_of(ids: Sequence[int]) -> dict[int, int]:
    """Return how many persons reported each of some cases, in one query."""
    rows = Reporter.objects.filter(case__in=ids).order_by().values_list("case_id")
    counted = rows.annotate(
        known=Count("mark", distinct=True, filter=~Q(mark="")), unknown=Count("pk", filter=Q(mark=""))
    )
    return dict.fromkeys(ids, 0) | {case_id: known + unknown for case_id, known, unknown in counted}


def same_person(found: Case, *, reader: Person, at: datetime) -> list[Case]:
    """Return the other cases of the same persons that an officer may see, newest first (CH-REPEAT)."""
    marks = [mark for mark in found.reporters.values_list("mark", flat=True)[:50] if mark]
    if not marks:
        return []
    rows = Case.objects.filter(reporters__mark__in=marks).exclude(pk=found.pk).distinct()
    newest = list(rows.select_related("matter").order_by("-arrived_at")[:OF_SAME_PERSON])
    may = readable((row.matter for row in newest), reader, at=at)
    return [row for row in newest if row.pk in may][:10]


def files_of(found: Case) -> list[SentFile]:
    """Return the files that came with a case and with those joined to it."""
    return list(SentFile.objects.filter(Q(case=found) | Q(case__joined_into=found)))


def became(found: Case) -> Case | None:
    """Return the petition that a letter became, or None."""
    return Case.objects.filter(came_from=found).select_related("matter").first()


def news(found: Case) -> list[Update]:
    """Return what other systems told of a case in words, the newest first; their bare statuses are folded."""
    rows = Update.objects.filter(alias__case=found).exclude(words="")
    return list(rows.select_related("alias").order_by("-at", "-id")[:20])


def waiting_notices(found: Case) -> list[Notice]:
    """Return notices of a case that nobody has seen or been told by another way; who left is not called."""
    rows = Notice.objects.filter(reporter__case=found, reporter__left_at=None, seen_at=None, told_at=None)
    return list(rows.select_related("reporter")[:50])


def promises_open(*, until: date, departments: Iterable[int] | None = None) -> list[Promise]:
    """Return promises that are not kept and come due by a day, the most overdue first."""
    rows = Promise.objects.filter(kept_on=None, replaced=False, due_on__lte=until)
    if departments is not None:
        rows = rows.filter(case__matter__department__in=list(departments))
    return list(rows.select_related("case__matter__department").order_by("due_on", "id")[:200])


def services(*, on: date) -> QuerySet[Service]:
    """Return the services that can be reported on a day, in their order."""
    return Service.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on)).select_related("department")


def service(code: str, *, on: date) -> Service | None:
    """Return a service that can be reported on a day, or None."""
    return services(on=on).filter(code=code).first()


@dataclass(frozen=True, slots=True)
class Alike:
    """An open case that may be the same one: how alike the words are, how far away, who reported it."""

    case: Case
    likeness: float
    metres: float | None
    persons: int


def alike(
    text: str,
    *,
    at: datetime,
    kind: str,
    reader: Person,
    service: Service | None = None,
    lat: float | None = None,
    lon: float | None = None,
    leaving_out: int = 0,
    most: int = 5,
) -> list[Alike]:
    """Return open cases of a kind that may be the same, likeliest first: near in place, or in words.

    What the reader may not see is not among them. Looks at the newest cases of the last days only, so that
    it costs the same however many there are.
    """
    since = at - ALIKE_WITHIN
    recent = Case.objects.filter(arrived_at__gte=since, matter__closed_at=None)
    recent = recent.filter(matter__kind=kind).exclude(pk=leaving_out)
    rows = recent.filter(service=service) if service is not None else recent
    found = {
        row.pk: row for row in rows.select_related("matter", "service").order_by("-arrived_at")[:COMPARED]
    }
    if lat is not None and lon is not None:
        near = recent.filter(**_around(lat, lon), arrived_at__gte=at - NEAR_WITHIN)
        found |= {row.pk: row for row in near.select_related("matter", "service")[:COMPARED]}
    may = readable((row.matter for row in found.values()), reader, at=at)
    judged = [_judged(row, text, lat, lon) for row in found.values() if row.pk in may]
    likely = [each for each in judged if each[0] >= ALIKE or (each[1] is not None and each[1] <= NEAR_METRES)]
    likely.sort(key=lambda each: (-each[0], each[1] if each[1] is not None else NEAR_METRES, each[2].pk))
    counted = persons_of([row.pk for _likeness, _metres, row in likely[:most]])
    return [Alike(row, likeness, metres, counted[row.pk]) for likeness, metres, row in likely[:most]]


def _judged(row: Case, text: str, lat: float | None, lon: float | None) -> tuple[float, float | None, Case]:
    likeness = similarity.overlap(text, row.text) if text.strip() else 0.0
    if lat is None or lon is None or row.lat is None or row.lon is None:
        return likeness, None, row
    return likeness, metres_between(lat, lon, row.lat, row.lon), row


def _around(lat: float, lon: float) -> dict[str, float]:
    high = NEAR_METRES / DEGREE_METRES
    wide = NEAR_METRES / (DEGREE_METRES * max(cos(radians(lat)), 0.01))
    return {"lat__gte": lat - high, "lat__lte": lat + high, "lon__gte": lon - wide, "lon__lte": lon + wide}


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two points of the earth, in metres, as the crow flies."""
    up, right = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    inner = sin(up) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(right) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(inner)))
