"""How a request can end: the closed list of outcome classes, with the ground of each and what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sunshine.kernel.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Outcome:
    """A class of answer. `bases` names the article by text of the regulation; a text without one lacks it.

    `needs` are the facts that the draft of such an answer must give, `letter` the template it is written
    with, `is_drafted` is False where no reply is drafted (the request lapsed, was withdrawn …).
    """

    code: str
    label: str
    term: str
    letter: str
    bases: Mapping[str, str]
    needs: tuple[str, ...] = ()
    is_refusal: bool = False
    is_drafted: bool = True
    choices: tuple[str, ...] = field(default=())


def _bases(first: str, second: str) -> dict[str, str]:
    both = {"2008": f"FOI 2008 {first}" if first else "", "2019": f"FOI 2019 {second}" if second else ""}
    return {version: basis for version, basis in both.items() if basis}


# FOI 2019 art. 16: three kinds of internal affairs, four kinds of process information.
INTERNAL_AFFAIRS: Final = ("人事管理", "后勤管理", "内部工作流程")
PROCESS_INFORMATION: Final = ("讨论记录", "过程稿", "磋商信函", "请示报告")
# FOI 2019 art. 14: what publishing would endanger.
ENDANGERED: Final = ("国家安全", "公共安全", "经济安全", "社会稳定")

DISCLOSED, ALREADY_PUBLIC, PARTIAL = "disclosed", "already_public", "partial"
STATE_SECRET: Final = "state_secret"  # noqa: S105  # a code of the law, no password
ENDANGERS, THIRD_PARTY = "endangers", "third_party"
NOT_HELD, NOT_OURS, STILL_UNCLEAR = "not_held", "not_ours", "still_unclear"
REPEATED, ABNORMAL = "repeated", "abnormal"
LAPSED, UNPAID, WITHDRAWN, MERGED, OTHER = "lapsed", "unpaid", "withdrawn", "merged", "other"

OUTCOMES = (
    Outcome(
        DISCLOSED, _("Disclosed"), "予以公开", "予以公开", _bases("art. 21(1)", "art. 36(2)"), ("handover",)
    ),
    Outcome(
        ALREADY_PUBLIC,
        _("Already public: where to find it"),
        "已主动公开",
        "予以公开",
        _bases("art. 21(1)", "art. 36(1)"),
        ("where",),
    ),
    # FOI-PARTIAL: the rest is given; what is withheld is listed with its ground, and counts only here.
    Outcome(
        PARTIAL,
        _("Disclosed in part"),
        "部分公开",
        "部分公开",
        _bases("art. 22", "art. 37"),
        ("handover", "withheld"),
        is_refusal=True,
    ),
    Outcome(
        STATE_SECRET,
        _("Not disclosed: state secret"),
        "属于国家秘密",
        "不予公开",
        _bases("art. 14", "art. 14"),
        ("classification",),
        is_refusal=True,
    ),
    Outcome(
        "forbidden_by_law",
        _("Not disclosed: another law forbids it"),
        "其他法律行政法规禁止公开",
        "不予公开",
        _bases("", "art. 14"),
        ("law",),
        is_refusal=True,
    ),
    Outcome(
        ENDANGERS,
        _("Not disclosed: it would endanger the public"),
        "危及“三安全一稳定”",
        "不予公开",
        _bases("art. 8", "art. 14"),
        ("which", "harm"),
        is_refusal=True,
        choices=ENDANGERED,
    ),
    Outcome(
        THIRD_PARTY,
        _("Not disclosed: rights of a third party"),
        "保护第三方合法权益",
        "不予公开",
        _bases("arts. 14, 23", "arts. 15, 32"),
        ("balance",),
        is_refusal=True,
    ),
    Outcome(
        "internal_affairs",
        _("Not disclosed: internal affairs"),
        "属于三类内部事务信息",
        "不予公开",
        _bases("", "art. 16 ¶1"),
        ("which",),
        is_refusal=True,
        choices=INTERNAL_AFFAIRS,
    ),
    Outcome(
        "process",
        _("Not disclosed: process information"),
        "属于四类过程性信息",
        "不予公开",
        _bases("", "art. 16 ¶2"),
        ("which",),
        is_refusal=True,
        choices=PROCESS_INFORMATION,
    ),
    Outcome(
        "enforcement_file",
        _("Not disclosed: enforcement file"),
        "属于行政执法案卷",
        "不予公开",
        _bases("", "art. 16 ¶2"),
        is_refusal=True,
    ),
    Outcome(
        "special_inquiry",
        _("Inquiry under a special law"),
        "属于行政查询事项",
        "行政查询事项",
        _bases("", "art. 36(7)"),
        ("law", "where"),
    ),
    Outcome(
        NOT_HELD,
        _("Searched for, not held"),
        "经检索没有所申请公开信息",
        "政府信息不存在",
        _bases("art. 21(3)", "art. 36(4)"),
    ),
    # FOI-NOTOURS: name and contact of the body that is responsible, if it can be determined.
    Outcome(
        NOT_OURS,
        _("Another body is responsible"),
        "不属于本机关负责公开",
        "非本机关政府信息",
        _bases("art. 21(3)", "art. 36(5)"),
        ("right_body",),
    ),
    # FOI-MAKE: no duty to process or analyse.
    Outcome(
        "to_be_made",
        _("It would have to be made"),
        "没有现成信息需要另行制作",
        "无法提供",
        _bases("", "art. 38"),
    ),
    Outcome(
        STILL_UNCLEAR,
        _("Still unclear after completion"),
        "补正后申请内容仍不明确",
        "无法提供",
        _bases("art. 21(4)", "art. 30"),
    ),
    Outcome(
        "petition",
        _("A petition or complaint"),
        "信访举报投诉类申请",
        "不予处理",
        _bases("", "art. 39 ¶1"),
        ("channel",),
    ),
    Outcome(
        REPEATED,
        _("Answered before"),
        "重复申请",
        "不予处理",
        _bases("", "art. 36(6)"),
        ("earlier",),
    ),
    Outcome(
        "publication",
        _("A publication is asked for"),
        "要求提供公开出版物",
        "不予处理",
        _bases("", "art. 39 ¶2"),
        ("where",),
    ),
    Outcome(
        ABNORMAL,
        _("Abnormal number without sound reason"),
        "无正当理由大量反复申请",
        "不予处理",
        _bases("", "art. 35"),
    ),
    Outcome(
        "confirm_again",
        _("Confirmation or a new copy is asked for"),
        "要求行政机关确认或重新出具已获取信息",
        "不予处理",
        _bases("", "art. 2"),
    ),
    Outcome(
        LAPSED,
        _("Not completed in time"),
        "逾期不补正",
        "不再处理",
        _bases("art. 21(4)", "art. 30"),
        is_drafted=False,
    ),
    Outcome(
        UNPAID,
        _("Fee not paid in time"),
        "逾期未缴费",
        "不再处理",
        {"2019": "国办函〔2020〕109号 art. 6"},
        is_drafted=False,
    ),
    Outcome(
        WITHDRAWN,
        _("Withdrawn by the applicant"),
        "申请人撤回",
        "",
        {"2008": "own rule", "2019": "own rule"},
        is_drafted=False,
    ),
    Outcome(
        MERGED,
        _("Merged into another request"),
        "合并处理",
        "",
        {"2008": "own rule", "2019": "own rule"},
        is_drafted=False,
    ),
    Outcome(
        OTHER,
        _("Handled otherwise"),
        "其他处理",
        "其他处理",
        {"2008": "FOI 2008 art. 21", "2019": "FOI 2019 art. 36"},
        ("note",),
    ),
)


WITHHOLDING = frozenset(each.code for each in OUTCOMES if each.is_refusal)
"""The classes that keep something back, in part or as a whole; it is looked at again (PRO-DYNAMIC)."""


def outcome_named(code: object) -> Outcome | None:
    """Return the class of this code, or None."""
    return next((outcome for outcome in OUTCOMES if outcome.code == code), None)


def outcomes_open(version: str, *, is_drafted: bool = True) -> Sequence[Outcome]:
    """Return the classes that a text of the regulation knows, in the order of the table."""
    return [each for each in OUTCOMES if version in each.bases and each.is_drafted == is_drafted]


def may_be_withheld_for(version: str) -> Sequence[Outcome]:
    """Return the grounds on which a part may be withheld: the refusals of the text."""
    return [each for each in outcomes_open(version) if each.is_refusal and each.code != PARTIAL]
