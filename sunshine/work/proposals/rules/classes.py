"""Reply classes (PRP-CLASS): closed lists, dated; each session says which of them it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReplyClass:
    """One class of reply; of some, what was promised is followed until it is done (PRP-FOLLOW)."""

    code: str
    term: str
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class ClassSet:
    """The classes of one place and time; `valid_to` is the last day on which a session may choose it."""

    code: str
    label: str
    valid_from: date
    valid_to: date | None
    classes: tuple[ReplyClass, ...]

    def named(self, code: object) -> ReplyClass | None:
        """Return a class of the set, or None."""
        return next((each for each in self.classes if each.code == code), None)

    def holds_on(self, day: date) -> bool:
        """Return whether a session that begins on a day may choose the set."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


FOUR = ClassSet(
    "four",
    "A、B、C、D 四类",
    date(2008, 5, 1),
    None,
    (
        ReplyClass("A", "已经解决或基本解决"),
        ReplyClass("B", "正在解决或列入规划逐步解决", is_followed=True),
        ReplyClass("C", "因条件限制需以后解决"),
        ReplyClass("D", "留作参考"),
    ),
)
THREE = ClassSet(
    "three",
    "A、B、C 三类",
    date(2008, 5, 1),
    None,
    (
        ReplyClass("A", "已解决或基本解决"),
        ReplyClass("B", "正在解决或列入计划解决", is_followed=True),
        ReplyClass("C", "暂时难以采纳"),
    ),
)
CLASS_SETS = (FOUR, THREE)


def set_named(code: object) -> ClassSet | None:
    """Return a set of classes by its code, or None."""
    return next((each for each in CLASS_SETS if each.code == code), None)
