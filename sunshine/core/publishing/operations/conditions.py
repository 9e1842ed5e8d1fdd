"""Conditions of a decision: met, exempt, or fallen again; who may say so, its procedure answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sunshine.core.publishing.models import Condition


def meet(subject: str, code: str, *, reference: str, at: datetime) -> None:
    """Let a condition stand as met by something; said again, the newest counts."""
    Condition.objects.update_or_create(
        subject=subject, code=code, defaults={"reference": reference[:200], "ground": "", "at": at}
    )


def exempt(subject: str, code: str, *, ground: str, at: datetime) -> None:
    """Let a condition stand as exempt, with its ground."""
    Condition.objects.update_or_create(
        subject=subject, code=code, defaults={"reference": "", "ground": ground[:200], "at": at}
    )


def drop(subject: str, *codes: str) -> None:
    """Let conditions stand no longer."""
    Condition.objects.filter(subject=subject, code__in=codes).delete()


def drop_met(subjects: Iterable[str], code: str, *, reference: str) -> None:
    """Let a condition stand no longer wherever something met it that counts no more; exempt, it stands."""
    Condition.objects.filter(subject__in=list(subjects), code=code, reference=reference).delete()
