"""Commitments: what a reply says will be done by a day, and the light it shows until then (PRP-FOLLOW)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sunshine.kernel.clock import Light
from sunshine.work.proposals.rules import periods

_LINE = re.compile(r"\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[\s:：,，]+(.+?)\s*")


@dataclass(frozen=True, slots=True)
class Slip:
    """A line that names no day, or nothing to do."""

    line: str


def read(lines: Iterable[str]) -> list[tuple[date, str] | Slip]:
    """Return what lines promise: “2026-12-31 what will be done”; a line that cannot be read is a slip."""
    return [_read(line) for line in lines if line.strip()]


def _read(line: str) -> tuple[date, str] | Slip:
    match = _LINE.fullmatch(line)
    if match is None:
        return Slip(line.strip())
    try:
        return date(*(int(part) for part in match.groups()[:3])), match[4]
    except ValueError:
        return Slip(line.strip())


def written(number: int, text: str, due_on: date) -> str:
    """Return a commitment as the published reply says it."""
    day = f"{due_on.year}年{due_on.month}月{due_on.day}日"
    return f"{number}. {text.rstrip('。')}（{day}前）"


def light(due_on: date, kept_on: date | None, on: date) -> Light:
    """Return how a commitment stands on a day: kept late is red for ever, as every clock is."""
    if (kept_on or on) > due_on:
        return Light.RED
    if kept_on is None and due_on - on <= timedelta(days=periods.SOON):
        return Light.YELLOW
    return Light.GREEN
