"""The words of participation, as data: how opinions are answered, who must say who they are, why hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sunshine.kernel.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Term:
    """One of a fixed list: our code, the words of the interface, the field's own term."""

    code: str
    label: str
    term: str

    def __str__(self) -> str:
        return self.code


ADOPTED = Term("adopted", _("Adopted"), "采纳")
PARTLY = Term("partly", _("Adopted in part"), "部分采纳")
NOT_ADOPTED = Term("not_adopted", _("Not adopted"), "不予采纳")
NOTED = Term("noted", _("Noted"), "留作参考")
ANSWERS = (ADOPTED, PARTLY, NOT_ADOPTED, NOTED)
NEEDS_REASON = frozenset({NOT_ADOPTED.code, PARTLY.code})
"""DEC-PUBLISH, SEED §5.2: an opinion that is not adopted, or not wholly, is owed the reason."""

NO_IDENTITY = Term("none", _("Nobody has to say who they are"), "不要求身份")
BY_PHONE = Term("phone", _("A telephone number, confirmed by a code"), "手机验证")
IDENTITIES = (NO_IDENTITY, BY_PHONE)

WEB = Term("web", _("On this site"), "网站")
LETTER = Term("letter", _("By letter"), "信函")
E_MAIL = Term("email", _("By e-mail"), "电子邮件")
COUNTER = Term("counter", _("At the counter"), "当面")
DISCUSSION = Term("discussion", _("At a discussion"), "座谈")
WAYS = (WEB, LETTER, E_MAIL, COUNTER, DISCUSSION)

HELD = Term("held", _("Waits to be looked at"), "待审看")
SHOWN = Term("shown", _("Shown"), "已显示")
HIDDEN = Term("hidden", _("Hidden"), "已隐藏")
STATES = (HELD, SHOWN, HIDDEN)

HIDING = (
    Term("advertisement", _("Advertisement"), "广告"),
    Term("machine", _("Sent by a machine"), "机器发送"),
    Term("others_data", _("Personal data of others"), "泄露他人信息"),
    Term("unlawful", _("Content that the law forbids"), "法律禁止内容"),
    Term("empty", _("Says nothing"), "无实际内容"),
)
"""Why something is hidden; that it disagrees is no reason."""

WHOLE = 0
"""The number of the paragraph under which an opinion on the whole draft is kept."""


def named(code: object, among: Iterable[Term]) -> Term | None:
    """Return the term of this code, or None."""
    return next((term for term in among if term.code == code), None)
