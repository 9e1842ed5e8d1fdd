"""The words of official documents, as data: kinds, attributes, reviews, interpretation. Terms are exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sunshine.core.people import rules as people
from sunshine.core.publishing import rules as publishing
from sunshine.kernel import procedure
from sunshine.kernel.procedure import Role
from sunshine.kernel.words import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Term:
    """One of a fixed list: our code, the words of the interface, the field's own term."""

    code: str
    label: str
    term: str

    def __str__(self) -> str:
        return self.code


NORMATIVE_DOCUMENT = Term("normative_document", _("Normative document"), "规范性文件")
PLAN = Term("plan", _("Plan"), "规划计划")
NOTICE = Term("notice", _("Notice"), "通知")
ANNOUNCEMENT = Term("announcement", _("Announcement"), "公告")
PERSONNEL = Term("personnel", _("Personnel"), "人事信息")
BUDGET = Term("budget", _("Budget and accounts"), "财政预决算")
STATISTICS = Term("statistics", _("Statistics"), "统计信息")
INTERPRETATION = Term("interpretation", _("Interpretation"), "政策解读")
STANDING_PAGE = Term("standing_page", _("Standing page"), "常设栏目")
DECISION_DRAFT = Term("decision_draft", _("Draft of a decision"), "决策草案")
LAW = Term("law", _("Law or regulation"), "法律法规")
MAJOR_DECISION = Term("major_decision", _("Major administrative decision"), "重大行政决策")
ADOPTION_REPORT = Term("adoption_report", _("Report on what was adopted"), "意见采纳情况")
PROPOSAL_REPLY = Term("proposal_reply", _("Reply to a proposal"), "建议提案办理复文")
ANNUAL_REPORT = Term("annual_report", _("Annual report"), "政府信息公开工作年度报告")
LETTER_ANSWER = Term("letter_answer", _("Letter and answer"), "来信选登")

KINDS = (
    NORMATIVE_DOCUMENT,
    PLAN,
    NOTICE,
    ANNOUNCEMENT,
    PERSONNEL,
    BUDGET,
    STATISTICS,
    INTERPRETATION,
    STANDING_PAGE,
    DECISION_DRAFT,
    MAJOR_DECISION,
    ADOPTION_REPORT,
    LAW,
    ANNUAL_REPORT,
    PROPOSAL_REPLY,
    LETTER_ANSWER,
)

# INT-SCOPE: what touches the public is interpreted; for drafts put out for comment it is recommended.
NEEDS_INTERPRETATION = frozenset({NORMATIVE_DOCUMENT.code, PLAN.code, MAJOR_DECISION.code})
INTERPRETATION_RECOMMENDED = frozenset({DECISION_DRAFT.code})

Attribute = publishing.Attribute
PROACTIVE = Attribute.PROACTIVE
ON_REQUEST = Attribute.ON_REQUEST
NOT_PUBLIC = Attribute.NOT_PUBLIC

# ATTR-3, 国办发〔2016〕80号 一(一)
ATTRIBUTE_TERMS: Mapping[Attribute, str] = {
    PROACTIVE: "主动公开",
    ON_REQUEST: "依申请公开",
    NOT_PUBLIC: "不予公开",
}
OPENNESS = (NOT_PUBLIC, ON_REQUEST, PROACTIVE)
"""From closed to open: an attribute may move to the right freely, to the left only by a new sign-off."""

