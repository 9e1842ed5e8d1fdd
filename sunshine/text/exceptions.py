"""What the law publishes although it is personal: the fixed fields of a kind of notice, by dated rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

REACH = 24
"""Characters before a finding in which the field's name is looked for."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """The fields that one occasion publishes, from a day on, with the basis."""

    occasion: str
    since: date
    until: date | None
    kinds: frozenset[str]
    fields: re.Pattern[str]
    basis: str


EXCEPTIONS: Sequence[Exemption] = (
    # PEN-MASK: of the punished the name alone; others' names, addresses, contacts and numbers stay hidden.
    Exemption(
        "penalty",
        date(2018, 12, 5),
        None,
        frozenset({"person_name", "organisation_code"}),
        re.compile(r"被处罚人|当事人|行政相对人(?:名称)?|违法行为人|法定代表人|负责人"),
        "PEN-MASK",
    ),
    Exemption(
        "recruitment",
        date(2019, 5, 15),
        None,
        frozenset({"person_name"}),
        re.compile(r"姓名|考生|拟录用|拟聘用|准考证号"),
        "PII-KEEP",
    ),
    Exemption(
        "award",
        date(2021, 11, 1),
        None,
        frozenset({"person_name"}),
        re.compile(r"获奖|表彰|授予|优秀|先进"),
        "PII-KEEP",
    ),
)


def in_force(occasion: str, on: date | None) -> Exemption | None:
    """Return the rule of an occasion on a day, without a day the newest; nothing when there is none."""
    fitting = [
        each
        for each in EXCEPTIONS
        if each.occasion == occasion
        and (on is None or (each.since <= on and (each.until is None or on <= each.until)))
    ]
    return max(fitting, key=lambda each: each.since) if fitting else None


def keeps(rule: Exemption, text: str, start: int, kind: str) -> bool:
    """Return whether the rule publishes a finding: its kind, beside the name of a field."""
    return kind in rule.kinds and bool(rule.fields.search(text[max(0, start - REACH) : start]))
