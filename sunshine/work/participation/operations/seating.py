"""Seats: signing up, waiting in order, moving up, withdrawing; never one person too many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import codes, sealing
from sunshine.core.matters import operations as matters
from sunshine.core.people.models import Person
from sunshine.kernel import errors
from sunshine.kernel.procedure import is_blank
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import Gathering, Signup
from sunshine.work.participation.queries import gatherings as queries
from sunshine.work.participation.queries import inside
from sunshine.work.participation.rules import gatherings as rules

OPEN_TO_WITHDRAW = (rules.ANNOUNCED.name, rules.SEATED.name)


def sign_up(
    gathering: Gathering, *, sender: Mapping[str, str], group: str = "", at: datetime, page: str = ""
) -> tuple[Signup, str]:
    """Sign somebody up: a seat while there is one, else the next place in the queue, or a ticket in the draw.

    The gathering's row is locked, so that five hundred at once are seated one after the other; that no
    seat is given twice is said by the table too.

    :param page: the key of the page that was sent (see `matters.once`)
    :raises RuleBroken: sign-up is over, the public has no seats, name or telephone is missing, or this
        person signed up before
    :raises SentBefore: this page was sent before
    """
    given = {name: value.strip() for name, value in sender.items() if value and value.strip()}
    if is_blank(given.get("name")) or is_blank(given.get("phone")):
        text = gettext_noop("Name and telephone are needed, so that you can be told of changes.")
        raise errors.RuleBroken(Reason(text, rules.SEATS, field="phone"))
    with matters.once(page, at=at) as keep:
        row = Gathering.objects.select_for_update(of=("self",)).select_related("matter").get(pk=gathering.pk)
        _refuse_if_over(row, group, at)
        mark = sealing.phone_mark(given["phone"], purpose=f"signup {row.pk}")
        if row.signups.filter(mark=mark).exclude(state=queries.WITHDRAWN).exists():
            text = gettext_noop("Somebody signed up with this telephone before.")
            raise errors.RuleBroken(Reason(text, rules.SEATS, field="phone"))
        signup, code = _enter(row, given, group, mark, at)
        subject = f"{row.matter.reference}/{signup.number}"
        ledger.record(f"{rules.KIND}.signed_up", subject, actor=None, at=at, facts={"state": signup.state})
        keep(code)
    return signup, code


def _refuse_if_over(row: Gathering, group: str, at: datetime) -> None:
    if row.matter.stage != rules.ANNOUNCED.name or at >= row.signup_closes_at:
        raise errors.RuleBroken(Reason(gettext_noop("Sign-up is over."), rules.SEATS))
    if not rules.takes_signups(row.sort, row.openness):
        text = gettext_noop("It was decided that the public has no seats here.")
        raise errors.RuleBroken(Reason(text, rules.OPENNESS))
    if row.by_draw and group not in queries.seats_of_groups(row):
        raise errors.RuleBroken(Reason(gettext_noop("Choose the group you stand for."), field="group"))


def _enter(
    row: Gathering, given: Mapping[str, str], group: str, mark: str, at: datetime
) -> tuple[Signup, str]:
    code = codes.new_code()
    number = (row.signups.aggregate(last=Max("number"))["last"] or 0) + 1
    seat = None if row.by_draw else _free_seat(row)
    state, position = queries.SEATED, None
    if row.by_draw:
        state = queries.DRAWING
    elif seat is None:
        state, position = queries.WAITING, _next_position(row, "")
    signup = Signup.objects.create(
        gathering=row,
        number=number,
        group=group if row.by_draw else "",
        sealed=sealing.seal_values(given, place=f"signup:{row.pk}:{number}"),
        mark=mark,
        code_mark=sealing.mark(codes.bare(code), purpose="signup"),
        came_at=at,
        state=state,
        seat=seat,
        of_seats=row.seats,
        position=position,
    )
    return signup, code


def _free_seat(row: Gathering) -> int | None:
    used = set(row.signups.exclude(seat=None).values_list("seat", flat=True))
    return next((seat for seat in range(1, row.seats + 1) if seat not in used), None)


def _next_position(row: Gathering, group: str) -> int:
    last = row.signups.filter(group=group).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def withdraw(signup: Signup, *, at: datetime) -> Signup | None:
    """Give a place back; who waits first moves up and is returned.

    :raises RuleBroken: it was held already, or was withdrawn before
    """
    with transaction.atomic():
        rows = Gathering.objects.select_for_update(of=("self",)).select_related("matter")
        row = rows.get(pk=signup.gathering_id)
        own = Signup.objects.get(pk=signup.pk)
        if row.matter.stage not in OPEN_TO_WITHDRAW or own.state == queries.WITHDRAWN:
            raise errors.RuleBroken(Reason(gettext_noop("This place cannot be given back any more.")))
        seat, group = own.seat, own.group
        own.state, own.seat, own.position = queries.WITHDRAWN, None, None
        own.save(update_fields=["state", "seat", "position"])
        subject = f"{row.matter.reference}/{own.number}"
        ledger.record(f"{rules.KIND}.gave_back", subject, actor=None, at=at)
        return _move_up(row, seat, group, at) if seat is not None else None


def _move_up(row: Gathering, seat: int, group: str, at: datetime) -> Signup | None:
    first = row.signups.filter(state=queries.WAITING, group=group).order_by("position").first()
    if first is None:
        return None
    first.state, first.seat, first.position = queries.SEATED, seat, None
    first.save(update_fields=["state", "seat", "position"])
    subject = f"{row.matter.reference}/{first.number}"
    ledger.record(f"{rules.KIND}.moved_up", subject, actor=None, at=at, facts={"seat": seat})
    return first


def seat_drawn(row: Gathering, drawn: Mapping[str, Sequence[str]]) -> None:
    """Seat who was drawn, group by group; the others wait in the order of the draw."""
    rows = {queries.ticket(signup): signup for signup in row.signups.filter(state=queries.DRAWING)}
    seats = queries.seats_of_groups(row)
    seat = 0
    for group, names in drawn.items():
        standing = [rows[name] for name in names if name in rows]
        for signup in standing[: seats[group]]:
            seat += 1
            signup.state, signup.seat = queries.SEATED, seat
        for position, signup in enumerate(standing[seats[group] :], start=1):
            signup.state, signup.position = queries.WAITING, position
    Signup.objects.bulk_update(rows.values(), ["state", "seat", "position"])


def view_people(gathering: Gathering, *, actor: Person, at: datetime) -> dict[int, dict[str, str]]:
    """Open the seals of everybody who has a seat or waits, and enter in the ledger that they were opened.

    :raises NotAllowed: the person has nothing to do with this gathering
    """
    with transaction.atomic():
        if not inside.may_read(gathering.matter, actor, at=at):
            raise errors.NotAllowed()
        kind = f"{rules.KIND}.identity_viewed"
        ledger.record(kind, gathering.matter.reference, actor=actor, at=at)
        return {
            row.number: sealing.unseal_values(row.sealed, place=f"signup:{gathering.pk}:{row.number}")
            for row in gathering.signups.exclude(state=queries.WITHDRAWN)
        }
