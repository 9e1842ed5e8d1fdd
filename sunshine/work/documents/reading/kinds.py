"""Which kind of document a text is, by how it is called and who issued it."""

from __future__ import annotations

from sunshine.work.documents.rules import terms

LAWGIVERS = ("国务院", "人民代表大会", "主席", "中央军事委员会", "最高人民法院", "最高人民检察院")

ENDINGS: tuple[tuple[tuple[str, ...], terms.Term], ...] = (
    (("通知",), terms.NOTICE),
    (("公告", "通告", "公示"), terms.ANNOUNCEMENT),
    (("规划", "计划", "工作要点", "实施方案", "行动方案"), terms.PLAN),
    (("任免", "任职", "录用名单"), terms.PERSONNEL),
    (("预算", "决算", "预算公开", "决算公开"), terms.BUDGET),
    (("统计公报", "统计年鉴", "统计数据"), terms.STATISTICS),
    (("解读", "图解"), terms.INTERPRETATION),
    (("指南", "公开制度", "职能", "机构设置"), terms.STANDING_PAGE),
    (("办法", "规定", "细则", "意见", "规则", "条例"), terms.NORMATIVE_DOCUMENT),
)
"""How titles end, the first that fits; what nothing fits is a notice."""


def of_title(title: str, issuer: str = "") -> terms.Term:
    """Return the kind that a title tells, in the light of who issued it."""
    bare = title.replace("（", "(").partition("(")[0].strip()
    is_law = bare.endswith(("法", "法典", "宪法", "修正案")) and not bare.endswith("办法")
    if is_law or any(word in issuer for word in LAWGIVERS):
        return terms.LAW
    return next((kind for endings, kind in ENDINGS if bare.endswith(endings)), terms.NOTICE)