# DOC-OPENNOTE: the note under the text is printed from the attribute.
OPEN_NOTES: Mapping[Attribute, str] = {
    PROACTIVE: "（此件公开发布）",
    ON_REQUEST: "（此件依申请公开）",
    NOT_PUBLIC: "（此件不予公开）",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A look at the frozen content, and who takes it; bound to one digest (SEC-REVIEW)."""

    code: str
    label: str
    by: Role
    basis: str


PROOFREADING = Review(
    publishing.ReviewKind.PROOFREADING.value, _("Proofreading"), people.PROOFREADER, "WEB-V1"
)
PRIVACY = Review(
    publishing.ReviewKind.PRIVACY.value,
    _("Privacy review"),
    people.PRIVACY_REVIEWER,
    "FOI 2019 art. 15; PIPL",
)
CONFIDENTIALITY = Review(
    publishing.ReviewKind.CONFIDENTIALITY.value,
    _("Confidentiality review"),
    people.CONFIDENTIALITY_REVIEWER,
    "SEC-REVIEW: FOI 2019 art. 17; 保密法 art. 35",
)
LEGALITY = Review(
    publishing.ReviewKind.LEGALITY.value,
    _("Legality review"),
    people.LEGAL_REVIEWER,
    "NORM-3ONE: 国办发〔2018〕37号",
)
VIRUS = Review("virus", _("Virus check"), procedure.CLOCK, "WEB-SEC")
SIGN_OFF = Review(
    publishing.ReviewKind.SIGN_OFF.value, _("Sign-off"), people.LEADER, "INT-3SYNC: 国办发〔2016〕80号 二"
)

REVIEWS = (PROOFREADING, PRIVACY, CONFIDENTIALITY, LEGALITY, VIRUS, SIGN_OFF)
REVIEWS_BY_PEOPLE = (PROOFREADING, PRIVACY, CONFIDENTIALITY, LEGALITY)
"""What the act `review` enters; the virus check is automatic, the sign-off an act of its own."""


def required_reviews(kind: str, attribute: str) -> tuple[Review, ...]:
    """Return the reviews that people must have passed before a document goes to the leader."""
    legality = (LEGALITY,) if kind in (NORMATIVE_DOCUMENT.code, MAJOR_DECISION.code) else ()
    if attribute == PROACTIVE:
        return (PROOFREADING, PRIVACY, CONFIDENTIALITY, *legality)
    # What stays inside is not proofread for readers, but that it may and must stay is reviewed.
    return (CONFIDENTIALITY, *legality)


# INT-CONTENT: what an interpretation covers; where one does not apply, it says so.
INTERPRETATION_FIELDS = (
    Term("background", _("Background and basis"), "背景依据"),
    Term("aims", _("Aims and tasks"), "目标任务"),
    Term("content", _("Main content"), "主要内容"),
    Term("scope", _("Scope"), "涉及范围"),
    Term("standards", _("Standards of execution"), "执行标准"),
    Term("attention", _("Points to note"), "注意事项"),
    Term("keywords", _("Key words explained"), "关键词诠释"),
    Term("benefits", _("Measures that benefit people"), "惠民利民举措"),
    Term("differences", _("What changes from the earlier policy"), "新旧政策差异"),
)
NOT_APPLICABLE = "不适用"
MOST_COPIED = 0.6
"""INT-CONTENT: an interpretation that shares more than this part of its text with the document is flagged."""

# INT-PLAN
PLAN_FIELDS = (
    Term("outline", _("Outline"), "解读提纲"),
    Term("form", _("Form"), "形式"),
    Term("ways", _("Ways"), "途径"),
    Term("time", _("Time"), "时间"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of interpretation (INT-FORM); one to look at needs words for those who cannot."""

    code: str
    label: str
    term: str
    is_visual: bool = False


FORMS = (
    Form("text", _("Text"), "文字"),
    Form("charts", _("Charts and pictures"), "图解/图表", is_visual=True),
    Form("questions", _("Questions and answers"), "问答"),
    Form("audio", _("Audio"), "音频"),
    Form("video", _("Video"), "视频", is_visual=True),
    Form("animation", _("Animation"), "动漫/H5", is_visual=True),
    Form("press_conference", _("Press conference"), "新闻发布会"),
    Form("interview", _("Interview"), "访谈"),
    Form("experts", _("Experts and media"), "专家/媒体解读"),
    Form("head", _("Head of the department"), "负责人解读"),
)
