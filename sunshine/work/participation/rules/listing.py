"""The yearly list of matters open to participation (PART-LIST): the ways, and what a line must say."""

from __future__ import annotations

from collections.abc import Iterable

from sunshine.kernel.procedure import is_blank
from sunshine.kernel.verdict import Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.participation.rules.terms import Term, named

BASIS = "PART-LIST: the 2018 report §5"

WAYS = (
    Term("call", _("Comment call"), "征求意见"),
    Term("hearing", _("Hearing or discussion"), "听证座谈"),
    Term("consultation", _("Consultation"), "咨询协商"),
    Term("attendance", _("Attending a meeting"), "列席会议"),
    Term("briefing", _("Media briefing"), "媒体吹风"),
)


def is_sound(title: object, ways: Iterable[object], month: int) -> Verdict:
    """Return whether a line of the list says what, in which ways, and when."""
    chosen = list(ways)
    return all_of(
        fails(text, basis=BASIS, field=name)
        for wrong, text, name in (
            (is_blank(title), _("Say which matter it is."), "title"),
            (not chosen or any(named(way, WAYS) is None for way in chosen), _("Choose the ways."), "ways"),
            (not 1 <= month <= 12, _("Say in which month."), "month"),
        )
        if wrong
    )
