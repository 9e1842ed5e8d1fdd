"""The life of a meeting, hearing or event: planned, announced, seated, held, minuted, followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Leaf
from sunshine.core.matters import operations as matters
from sunshine.core.people.models import Department, Person
from sunshine.core.publishing.models import Record
from sunshine.kernel import errors, period, tiles
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation import composing
from sunshine.work.participation.models import FollowedItem, Gathering, Signup
from sunshine.work.participation.operations import seating
from sunshine.work.participation.operations.acting import act
from sunshine.work.participation.queries import gatherings as queries
from sunshine.work.participation.rules import drawing, terms
from sunshine.work.participation.rules import gatherings as rules


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: which sort, when and where, how many seats, and how they are given."""

    title: str
    sort: str
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: int
    signup_closes_at: datetime
    hearing: str = ""
    by_draw: bool = False
    groups: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    stream_url: str = ""


def plan(plan: Plan, *, department: Department, officer: Person, at: datetime) -> Gathering:
    """Plan a gathering in a department; nothing of it is public until it is announced.

    :raises RuleBroken: no title or place, times out of their order, a sort that is none
    """
    _refuse_unsound(plan)
    with transaction.atomic():
        matter = matters.open_matter(
            kind=rules.KIND,
            letter="YK",
            title=plan.title.strip(),
            department=department,
            officer=officer,
            at=at,
        )
        groups = [dict(each) for each in plan.groups]
        return Gathering.objects.create(
            matter=matter,
            sort=plan.sort,
            hearing=plan.hearing,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            place=plan.place.strip(),
            seats=sum(int(each["seats"]) for each in groups) or plan.seats,
            by_draw=plan.by_draw,
            groups=groups,
            signup_closes_at=plan.signup_closes_at,
            stream_url=plan.stream_url,
            changed_at=at,
        )


def _refuse_unsound(plan: Plan) -> None:
    if terms.named(plan.sort, rules.SORTS) is None:
        raise errors.RuleBroken(Reason(gettext_noop("Choose what it is"), field="sort"))
    if not plan.title.strip() or not plan.place.strip():
        raise errors.RuleBroken(Reason(gettext_noop("Give it a title and a place"), field="title"))
    if not plan.signup_closes_at <= plan.starts_at < plan.ends_at:
        text = gettext_noop("Sign-up closes before it begins, and it begins before it ends")
        raise errors.RuleBroken(Reason(text, field="ends_at"))
    if plan.sort == rules.HEARING_SORT.code and rules.hearing_named(plan.hearing) is None:
        raise errors.RuleBroken(Reason(gettext_noop("Choose the sort of hearing"), field="hearing"))


