"""Says in the reader's language what became of a letter; no officer and no reporter is named."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.design import parts
from sunshine.doors.public import requests_wording
from sunshine.work.correspondence.queries.public import Line
from sunshine.work.correspondence.rules import terms

TOLD = ("urge", "take_back", "contest", "rate_case", "offer", "give_back")
"""Acts that a reporter may know of beside the public ones."""


def outcome(code: str) -> str:
    """Say how a case ended."""
    found = terms.named(code, terms.OUTCOMES)
    return _(found.label) if found else ""


def channel(code: str) -> str:
    """Say by which way a case came."""
    found = terms.named(code, terms.CHANNELS)
    return _(found.label) if found else ""


def sort(code: str) -> str:
    """Say of which sort a case is."""
    found = terms.named(code, terms.SORTS)
    return _(found.label) if found else ""


def standing(line: Line) -> str:
    """Say where a case stands, as far as its public entries tell."""
    if line.closed_on is not None:
        return outcome(line.outcome)
    return _("Contested, being handled anew") if line.was_contested else _("Being handled")


def story(matter: Matter, entries: Iterable[Entry]) -> list[parts.Moment]:
    """Tell the acts that a reporter may know of, newest first."""
    told = ((entry, sentence(matter, entry)) for entry in entries)
    return [parts.Moment(at=entry.at, sentence=said) for entry, said in told if said][::-1]


def sentence(matter: Matter, entry: Entry) -> str:
    """Say one act in a sentence that names nobody; empty for what is the office's own affair."""
    name = entry.kind.partition(".")[2]
    act = next((act for act in matters.procedure_of(matter).acts if act.name == name), None)
    if act is None or not (act.public or name in TOLD):
        return ""
    return requests_wording.say(act.wording, {"actor": _("The bureau")})
