"""Slips in an official text, found by a table of rules; each rule lives beside those of its kind.

Errors are what nobody can have meant; they stop a publication until someone decides. Warnings are what
a proofreader should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sunshine.text import (
    reading,
    slips_by_sound,
    slips_in_characters,
    slips_in_figures,
    slips_in_references,
    slips_in_shape,
    slips_in_words,
)
from sunshine.text.reading import Reading
from sunshine.text.slips import ERROR, NOTHING_KNOWN, WARNING, Knowledge, Slip

__all__ = ["ERROR", "WARNING", "Finding", "Knowledge", "check"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the text: characters from `start` to before `end`, what is wrong, and what was meant."""

    start: int
    end: int
    kind: str
    text: str
    severity: str
    reason: str
    suggestion: str = ""


def check(text: str, known: Knowledge = NOTHING_KNOWN) -> list[Finding]:
    """Return what a proofreader should see, in the order of places."""
    found = [
        Finding(begun + start, begun + end, kind, part.text[start:end], severity, reason, suggestion)
        for begun, part in reading.parts(text)
        for rule in _RULES
        for start, end, kind, severity, reason, suggestion in rule(part, known)
    ]
    return sorted(found, key=lambda each: (each.start, each.end, each.kind))


_RULES: Sequence[Callable[[Reading, Knowledge], Iterator[Slip]]] = (
    slips_in_characters.secrecy_marks,
    slips_in_characters.broken_characters,
    slips_in_characters.hidden_characters,
    slips_in_characters.scripts,
    slips_in_characters.conversions,
    slips_in_characters.strange_runs,
    slips_in_words.confused_words,
    slips_by_sound.misheard_words,
    slips_in_words.stutters,
    slips_in_words.listed_words,
    slips_in_words.abbreviations,
    slips_in_figures.dates,
    slips_in_figures.sums,
    slips_in_figures.inconsistent_figures,
    slips_in_shape.doubled_blocks,
    slips_in_shape.pairs,
    slips_in_shape.numbering,
    slips_in_references.people,
    slips_in_references.citations,
    slips_in_references.dead_links,
)
