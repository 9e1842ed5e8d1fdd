"""The lists behind the letters: services that can be reported, programs that may report."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sunshine.core.ledger import operations as ledger
from sunshine.core.matters import sealing
from sunshine.core.people.models import Department, Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import ApiKey, Service


def list_service(
    *,
    code: str,
    name: str,
    sort: str,
    description: str = "",
    group: str = "",
    keywords: str = "",
    department: Department | None = None,
    has_place: bool = True,
    asks: Sequence[dict[str, Any]] = (),
    position: int = 0,
    actor: Person | None,
    at: datetime,
) -> Service:
    """List a service that can be reported, or change it; its code stays what it was."""
    given = {
        "name": name,
        "sort": sort,
        "description": description,
        "group": group,
        "keywords": keywords,
        "department": department,
        "has_place": has_place,
        "asks": list(asks),
        "position": position,
    }
    with transaction.atomic():
        service, _is_new = Service.objects.update_or_create(code=code, defaults=given)
        ledger.record("service.listed", f"service-{code}", actor=actor, at=at, facts={"title": name})
    return service


def close_service(service: Service, *, on: date, actor: Person, at: datetime) -> None:
    """Let a service be reported no longer; cases of it stay what they are."""
    with transaction.atomic():
        Service.objects.filter(pk=service.pk).update(closed_on=on)
        facts = {"title": service.name}
        ledger.record("service.closed", f"service-{service.code}", actor=actor, at=at, facts=facts)


def issue_key(
    *, name: str, source: str, is_trusted: bool, per_minute: int, actor: Person | None, at: datetime
) -> tuple[ApiKey, str]:
    """Give a program a key; it is shown this once.

    :raises RuleBroken: the name or the source is another program's
    """
    if ApiKey.objects.filter(source=source).exists() or ApiKey.objects.filter(name=name).exists():
        raise errors.RuleBroken(Reason(gettext_noop("Another program bears this name."), field="source"))
    key = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = ApiKey.objects.create(
            name=name,
            source=source,
            key_mark=sealing.mark(key, purpose="api"),
            is_trusted=is_trusted,
            per_minute=per_minute,
            issued_at=at,
        )
        facts = {"title": name, "source": source}
        ledger.record("program.admitted", f"program-{source}", actor=actor, at=at, facts=facts)
    return made, key


def end_key(key: ApiKey, *, actor: Person, at: datetime) -> None:
    """Let a program's key hold no longer."""
    with transaction.atomic():
        ApiKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at)
        facts = {"title": key.name}
        ledger.record("program.ended", f"program-{key.source}", actor=actor, at=at, facts=facts)


def program_of(key: str) -> ApiKey | None:
    """Return the program that a key belongs to, or None."""
    if not key.strip():
        return None
    return ApiKey.objects.filter(key_mark=sealing.mark(key, purpose="api"), ended_at=None).first()
