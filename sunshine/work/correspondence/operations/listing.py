"""A hotline's list: brought and looked at first, then taken in line by line, and never twice."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import operations as matters
from sunshine.core.matters import sealing
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import sheets
from sunshine.work.correspondence.models import BroughtList
from sunshine.work.correspondence.operations import foreign
from sunshine.work.correspondence.queries import lists
from sunshine.work.correspondence.rules import hotline, terms

KEPT = timedelta(days=1)
"""How long a list that nobody takes in stays; it holds who called."""

ENTERED_AT_ONCE = 500
"""Cases that one press enters, about ten seconds' work; the list stays for the next press."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking in a list did; `left` are lines with mistakes, `waiting` those of the next press."""

    entered: int
    told: int
    known: int
    left: int
    waiting: int = 0


def bring(data: bytes, *, channel: str, actor: Person, at: datetime, page: str = "") -> BroughtList:
    """Keep a list under seal to be looked at before it is taken in; the officer's earlier one goes.

    :param page: the key of the page that was sent (see `matters.once`)
    :raises RuleBroken: the file as a whole cannot be read, or the channel hands us no lists
    :raises SentBefore: this page was sent before; its code is the token of the list
    """
    if channel not in terms.HOTLINES:
        raise errors.RuleBroken(Reason(gettext_noop("Choose one of the list."), hotline.LIST, "channel"))
    try:
        hotline.read(data, channel=channel, at=at)
    except sheets.Unreadable as refusal:
        slip = refusal.slip
        raise errors.RuleBroken(Reason(slip.text, slip.rule, "file", "", slip.params)) from refusal
    token = secrets.token_urlsafe(24)
    with matters.once(page, at=at) as keep:
        keep(token)
        BroughtList.objects.filter(by=actor).delete()
        sealed = sealing.seal(data, place=f"list:{token}")
        return BroughtList.objects.create(token=token, channel=channel, sealed=sealed, by=actor, came_at=at)


def take_in(
    found: BroughtList, *, office: Department, actor: Person, at: datetime, page: str = ""
) -> TakenIn:
    """Enter the lines of a list that are new, and hear what the others tell anew; the log says who did.

    Each line is a transaction of its own: after a crash the same list enters what is missing. So the page is
    used up before the first of them; the list that stands yet has another page to go on with.

    :param page: the key of the page that was sent (see `matters.once`)
    :raises SentBefore: this page was sent before
    """
    with matters.once(page, at=at):
        pass
    judged = lists.judged(found, at=at)
    source = terms.HOTLINES[found.channel]
    entered, waiting = judged.entered[:ENTERED_AT_ONCE], judged.entered[ENTERED_AT_ONCE:]
    for line in entered:
        shared: dict[str, Any] = {"office": office, "arrived_at": line.arrived_at, "actor": actor, "at": at}
        foreign.enter_foreign(source, line.number, line.letter, **shared)
    later = {line.number for line in waiting}
    told = [(line, update) for line, update in judged.told if line.number not in later]
    foreign.hear(source, (foreign.Message(line.number, update) for line, update in told), actor=actor, at=at)
    fresh = {line.row for line in entered}
    done = TakenIn(
        entered=len(fresh),
        told=len({line.row for line, _update in told} - fresh),
        known=judged.known,
        left=len({slip.row for slip in judged.slips}),
        waiting=len(waiting),
    )
    with transaction.atomic():
        if not waiting:
            BroughtList.objects.filter(pk=found.pk).delete()
        facts = asdict(done)
        ledger.record("hotline.list_taken", f"hotline-{source}", actor=actor, at=at, facts=facts)
    return done


def forget_lists(*, at: datetime) -> int:
    """Erase lists that were brought and that nobody took in for a day; return how many."""
    gone, _each = BroughtList.objects.filter(came_at__lt=at - KEPT).delete()
    return gone
