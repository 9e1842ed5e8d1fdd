"""Who records facts, and what one must say before it is kept; no Django."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.text import privacy

BASIS: Final = "AR-FACT: own rule"
RECORDS: Final = (people.DRAFTER, people.OFFICE_CLERK, people.OFFICE_HEAD)

_CODE = re.compile(r"[a-z][a-z0-9_]{1,29}")
_VALUE = re.compile(r"(0|[1-9]\d{0,11})(\.\d{1,4})?")


TOPICS: Mapping[str, str] = {
    "organisation": _("Leadership and publicity"),
    "explaining": _("Interpretation, response, proposals"),
    "five_openings": _("The five openings"),
    "services": _("Services and platforms"),
    "participation": _("Public participation"),
    "regulation": _("Rules and review"),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as somebody states it: in `year`, `name` was `value` `unit` as of a day, says the source.

    `code` is its short name within the year; `listed` names each thing that a count is made of; `topic`
    the part of the year's work to which it belongs.
    """

    year: int
    code: str
    name: str
    value: str
    unit: str
    as_of: date
    source: str
    listed: tuple[str, ...] = ()
    topic: str = ""


def may_record(held: Container[str]) -> Verdict:
    """Return whether who holds these roles may enter facts: who drafts, and the disclosure office."""
    if any(role.name in held for role in RECORDS):
        return HOLDS
    names = " ".join(role.name for role in RECORDS)
    return fails(_("You do not hold the role that this act needs."), basis=BASIS, mended_by=names)


def check(fact: Stated, *, today: date) -> Verdict:
    """Return whether a fact may be kept."""
    return all_of(_slips(fact, today))


def _slips(fact: Stated, today: date) -> Iterator[Verdict]:
    if not _CODE.fullmatch(fact.code):
        text = _("A short name of small letters, digits and low lines, such as microblog_followers.")
        yield fails(text, basis=BASIS, field="code")
    if not _VALUE.fullmatch(fact.value):
        yield fails(
            _("A number such as 12, 0 or 3.5; the unit has its own field."), basis=BASIS, field="value"
        )
    for name in ("name", "source"):
        if not getattr(fact, name).strip():
            yield fails(_("Say what this is and where it is known from."), basis=BASIS, field=name)
    if fact.topic not in ("", *TOPICS):
        yield fails(_("This topic is not on the list."), basis=BASIS, field="topic")
    if fact.as_of > min(today, date(fact.year, 12, 31)):
        text = _("A fact of a year is known by its last day, and not before the day has come.")
        yield fails(text, basis=BASIS, field="as_of")
    if fact.listed and fact.value != str(len(fact.listed)):
        text = _("The list names %(listed)s, the number says %(value)s.")
        yield fails(text, basis=BASIS, field="listed", listed=str(len(fact.listed)), value=fact.value)
    if _holds_personal_data(fact):
        text = _("This looks like personal data; a fact is written to be read by everybody.")
        yield fails(text, basis=BASIS, field="listed")


def _holds_personal_data(fact: Stated) -> bool:
    texts = (fact.name, fact.source, *fact.listed)
    found = (finding for text in texts for finding in privacy.find(text))
    return any(finding.is_private and finding.confidence >= privacy.SURE for finding in found)