def propose_openness(
    matter_id: int,
    *,
    openness: str,
    closed_ground: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Propose how open a meeting is; the office or a leader decides."""
    facts = {"openness": openness, "closed_ground": closed_ground}
    with act(matter_id, "propose_openness", actor=actor, at=at, seen=seen, **facts) as acting:
        Gathering.objects.filter(matter=acting.matter).update(proposed_openness=openness)


def decide_openness(
    matter_id: int,
    *,
    openness: str,
    closed_ground: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Decide how open a meeting is; what is not open names its ground."""
    facts = {"openness": openness, "closed_ground": closed_ground}
    with act(matter_id, "decide_openness", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = Gathering.objects.filter(matter=acting.matter)
        rows.update(openness=openness, openness_ground=closed_ground, proposed_openness="")


def announce(matter_id: int, *, notice: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Announce it with the record of its notice; from now on people sign up."""
    record = _public_record(notice)
    facts = {"notice": notice, "notice_is_public": record is not None}
    with act(matter_id, "announce", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = Gathering.objects.filter(matter=acting.matter)
        rows.update(notice=record, announced_at=at, changed_at=at)
        row = rows.get()
        acting.public = {
            "record": notice,
            "sort": row.sort,
            "starts_at": row.starts_at.isoformat(),
            "seats": queries.seats_open(row),
            "by_draw": row.by_draw,
            **({"seed": "root of the log at the entry close_signup"} if row.by_draw else {}),
        }


def change(
    matter_id: int,
    *,
    starts_at: datetime,
    place: str,
    reason: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Change time or place of what was announced; calendars and the page tell of it and why.

    :raises RuleBroken: it is announced too late, or the reason holds personal data
    """
    found = composing.holds_personal_data(reason)
    facts = {"starts_at": starts_at, "place": place, "reason": reason, "found_in_reason": found}
    with act(matter_id, "change", actor=actor, at=at, seen=seen, **facts) as acting:
        row = Gathering.objects.select_for_update().get(matter=acting.matter)
        row.ends_at = starts_at + (row.ends_at - row.starts_at)
        row.starts_at, row.place = starts_at, place
        row.signup_closes_at = min(row.signup_closes_at, starts_at)
        row.sequence, row.changed_at = row.sequence + 1, at
        row.save()
        acting.public = {"starts_at": starts_at.isoformat()}


def give_up(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Give a plan up that was never announced; as nobody knew of it, nobody is told."""
    with act(matter_id, "give_up", actor=actor, at=at, seen=seen, reason=reason):
        pass


def cancel(matter_id: int, *, reason: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Cancel what was announced, with its reason; it stays on the site and in calendars, as cancelled.

    :raises RuleBroken: the reason, which its page gives, holds personal data
    """
    facts = {"reason": reason, "found_in_reason": composing.holds_personal_data(reason)}
    with act(matter_id, "cancel", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = Gathering.objects.filter(matter=acting.matter)
        rows.update(sequence=F("sequence") + 1, changed_at=at)


def close_what_is_due(*, at: datetime) -> int:
    """Close sign-ups whose moment has come, and draw where it is drawn; return how many were closed."""
    return matters.by_time(close_signup, queries.due_to_close(at), at=at)


@transaction.atomic
def close_signup(matter_id: int, *, actor: None, at: datetime) -> None:
    """Close a sign-up whose moment has come, and draw where it is drawn."""
    with act(matter_id, "close_signup", actor=actor, at=at) as acting:
        row = Gathering.objects.select_for_update().get(matter=acting.matter)
        tickets = queries.tickets(row)
        row.tickets = [[each.group, each.name] for each in tickets]
        row.save(update_fields=["tickets"])
        acting.public = {"tickets": len(tickets), "list": drawing.list_digest(tickets)}
    if row.by_draw:
        _draw(row, tickets, at)


def _draw(row: Gathering, tickets: Sequence[drawing.Ticket], at: datetime) -> None:
    """Draw with the root of the log at the entry that closed sign-up: nobody knew it before."""
    leaf = Leaf.objects.filter(
        entry__subject=row.matter.reference, entry__kind="gathering.close_signup"
    ).get()
    size = leaf.index + 1
    seed = tiles.root(ledger.DatabaseTiles(), size).hex()
    with act(row.pk, "draw", actor=None, at=at) as acting:
        drawn = drawing.draw(seed, tickets, queries.seats_of_groups(row))
        seating.seat_drawn(row, drawn)
        Gathering.objects.filter(pk=row.pk).update(seed=seed, seed_size=size)
        acting.public = {"seed": seed, "log_size": size}


def hold(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Enter that it was held."""
    with act(matter_id, "hold", actor=actor, at=at, seen=seen):
        pass


def sign(
    matter_id: int,
    *,
    numbers: Sequence[int],
    signature: str,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Enter who signed the record of a hearing and who refused (DEC-HEAR-RUN).

    :raises StaleStage: one of them has no seat
    """
    if terms.named(signature, rules.SIGNATURES) is None:
        raise errors.RuleBroken(Reason(gettext_noop("Signed, or refused"), rules.RUN, field="signature"))
    facts = {"numbers": list(numbers), "signature": signature}
    with act(matter_id, "sign", actor=actor, at=at, seen=seen, **facts):
        rows = Signup.objects.filter(gathering=matter_id, number__in=list(numbers), state=queries.SEATED)
        if rows.update(signature=signature) != len(set(numbers)):
            raise errors.StaleStage(Reason(gettext_noop("One of these people has no seat. Look again.")))


def follow(
    matter_id: int,
    *,
    what: str,
    department: Department,
    due_on: date,
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> FollowedItem:
    """Enter a decision that is followed until it is carried out; the public reads it with the minutes.

    :raises RuleBroken: it holds personal data
    """
    found = composing.holds_personal_data(what)
    facts = {"what": what, "department": department, "due_on": due_on, "found_in_what": found}
    with act(matter_id, "follow", actor=actor, at=at, seen=seen, **facts):
        return FollowedItem.objects.create(
            gathering_id=matter_id, what=what, department=department, due_on=due_on
        )


def settle(
    matter_id: int, *, item: int, note: str, actor: Person, at: datetime, seen: int | None = None
) -> None:
    """Enter that a decision was carried out, and how."""
    with act(matter_id, "settle", actor=actor, at=at, seen=seen, item=item, note=note):
        rows = FollowedItem.objects.filter(gathering=matter_id, pk=item, settled_on=None)
        if not rows.update(settled_on=period.day_of(at), note=note):
            raise errors.NotFound(Reason(gettext_noop("There is no such open decision"), field="item"))


def minute(matter_id: int, *, minutes: str, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Name the public record of the minutes, or of a hearing's report on what was adopted."""
    record = _public_record(minutes)
    facts = {"minutes": minutes, "minutes_are_public": record is not None}
    with act(matter_id, "minute", actor=actor, at=at, seen=seen, **facts) as acting:
        Gathering.objects.filter(matter=acting.matter).update(minutes=record)
        acting.public = {"record": minutes}


def finish(matter_id: int, *, actor: Person, at: datetime, seen: int | None = None) -> None:
    """Finish it once everything that was decided is carried out."""
    with act(matter_id, "finish", actor=actor, at=at, seen=seen):
        pass


def _public_record(reference: str) -> Record | None:
    return Record.objects.filter(reference=reference.strip(), withdrawn_at=None).first()
