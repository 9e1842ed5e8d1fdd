"""Keeping the directory: each change is an act with a public entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules
from sunshine.core.publishing.models import DirectoryItem
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import HOLDS, Reason, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop

REQUIRED = ("code", "subject", "column", "basis", "audience")


def list_item(*, actor: Person | None, at: datetime, **fields: Any) -> DirectoryItem:
    """Enter an item in the directory.

    :raises RuleBroken: a field is missing, the column is none of the national ones, or the code is taken
    """
    errors.RuleBroken.unless(_sound(fields) & _free(fields["code"]))
    with transaction.atomic():
        item = DirectoryItem.objects.create(**fields)
        ledger.record(
            "directory.listed", item.code, actor=actor, at=at, facts={"subject": item.subject}, public={}
        )
    return item


def change_item(code: str, *, actor: Person, at: datetime, **fields: Any) -> DirectoryItem:
    """Change what an item says; its code stays."""
    with transaction.atomic():
        item = DirectoryItem.objects.select_for_update().get(code=code)
        before = {name: getattr(item, name) for name in fields}
        merged = {name: getattr(item, name) for name in REQUIRED} | fields
        errors.RuleBroken.unless(_sound(merged))
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()
        changed = sorted(name for name, value in fields.items() if before[name] != value)
        ledger.record(
            "directory.changed",
            code,
            actor=actor,
            at=at,
            facts={"fields": changed},
            public={"fields": changed},
        )
    return item


def close_item(code: str, *, actor: Person, at: datetime, reason: str) -> DirectoryItem:
    """Close an item: nothing new is published under it; what was stays.

    :raises RuleBroken: no reason
    :raises StaleStage: it is closed already
    """
    if not reason.strip():
        raise errors.RuleBroken(*fails(gettext_noop("Say why the item closes"), field="reason").reasons)
    with transaction.atomic():
        item = DirectoryItem.objects.select_for_update().get(code=code)
        if item.closed_on is not None:
            raise errors.StaleStage(Reason(gettext_noop("The item is closed already")))
        item.closed_on = at.astimezone(period.SHANGHAI).date()
        item.save(update_fields=["closed_on"])
        ledger.record("directory.closed", code, actor=actor, at=at, facts={"reason": reason}, public={})
    return item


def _sound(fields: Mapping[str, Any]) -> Verdict:
    missing = all_of(
        fails(gettext_noop("This must be given."), basis="FOI 2019 art. 12", field=name)
        for name in REQUIRED
        if not fields.get(name)
    )
    known = {column.slug for column in rules.COLUMNS}
    column = fields.get("column")
    return missing & (
        HOLDS
        if not column or column in known
        else fails(gettext_noop("There is no such column"), field="column")
    )


def _free(code: str) -> Verdict:
    taken = DirectoryItem.objects.filter(code=code).exists()
    return fails(gettext_noop("This code is taken"), field="code") if taken else HOLDS
