"""What a check says: it holds, or it does not, and why, and which rule asks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why something may not be done.

    `text` is an English message marked for translation, with %(name)s places filled from `params`;
    `basis` names the rule that asks ("FOI 2019 art. 17"), `field` the form field that can mend it,
    `mended_by` the role that can.
    """

    text: str
    basis: str = ""
    field: str = ""
    mended_by: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        sentence = self.text % self.params if self.params else self.text
        return f"{sentence} ({self.basis})" if self.basis else sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a check: no reasons means that it holds."""

    reasons: tuple[Reason, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.reasons

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict(self.reasons + other.reasons)


HOLDS = Verdict()


def fails(
    text: str, /, *, basis: str = "", field: str = "", mended_by: str = "", **params: object
) -> Verdict:
    """Return a verdict with one reason."""
    return Verdict((Reason(text, basis, field, mended_by, params),))


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Join verdicts: the whole holds when each holds, and every reason is kept."""
    return Verdict(tuple(reason for verdict in verdicts for reason in verdict.reasons))
