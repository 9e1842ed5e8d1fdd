"""The figures of proposals: each a name, a number and the proposals that make it.

A name begins with `proposals.`; `NAMES` lists them all with their labels. What was returned to the
assigner is counted apart: it is nobody's reply to give. So always all = lead + separate + joint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import terms


@dataclass(frozen=True, slots=True)
class Counted:
    """A proposal as figures count it.

    `closed_on` is the day of the first reply, or on which a joint opinion went out; `is_in_time` says
    whether that kept its clock, None while it is open and not late. `rating` is the newest answer of the
    deputy. `record` is the newest visible record of its replies, empty while none is public.
    """

    reference: str
    number: str
    session: str
    year: int
    body: str
    role: str
    department: str
    assigned_on: date
    closed_on: date | None
    is_in_time: bool | None
    is_returned: bool
    reply_class: str
    rating: str
    mark: str
    record: str
    published_in_time: bool | None
    commitments: int
    kept: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the proposals that make it; of commitments, the sum of what the proposals hold."""

    name: str
    label: str
    value: int
    cases: tuple[Counted, ...]
    params: Mapping[str, str]


Belongs = Callable[[Counted], bool]


def _role(code: str) -> Belongs:
    return lambda case: not case.is_returned and case.role == code


def _answered(case: Counted) -> bool:
    return not case.is_returned and case.role in terms.REPLIES and case.closed_on is not None


def _rated(code: str) -> Belongs:
    return lambda case: _answered(case) and case.rating == code


_PLAIN: Mapping[str, tuple[str, Belongs]] = {
    "all": (_("All that were assigned to the bureau"), lambda case: not case.is_returned),
    "lead": (_("We lead"), _role(terms.LEAD.code)),
    "separate": (_("Each replies for itself"), _role(terms.SEPARATE.code)),
    "joint": (_("We give our opinion to the lead"), _role(terms.JOINT.code)),
    "congress": (_("Deputies’ suggestions"), lambda case: _of_body(case, terms.CONGRESS)),
    "cppcc": (_("CPPCC proposals"), lambda case: _of_body(case, terms.CPPCC)),
    "returned": (_("Returned to the assigner"), lambda case: case.is_returned),
    "replied": (_("Replied"), _answered),
    "opinions": (
        _("Opinions given"),
        lambda case: _role(terms.JOINT.code)(case) and case.closed_on is not None,
    ),
    "open": (_("Still open"), lambda case: not case.is_returned and case.closed_on is None),
    "in_time": (_("Answered in time"), lambda case: not case.is_returned and case.is_in_time is True),
    "late": (_("Late"), lambda case: not case.is_returned and case.is_in_time is False),
    "satisfied": (_("Satisfied"), _rated(terms.SATISFIED.code)),
    "basically": (_("Basically satisfied"), _rated(terms.BASICALLY.code)),
    "dissatisfied": (_("Not satisfied"), _rated(terms.DISSATISFIED.code)),
    "unrated": (_("Without an answer of the deputy"), _rated("")),
    "to_publish": (
        _("Replies marked public"),
        lambda case: _answered(case) and case.mark == terms.PROACTIVE.code,
    ),
    "published": (_("Replies published in full"), lambda case: _answered(case) and bool(case.record)),
    "published_late": (_("Replies published late"), lambda case: case.published_in_time is False),
}
_SUMS: Mapping[str, tuple[str, Callable[[Counted], int]]] = {
    "commitments": (_("Commitments"), lambda case: case.commitments),
    "commitments_kept": (_("Commitments kept"), lambda case: case.kept),
    "commitments_open": (_("Commitments open"), lambda case: case.commitments - case.kept),
    "commitments_overdue": (_("Commitments overdue"), lambda case: case.overdue),
}
_CLASS = _("Replies of class %(class)s")
LETTERS = ("A", "B", "C", "D")

NAMES: Mapping[str, str] = {
    **{f"proposals.{name}": label for name, (label, _belongs) in _PLAIN.items()},
    **{f"proposals.class.{letter}": _CLASS for letter in LETTERS},
    **{f"proposals.{name}": label for name, (label, _of) in _SUMS.items()},
}
"""Every figure by its name, with its label; that of a class has the place %(class)s."""


def _of_body(case: Counted, body: terms.Term) -> bool:
    return not case.is_returned and case.body == body.code


def figures(rows: Iterable[Counted]) -> dict[str, Figure]:
    """Count proposals, each once for every figure to which it belongs; a figure of none is a zero."""
    cases = tuple(rows)
    made = {}
    for name, (label, belongs) in _PLAIN.items():
        listed = tuple(case for case in cases if belongs(case))
        made[f"proposals.{name}"] = Figure(f"proposals.{name}", label, len(listed), listed, {})
    for letter in LETTERS:
        listed = tuple(case for case in cases if _answered(case) and case.reply_class == letter)
        name = f"proposals.class.{letter}"
        made[name] = Figure(name, _CLASS, len(listed), listed, {"class": letter})
    for name, (label, of) in _SUMS.items():
        listed = tuple(case for case in cases if of(case))
        total = sum(of(case) for case in listed)
        made[f"proposals.{name}"] = Figure(f"proposals.{name}", label, total, listed, {})
    return made


def add_up(made: Mapping[str, Figure]) -> bool:
    """Return whether the parts make the whole: by role, by body, by what became of them."""

    def value(*names: str) -> int:
        return sum(made[f"proposals.{name}"].value for name in names)

    return (
        value("all") == value("lead", "separate", "joint") == value("congress", "cppcc")
        and value("all") == value("replied", "opinions", "open")
        and value("replied") == value("satisfied", "basically", "dissatisfied", "unrated")
        and value("replied") == value(*(f"class.{letter}" for letter in LETTERS))
        and value("commitments") == value("commitments_kept", "commitments_open")
    )
