"""The fixed lists: which body, which level, what sort, who leads, the marks, the answers of the form."""

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


CONGRESS = Term("congress", _("People’s congress"), "人民代表大会")
CPPCC = Term("cppcc", _("CPPCC committee"), "政协委员会")
BODIES = (CONGRESS, CPPCC)

LEVELS = (
    Term("national", _("National"), "全国"),
    Term("province", _("Province"), "省"),
    Term("city", _("City"), "市"),
    Term("district", _("District"), "区"),
)

SUGGESTION = Term("suggestion", _("Suggestion"), "人大代表建议")
MOTION = Term("motion", _("Motion handled as a suggestion"), "议案转建议")
BETWEEN = Term("between", _("Suggestion between sessions"), "闭会期间建议")
PROPOSAL = Term("proposal", _("Proposal"), "政协提案")
SORTS = (SUGGESTION, MOTION, BETWEEN, PROPOSAL)

LEAD = Term("lead", _("We lead"), "主办")
SEPARATE = Term("separate", _("Each replies for itself"), "分办")
JOINT = Term("joint", _("We give our opinion to the lead"), "会办")
ROLES = (LEAD, SEPARATE, JOINT)
REPLIES = frozenset({LEAD.code, SEPARATE.code})
"""PRP-LEAD: whoever leads, or handles a part alone, replies to the deputy; a joint handler never does."""

PERSON = Term("person", _("Deputy or member"), "代表/委员")
GROUP = Term("group", _("Party, sector or group"), "党派/界别/集体")
PROPOSERS = (PERSON, GROUP)

# PRP-MARK
PROACTIVE = Term("proactive", _("Public"), "主动公开")
ON_REQUEST = Term("on_request", _("On request"), "依申请公开")
NOT_PUBLIC = Term("not_public", _("Not public"), "不予公开")
MARKS = (PROACTIVE, ON_REQUEST, NOT_PUBLIC)

# PRP-SAT
SATISFIED = Term("satisfied", _("Satisfied"), "满意")
BASICALLY = Term("basically", _("Basically satisfied"), "基本满意")
DISSATISFIED = Term("dissatisfied", _("Not satisfied"), "不满意")
RATINGS = (SATISFIED, BASICALLY, DISSATISFIED)

WAYS = (
    Term("visit", _("Going to see them"), "登门走访"),
    Term("meeting", _("Meeting at the bureau"), "座谈"),
    Term("site", _("Together on site"), "现场察看"),
    Term("telephone", _("By telephone"), "电话"),
    Term("letter", _("In writing"), "书面"),
)
"""How one talked with the deputy before replying (PRP-3M)."""

FULL = Term("full", _("The full name"), "全名")
SURNAME = Term("surname", _("The surname only"), "仅姓氏")
UNNAMED = Term("unnamed", _("No name"), "不署名")
NAMINGS = (FULL, SURNAME, UNNAMED)
"""How a deputy is named where the public reads (PRP-PUB-20WD); a party or sector is named in full."""


def named(code: object, among: Iterable[Term]) -> Term | None:
    """Return the term of a code in a list, or None."""
    return next((each for each in among if each.code == code), None)


def by_term(text: str, among: Iterable[Term]) -> Term | None:
    """Return the term that a cell of a list names, by the field's word or our code."""
    bare = text.strip()
    return next((each for each in among if bare and bare in (each.term, each.code)), None)
