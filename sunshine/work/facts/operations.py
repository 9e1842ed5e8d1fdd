"""The verbs of recorded facts: record, correct, strike."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.people.models import Person
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.facts import queries, rules
from sunshine.work.facts.models import Fact
from sunshine.work.facts.rules import Stated

_ONE_STANDS = ("one_fact_stands_under_a_short_name", "facts_fact.year, facts_fact.code")
"""The constraint as PostgreSQL names it, and its columns as SQLite does."""


def record(stated: Stated, *, actor: Person, at: datetime) -> Fact:
    """Record a fact.

    :raises NotAllowed: the actor holds none of the roles that enter facts
    :raises RuleBroken: it lacks something, or one stands under its short name
    """
    _allowed(actor, at)
    told = _checked(stated, at)
    with transaction.atomic():
        if Fact.objects.filter(year=told.year, code=told.code, is_standing=True).exists():
            raise _taken()
        return _enter("fact.recorded", told, actor, at)


def correct(fact_id: int, stated: Stated, *, reason: str, actor: Person, at: datetime) -> Fact:
    """Put a newer statement in the place of one; the older stays in the ledger and in reports that told it.

    :raises NotAllowed: the actor holds none of the roles that enter facts
    :raises RuleBroken: it lacks something, or has no reason
    :raises StaleStage: it does not stand any more
    """
    _allowed(actor, at)
    with transaction.atomic():
        before = _locked(fact_id, reason)
        told = _checked(replace(stated, year=before.year, code=before.code), at)
        Fact.objects.filter(pk=before.pk).update(is_standing=False)
        return _enter("fact.corrected", told, actor, at, reason=reason, before=before.value)


def strike(fact_id: int, *, reason: str, actor: Person, at: datetime) -> None:
    """Strike a fact that should not have been entered.

    :raises NotAllowed: the actor holds none of the roles that enter facts
    :raises RuleBroken: there is no reason
    :raises StaleStage: it does not stand any more
    """
    _allowed(actor, at)
    with transaction.atomic():
        before = _locked(fact_id, reason)
        Fact.objects.filter(pk=before.pk).update(is_standing=False)
        facts = {"title": before.name, "value": before.value, "reason": reason}
        ledger.record("fact.struck", _subject(before.stated), actor=actor, at=at, facts=facts)


def _allowed(actor: Person, at: datetime) -> None:
    verdict = queries.may_record(actor, on=period.day_of(at))
    if not verdict.holds:
        raise errors.NotAllowed(*verdict.reasons)


def _checked(stated: Stated, at: datetime) -> Stated:
    """Return a statement with its texts trimmed; raise where it lacks something."""
    trimmed = {name: getattr(stated, name).strip() for name in ("code", "name", "value", "unit", "source")}
    listed = tuple(line.strip() for line in stated.listed if line.strip())
    told = replace(stated, **trimmed, listed=listed)
    errors.RuleBroken.unless(rules.check(told, today=period.day_of(at)))
    return told


def _locked(fact_id: int, reason: str) -> Fact:
    if not reason.strip():
        text = gettext_noop("Say why.")
        raise errors.RuleBroken(Reason(text, basis=rules.BASIS, field="reason"))
    found = Fact.objects.select_for_update().filter(pk=fact_id).first()
    if found is None or not found.is_standing:
        raise errors.StaleStage(Reason(gettext_noop("Somebody changed this fact meanwhile. Look again.")))
    return found


def _taken() -> errors.RuleBroken:
    text = gettext_noop("A fact stands under this short name; correct that one.")
    return errors.RuleBroken(Reason(text, basis=rules.BASIS, field="code"))


def _enter(kind: str, told: Stated, actor: Person, at: datetime, **facts: Any) -> Fact:
    try:
        with transaction.atomic():
            made = Fact.objects.create(
                **{**asdict(told), "listed": list(told.listed)}, recorded_by=actor, recorded_at=at
            )
    except IntegrityError as error:
        if any(name in str(error) for name in _ONE_STANDS):
            raise _taken() from error
        raise
    said = {"title": told.name, "value": told.value, "unit": told.unit, "as_of": told.as_of.isoformat()}
    ledger.record(kind, _subject(told), actor=actor, at=at, facts={**said, "source": told.source, **facts})
    return made


def _subject(told: Stated) -> str:
    return f"fact-{told.year}-{told.code}"
