"""Terms of a closed list as the desk says them: in the reader's language, with the field's own word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from django import forms
from django.utils.translation import gettext as _

from sunshine.doors.desk import words
from sunshine.text.sheets import Slip


class Term(Protocol):
    """One of a list: its code, what it is called in English, and the field's own Chinese word."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def term(self) -> str: ...


def both(term: Term) -> str:
    """Say a term in the reader's language with the field's own word, once where one holds the other."""
    label = _(term.label)
    if term.term in label or label in term.term:
        return max(label, term.term, key=len)
    return f"{label} ({term.term})"


def said(code: str, among: Iterable[Term]) -> str:
    """Say a code of a list; nothing for a code that the list does not have."""
    return next((both(each) for each in among if each.code == code), "")


def choices(among: Iterable[Term]) -> list[tuple[str, str]]:
    """Return the terms of a list as the choices of a field."""
    return [(each.code, both(each)) for each in among]


def field(label: str, among: Iterable[Term], *, required: bool = True) -> forms.ChoiceField:
    """Return a field for one of a list, at first empty."""
    shown = [("", _("Choose …")), *choices(among)]
    return forms.ChoiceField(label=label, choices=shown, required=required)


def slips(found: Iterable[Slip], *, most: int) -> list[tuple[Slip, str, str]]:
    """Return the first mistakes of a list from outside by row: each in words, with the rule as cited."""
    shown = sorted(found, key=lambda slip: slip.row)[:most]
    return [(slip, words.say(slip.text, slip.params), words.cited(slip.rule)) for slip in shown]


def columns(headings: Mapping[str, tuple[str, ...]], needed: Collection[str]) -> list[tuple[str, str, bool]]:
    """Return each column of a list from outside: its heading, its other headings, whether it is needed."""
    return [
        (known[0], "、".join(each for each in known[1:] if not each.isascii()), name in needed)
        for name, known in headings.items()
    ]
