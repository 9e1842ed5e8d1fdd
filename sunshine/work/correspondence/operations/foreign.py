"""Other systems: cases they hand us under their own numbers, and what they tell us of them afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.people.models import Department, Person
from sunshine.kernel import canonical, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Alias, Case, Update
from sunshine.work.correspondence.operations import registering
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import foreign, stages
from sunshine.work.correspondence.rules.posting import Letter

AT_ONCE = 2_000
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Message:
    """What another system says of a case: its number there, and the update."""

    case_number: str
    update: foreign.Update


def enter_foreign(
    source: str,
    number: str,
    letter: Letter,
    *,
    office: Department,
    arrived_at: datetime,
    actor: Person | None,
    at: datetime,
    kind: str = stages.CASE,
    accused: Department | None = None,
    beginning: str = "",
) -> tuple[Case, str]:
    """Enter a case that another system hands us; handed over twice it is one case (its code: the first time).

    :param beginning: the act that registers a case; without one it is registered as its sort says
    :raises RuleBroken: as `registering.enter`, the number is none, or a matter of another kind bears it
    """
    number = _number(number)
    with transaction.atomic():
        alias = locked(source, number)
        if alias.case_id is not None:
            return _known(cases.by_id(alias.case_id), kind), ""
        given: dict[str, Any] = {"office": office, "arrived_at": arrived_at, "actor": actor, "at": at}
        case, code = registering.enter(letter, kind=kind, accused=accused, **given)
        if beginning:
            registering.register(case.pk, name=beginning, sort=letter.sort, actor=actor, at=at)
        elif kind == stages.CASE:
            registering.register_as_it_says(case, actor=None, at=at)
        belongs(alias, case)
        ledger.record(
            f"{case.matter.kind}.named_elsewhere",
            case.matter.reference,
            actor=actor,
            at=at,
            facts={"source": source, "number": number},
        )
    return case, code


def _known(case: Case, kind: str) -> Case:
    if case.matter.kind != kind:  # a letter went on as a petition under its number, or somebody mistyped
        raise errors.RuleBroken(
            Reason(gettext_noop("Another case bears this number."), "CH-FOREIGN: own rule", "number")
        )
    return case


def name_elsewhere(reference: str, *, source: str, number: str, actor: Person | None, at: datetime) -> Alias:
    """Let a case be known by another system's number as well.

    :raises RuleBroken: that number is another case's
    """
    number = _number(number)
    with transaction.atomic():
        case = cases.case(reference)
        alias = locked(source, number)
        if alias.case_id not in (None, case.pk):
            raise errors.RuleBroken(
                Reason(gettext_noop("Another case bears this number."), "CH-FOREIGN: own rule", "number")
            )
        if alias.case_id is None:
            belongs(alias, case)
            ledger.record(
                f"{case.matter.kind}.named_elsewhere",
                reference,
                actor=actor,
                at=at,
                facts={"source": source, "number": number},
            )
    return alias


def locked(source: str, number: str) -> Alias:
    """Return the row of another system's number, locked: of two who hand it over at once the second waits."""
    Alias.objects.get_or_create(source=source, number=number)
    return Alias.objects.select_for_update().get(source=source, number=number)


def belongs(alias: Alias, case: Case) -> None:
    """Let a number be a case's, and go back with it should it be joined and taken apart."""
    alias.case = alias.first = case
    alias.save(update_fields=["case", "first"])


def _number(number: str) -> str:
    text = str(number).strip()
    if not text or len(text) > LONGEST:
        raise errors.RuleBroken(
            Reason(gettext_noop("This is no number of a case."), "CH-FOREIGN: own rule", "number")
        )
    return text


def hear(source: str, messages: Iterable[Message], *, actor: Person | None, at: datetime) -> int:
    """Take in what another system tells, in any order and as often as it likes; return what was new.

    A message about a case that we do not know yet is kept, and counts from the moment we do.
    """
    told = list(messages)
    new = 0
    for first in range(0, len(told), AT_ONCE):
        with transaction.atomic():
            new += _hear(source, told[first : first + AT_ONCE], actor, at)
    return new


def _hear(source: str, messages: Sequence[Message], actor: Person | None, at: datetime) -> int:
    numbers = sorted({_number(each.case_number) for each in messages})
    Alias.objects.bulk_create(
        [Alias(source=source, number=number) for number in numbers], ignore_conflicts=True
    )
    locked = Alias.objects.select_for_update().filter(source=source, number__in=numbers).order_by("id")
    aliases = {alias.number: alias for alias in locked}
    before = Update.objects.filter(alias__in=aliases.values()).count()
    rows = [_row(aliases[_number(each.case_number)], each.update, at) for each in messages]
    Update.objects.bulk_create(rows, ignore_conflicts=True)
    new = Update.objects.filter(alias__in=aliases.values()).count() - before
    if new:
        _fold(list(aliases.values()))
        facts = {"count": new, "source": source}
        ledger.record("foreign.heard", source, actor=actor, at=at, facts=facts)
    return new


def _row(alias: Alias, update: foreign.Update, at: datetime) -> Update:
    told = {"n": update.number, "at": update.at.isoformat(), "s": update.status, "w": update.words}
    return Update(
        alias=alias,
        number=update.number[:LONGEST],
        at=update.at,
        status=update.status,
        words=update.words,
        digest=hashlib.sha256(canonical.encode(told)).hexdigest(),
        came_at=at,
    )


def _fold(aliases: Sequence[Alias]) -> None:
    """Compute anew what the other system says of these cases, from all that it ever told."""
    held: dict[int, list[foreign.Update]] = {alias.pk: [] for alias in aliases}
    rows = Update.objects.filter(alias__in=aliases).values_list("alias", "number", "at", "status", "words")
    for alias_id, number, at, status, words in rows:
        held[alias_id].append(foreign.Update(number, at, status, words))
    for alias in aliases:
        state = foreign.fold(held[alias.pk])
        alias.status, alias.status_at = state.status, state.at
        alias.urged, alias.updates = state.urged, state.updates
    Alias.objects.bulk_update(aliases, ["status", "status_at", "urged", "updates"], batch_size=200)
