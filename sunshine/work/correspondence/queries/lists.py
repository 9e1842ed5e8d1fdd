"""Questions about a hotline's list: which of its lines are new here, and what the others say anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sunshine.core.matters import sealing
from sunshine.core.people.models import Person
from sunshine.work.correspondence.models import Alias, BroughtList, Reporter, Update
from sunshine.work.correspondence.rules import foreign, hotline, terms

Value = TypeVar("Value", str, int)
AT_ONCE = 500
"""Values asked for in one query; databases limit how many it may have."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A list against what is known here: what it enters, what it tells anew, how many lines say nothing."""

    entered: tuple[hotline.Line, ...]
    told: tuple[tuple[hotline.Line, foreign.Update], ...]
    known: int
    slips: tuple[hotline.Slip, ...]
    left_out: tuple[str, ...]


def brought(token: str, by: Person) -> BroughtList | None:
    """Return a list that this officer brought and nobody has taken in yet, or None."""
    return BroughtList.objects.filter(token=token, by=by).first()


def opened(found: BroughtList, *, at: datetime) -> hotline.Listed:
    """Return what a brought list says; its seal is opened for that."""
    data = sealing.unseal(bytes(found.sealed), place=f"list:{found.token}")
    return hotline.read(data, channel=found.channel, at=at)


def judged(found: BroughtList, *, at: datetime) -> Judged:
    """Return what taking in a list would do; the same number twice in it is one case."""
    listed = opened(found, at=at)
    source = terms.HOTLINES[found.channel]
    said = _said(source, [line.number for line in listed.lines])
    entered: list[hotline.Line] = []
    told: dict[tuple[str, str], tuple[hotline.Line, foreign.Update]] = {}
    for line in listed.lines:
        if line.number not in said:
            entered.append(line)
            said[line.number] = {line.letter.text.strip()}
        update = hotline.update(line, said=said[line.number], at=at)
        if update is not None:
            told.setdefault((line.number, update.number), (line, update))
    heard = _heard(source, [line.number for line, _update in told.values()])
    new = tuple(each for key, each in told.items() if key not in heard)
    busy = {line.row for line in entered} | {line.row for line, _update in new}
    known = sum(line.row not in busy for line in listed.lines)
    return Judged(tuple(entered), new, known, listed.slips, listed.left_out)


def _said(source: str, numbers: Sequence[str]) -> dict[str, set[str]]:
    """Return the numbers that are cases here, each with the texts that came under it."""
    rows = [row for some in _some(numbers) for row in _aliases(source, some)]
    said: dict[int, set[str]] = defaultdict(set)
    for some in _some([first for _number, first, _text in rows]):
        for first, text in Reporter.objects.filter(first__in=some).values_list("first_id", "text"):
            said[first].add(text)
    return {number: {text, *said[first]} for number, first, text in rows}


def _aliases(source: str, numbers: Sequence[str]) -> Iterable[tuple[str, int, str]]:
    rows = Alias.objects.filter(source=source, number__in=numbers, first__isnull=False)
    return rows.values_list("number", "first_id", "first__text")


def _heard(source: str, numbers: Sequence[str]) -> set[tuple[str, str]]:
    return {
        told
        for some in _some(numbers)
        for told in Update.objects.filter(alias__source=source, alias__number__in=some).values_list(
            "alias__number", "number"
        )
    }


def _some(values: Sequence[Value]) -> Iterable[list[Value]]:
    each = list(dict.fromkeys(values))
    return (each[first : first + AT_ONCE] for first in range(0, len(each), AT_ONCE))
