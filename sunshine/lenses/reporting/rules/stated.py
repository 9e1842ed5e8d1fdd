"""What the tables ask that no room of the house keeps yet: stated by an officer, never counted.

A stated value is a number, or it does not apply, or nobody has said anything: three different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sunshine.kernel.words import gettext_noop as _

NOT_APPLICABLE: Final = "不适用"


class Sort(StrEnum):
    """What a stated number looks like."""

    COUNT = "count"
    CHANGE = "change"
    AMOUNT = "amount"


_SHAPES: Mapping[Sort, re.Pattern[str]] = {
    Sort.COUNT: re.compile(r"0|[1-9]\d{0,8}"),
    Sort.CHANGE: re.compile(r"0|[+-][1-9]\d{0,8}"),
    Sort.AMOUNT: re.compile(r"(0|[1-9]\d{0,8})(\.\d{1,6})?"),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A cell that is stated: its name, what the desk calls it, and the shape of its number."""

    name: str
    label: str
    sort: Sort = Sort.COUNT

    def is_sound(self, value: str) -> bool:
        """Return whether this is a number of its shape, or says that the cell does not apply."""
        return value == NOT_APPLICABLE or bool(_SHAPES[self.sort].fullmatch(value))


_PERMITS, _SERVICES = _("Administrative licences"), _("Other services to the outside")
_PENALTIES, _COERCION = _("Administrative penalties"), _("Administrative coercion")
_FEES, _PURCHASES = _("Administrative fees"), _("Central procurement")

SINCE_2021 = (
    Stated("stated.permits.decisions", _PERMITS),
    Stated("stated.penalties.decisions", _PENALTIES),
    Stated("stated.coercion.decisions", _COERCION),
    Stated("stated.levies.amount", _FEES, Sort.AMOUNT),
)


def _three(name: str, label: str) -> tuple[Stated, ...]:
    return (
        Stated(f"stated.{name}.before", label),
        Stated(f"stated.{name}.change", label, Sort.CHANGE),
        Stated(f"stated.{name}.decisions", label),
    )


OF_2019 = (
    *_three("permits", _PERMITS),
    *_three("services", _SERVICES),
    *_three("penalties", _PENALTIES),
    *_three("coercion", _COERCION),
    Stated("stated.levies.before", _FEES),
    Stated("stated.levies.change", _FEES, Sort.CHANGE),
    Stated("stated.purchases.items", _PURCHASES),
    Stated("stated.purchases.amount", _PURCHASES, Sort.AMOUNT),
)
