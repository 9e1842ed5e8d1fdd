"""Why a document may stay unpublished: the grounds of the law, each with the days on which it applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_TEXT: Final = date(2008, 5, 1)
FIRST_TEXT_ENDS: Final = date(2019, 5, 14)
SECOND_TEXT: Final = date(2019, 5, 15)


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal reason not to publish. `must`: the law forbids publishing; else it only allows not to.

    `valid_to` is the last day on which it applies. A ground that passes by itself names the day.
    """

    code: str
    term: str
    basis: str
    must: bool
    valid_from: date = SECOND_TEXT
    valid_to: date | None = None
    needs_end_date: bool = False

    def applies(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def _first(code: str, term: str, basis: str, *, needs_end_date: bool = False) -> Ground:
    """Return a ground of the 2008 text; all of them forbid."""
    return Ground(code, term, basis, True, FIRST_TEXT, FIRST_TEXT_ENDS, needs_end_date)


STATE_SECRET: Final = "state_secret"  # noqa: S105  # a code of the law, no password

# The terms of 2019 are those of the annual report's table, so that what is kept can be counted there.
GROUNDS = (
    _first(STATE_SECRET, "属于国家秘密", "FOI 2008 art. 14", needs_end_date=True),
    _first("trade_secret", "涉及商业秘密", "FOI 2008 art. 14"),
    _first("privacy", "涉及个人隐私", "FOI 2008 art. 14"),
    _first("endangers", "危及“三安全一稳定”", "FOI 2008 art. 8"),
    # A classification has a term (SEC-TERMS).
    Ground(STATE_SECRET, "属于国家秘密", "FOI 2019 art. 14", must=True, needs_end_date=True),
    Ground("forbidden_by_law", "其他法律行政法规禁止公开", "FOI 2019 art. 14", must=True),
    Ground("endangers", "危及“三安全一稳定”", "FOI 2019 art. 14", must=True),
    Ground("third_party", "保护第三方合法权益", "FOI 2019 art. 15", must=True),
    Ground("internal_affairs", "属于三类内部事务信息", "FOI 2019 art. 16", must=False),
    # What is being deliberated ends when it is decided.
    Ground("process", "属于四类过程性信息", "FOI 2019 art. 16", must=False, needs_end_date=True),
    Ground("enforcement_file", "属于行政执法案卷", "FOI 2019 art. 16", must=False),
)

# Why what was published may be taken back though no exception applies to it.
WITHDRAWAL_GROUNDS = (
    Ground("inaccurate", "内容不准确", "PRO-CLARIFY: FOI 2019 art. 6", must=True),
    Ground("not_reviewed", "未经审查公开", "PRO-REVIEW: FOI 2019 art. 17", must=True),
    Ground("inaccurate", "内容不准确", "PRO-CLARIFY: FOI 2008 art. 6", True, FIRST_TEXT, FIRST_TEXT_ENDS),
    Ground("not_reviewed", "未经审查公开", "PRO-REVIEW: FOI 2008 art. 14", True, FIRST_TEXT, FIRST_TEXT_ENDS),
)


def grounds_on(day: date, among: Sequence[Ground] = GROUNDS) -> tuple[Ground, ...]:
    """Return the grounds that apply on a day."""
    return tuple(ground for ground in among if ground.applies(day))


def ground_named(code: object, on: date, among: Sequence[Ground] = GROUNDS) -> Ground | None:
    """Return the ground of this code that applies on a day, or None."""
    return next((ground for ground in grounds_on(on, among) if ground.code == code), None)
