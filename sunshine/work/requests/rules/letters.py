"""The letters of a request: one template for each kind, bound to the text of the regulation.

A template's places stand in braces. A letter whose place is not filled is not whole, and does not leave
the house; a reply names the article of its class in the text that the request follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sunshine.text import numerals
from sunshine.work.requests.rules import outcomes, remedies

PLACE = re.compile(r"\{(\w+)\}")

# What a place is called where it is missing.
PLACES: Mapping[str, str] = {
    "number": "文号",
    "addressee": "收件人",
    "received_on": "收到日期",
    "wanted": "申请内容",
    "finding": "查明情况",
    "basis": "法律依据",
    "government": "复议机关",
    "bureau": "署名",
    "dated": "日期",
    "handover": "提供方式",
    "where": "获取途径",
    "withheld": "不予公开的部分",
    "right_body": "负责公开的机关",
    "channel": "相应渠道",
    "earlier": "此前的答复",
    "law": "法律法规条款",
    "which": "具体类别",
    "harm": "危害说明",
    "balance": "利益衡量",
    "classification": "定密情况",
    "note": "说明",
    "what": "补正内容",
    "until": "期限",
    "reason": "理由",
    "amount": "金额",
    "scale": "计收方式",
    "quantity": "数量",
    "payment": "缴纳方式",
    "about": "征求意见的内容",
    "sent_on": "征求意见的日期",
    "whom": "征求意见的对象",
    "answered_on": "答复日期",
    "ground": "第三方的理由",
    "disclosed": "公开的内容",
    "reference": "登记编号",
    "way": "申请方式",
    "due_on": "答复期限",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of letter: its title and its paragraphs, with places in braces."""

    code: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is set: every place filled or named in `gaps`."""

    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    signed: str
    dated: str
    gaps: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.gaps


_ASKED = (
    "本机关于{received_on}收到您（单位）提出的政府信息公开申请（编号：{reference}），申请公开：{wanted}。"
)
_FOUND = "经审查：{finding}"
_ANSWER = "根据{basis}的规定，本机关答复如下："

_BODIES: Mapping[str, tuple[str, ...]] = {
    outcomes.DISCLOSED: ("您（单位）申请公开的信息予以公开，提供方式：{handover}。",),
    outcomes.ALREADY_PUBLIC: ("您（单位）申请公开的信息已主动公开，获取该信息的方式和途径：{where}。",),
    outcomes.PARTIAL: (
        "您（单位）申请公开的信息予以部分公开，提供方式：{handover}。",
        "下列部分不予公开：{withheld}。",
    ),
    outcomes.STATE_SECRET: ("您（单位）申请公开的信息属于国家秘密（{classification}），不予公开。",),
    "forbidden_by_law": ("{law}禁止公开您（单位）申请公开的信息，不予公开。",),
    outcomes.ENDANGERS: ("公开该信息可能危及{which}：{harm}。不予公开。",),
    outcomes.THIRD_PARTY: ("公开该信息会对第三方合法权益造成损害：{balance}。不予公开。",),
    "internal_affairs": ("您（单位）申请公开的信息属于{which}方面的内部事务信息，不予公开。",),
    "process": ("您（单位）申请公开的信息属于{which}等过程性信息，不予公开。",),
    "enforcement_file": ("您（单位）申请公开的信息属于行政执法案卷信息，不予公开。",),
    "special_inquiry": ("{law}对该信息的查询另有规定，请您（单位）按以下途径查询：{where}。",),
    outcomes.NOT_HELD: ("经检索，没有您（单位）所申请公开的信息，该政府信息不存在。",),
    outcomes.NOT_OURS: ("您（单位）申请公开的信息不属于本机关负责公开，请向以下机关提出：{right_body}。",),
    "to_be_made": (
        "您（单位）申请公开的信息没有现成信息，需要本机关对现有政府信息进行加工、分析，不予提供。",
    ),
    outcomes.STILL_UNCLEAR: ("经补正，申请内容仍不明确，本机关无法提供。",),
    "petition": (
        "您（单位）以政府信息公开申请的形式进行信访、投诉、举报等活动，不作为政府信息公开申请处理，请通过以下渠道提出：{channel}。",
    ),
    outcomes.REPEATED: ("您（单位）就同一内容重复提出申请，本机关已予以答复（{earlier}），不予重复处理。",),
    "publication": ("您（单位）申请提供公开出版物，可通过以下途径获取：{where}。",),
    outcomes.ABNORMAL: ("您（单位）申请的数量、频次明显超过合理范围，且理由不合理，不予处理。",),
    "confirm_again": ("您（单位）要求对已获取的信息予以确认或者重新出具，不予处理。",),
    outcomes.OTHER: ("{note}",),
}
_TITLES = {
    "予以公开": "政府信息公开告知书",
    "部分公开": "政府信息部分公开告知书",
    "不予公开": "政府信息不予公开告知书",
    "政府信息不存在": "政府信息不存在告知书",
    "非本机关政府信息": "非本机关政府信息告知书",
    "无法提供": "政府信息无法提供告知书",
    "不予处理": "政府信息公开申请不予处理告知书",
    "行政查询事项": "行政查询事项告知书",
    "其他处理": "政府信息公开申请答复书",
}

_NOT_HANDLED = "政府信息公开申请不再处理告知书"

NOTICES: Mapping[str, Template] = {
    "receipt": Template(
        "receipt",
        "政府信息公开申请登记回执",
        (
            "您（单位）以{way}方式提出的政府信息公开申请，本机关已于{received_on}收到，登记编号：{reference}。",
            "本机关将于{due_on}前答复；确需延长的，将另行告知。",
        ),
    ),
    "complete": Template(
        "complete",
        "政府信息公开申请补正告知书",
        (
            _ASKED,
            "根据{basis}的规定，您（单位）的申请内容不明确，请于{until}前补正：{what}。",
            "答复期限自本机关收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理。",
        ),
    ),
    # FOI-COMPLETE-7WD: a notice after the seven working days moves nothing and lets nothing lapse.
    "complete_late": Template(
        "complete_late",
        "政府信息公开申请补正告知书",
        (
            _ASKED,
            "根据{basis}的规定，您（单位）的申请内容不明确，请于{until}前补正：{what}。",
            "本告知书晚于收到申请之日起七个工作日发出，答复期限不因补正重新计算。",
            "逾期未补正的，本机关将根据现有的申请内容依法答复。",
        ),
    ),
    "extend": Template(
        "extend",
        "延期答复告知书",
        (_ASKED, "因{reason}，根据{basis}的规定，本机关延长答复期限，将于{due_on}前答复。"),
    ),
    "fee": Template(
        "fee",
        "政府信息公开信息处理费收费通知书",
        (
            _ASKED,
            "根据{basis}的规定，本件{scale}，数量{quantity}，应缴纳信息处理费{amount}元。",
            "缴纳方式：{payment}。",
            "请自收到本通知次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请，本机关不再处理。",
        ),
    ),
    "reasons": Template(
        "reasons",
        "说明理由告知书",
        (_ASKED, "根据{basis}的规定，因{reason}，请您（单位）于{until}前说明理由。"),
    ),
    # FOI-FREQ: the reasons are good, and the work is much.
    "defer": Template(
        "defer",
        "延迟答复告知书",
        (
            _ASKED,
            "您（单位）说明的理由合理，但因{reason}，本机关无法在规定的期限内答复。根据{basis}的规定，本机关将于{until}前答复。",
        ),
    ),
    "lapse": Template(
        "lapse",
        _NOT_HANDLED,
        (
            _ASKED,
            "本机关于{sent_on}告知您（单位）补正申请内容，您（单位）逾期未补正。根据{basis}的规定，视为放弃申请，本机关不再处理。",
            "因正当理由未能按期补正的，请向本机关说明。",
        ),
    ),
    "drop_unpaid": Template(
        "drop_unpaid",
        _NOT_HANDLED,
        (
            _ASKED,
            "本机关于{sent_on}通知您（单位）缴纳信息处理费，您（单位）逾期未缴纳。根据{basis}的规定，视为放弃申请，本机关不再处理。",
        ),
    ),
    "asking": Template(
        "asking",
        "征求意见告知书",
        (
            _ASKED,
            "本机关已于{sent_on}就所涉信息书面征求{whom}的意见。根据{basis}的规定，征求意见所需时间不计算在答复期限内。",
        ),
    ),
    "consult": Template(
        "consult",
        "征求第三方意见书",
        (
            "本机关收到政府信息公开申请，所涉信息可能损害您（单位）的合法权益：{about}。",
            "根据{basis}的规定，请自收到本征求意见书之日起15个工作日内提出意见；不同意公开的，请说明合理理由。",
            "逾期未提出意见的，由本机关依法决定是否公开。",
        ),
    ),
    # The text of 2008 names no days, and lets nothing be disclosed without consent but for the public's sake.
    "consult_2008": Template(
        "consult_2008",
        "征求第三方意见书",
        (
            "本机关收到政府信息公开申请，所涉信息可能损害您（单位）的合法权益：{about}。",
            "根据{basis}的规定，请书面提出是否同意公开的意见；不同意公开的，请说明理由。",
        ),
    ),
    # FOI-JOINT: a co-maker's silence is its consent.
    "co_maker": Template(
        "co_maker",
        "征求意见书",
        (
            "本机关收到政府信息公开申请，所涉信息由本机关牵头、与贵单位共同制作：{about}。",
            "根据{basis}的规定，请自收到本征求意见书之日起15个工作日内提出意见；逾期未提出意见的，视为同意公开。",
        ),
    ),
    "other_body": Template(
        "other_body",
        "协办函",
        ("本机关正在办理一件政府信息公开申请，需请贵单位协助：{about}。", "请尽快书面回复本机关。"),
    ),
    "overruled": Template(
        "overruled",
        "依申请公开告知书",
        (
            "本机关就所收到的政府信息公开申请征求了您（单位）的意见：{about}。",
            "您（单位）于{answered_on}提出不同意公开的意见，理由是：{ground}。",
            "经审查，本机关认为不公开可能对公共利益造成重大影响。根据{basis}的规定，决定予以公开，公开的内容：{disclosed}。",
            "公开的理由：{reason}。",
        ),
    ),
}

_LAWS = {
    "FOI 2019": "《中华人民共和国政府信息公开条例》",
    "FOI 2008": "《中华人民共和国政府信息公开条例》（2007年公布）",
    "国办函〔2020〕109号": "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
}
_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?: ¶(\d+))?")


def law_in_chinese(basis: str) -> str:
    """Return a basis as a letter cites it: 《……条例》第三十六条第（二）项."""
    law, _word, articles = re.sub(r" arts?\. ", "\0", basis, count=1).partition("\0")
    cited = []
    for article, item, paragraph in _ARTICLE.findall(articles):
        text = f"第{numerals.written(int(article))}条"
        text += f"第{numerals.written(int(paragraph))}款" if paragraph else ""
        text += f"第（{numerals.written(int(item))}）项" if item else ""
        cited.append(text)
    return _LAWS.get(law, law) + "、".join(cited)


def written(day: date | None) -> str:
    """Return a day as letters write it: 2026年3月5日; empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def reply_template(outcome: str, version: str) -> Template | None:
    """Return the template of a reply; None for a class that the text of the regulation has no ground for."""
    found = outcomes.outcome_named(outcome)
    if found is None or not found.is_drafted or version not in found.bases:
        return None
    paragraphs = (_ASKED, _FOUND, _ANSWER, *_BODIES[outcome])
    return Template(outcome, _TITLES[found.letter], paragraphs)


def write_reply(outcome: str, version: str, on: date, values: Mapping[str, str]) -> Letter:
    """Return the reply of a class under a text of the regulation, with the remedy of its day.

    A class without a ground in that text gives a letter with a gap where the ground should stand.
    """
    template = reply_template(outcome, version)
    found = outcomes.outcome_named(outcome)
    if template is None or found is None:
        return Letter("", "", "", (), "", "", gaps=(PLACES["basis"],))
    basis = law_in_chinese(found.bases[version])
    remedy = remedies.remedy(outcome, on).sentence
    return write(template, {**values, "basis": basis}, closing=(remedy,))


def write(template: Template, values: Mapping[str, str], *, closing: tuple[str, ...] = ()) -> Letter:
    """Return a letter with its places filled; what is missing is named in its gaps."""
    frame = ("{number}", "{addressee}", "{bureau}", "{dated}")
    wanted = [name for text in (*frame, *template.paragraphs, *closing) for name in PLACE.findall(text)]
    gaps = [PLACES.get(name, name) for name in dict.fromkeys(wanted) if not str(values.get(name, "")).strip()]
    filled = tuple(_filled(text, values) for text in (*template.paragraphs, *closing))
    number, addressee, signed, dated = (_filled(text, values) for text in frame)
    return Letter(template.title, number, addressee, filled, signed, dated, tuple(gaps))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its places filled, once: a brace in what somebody wrote is left as it is."""
    return PLACE.sub(lambda match: str(values.get(match[1], "")).strip(), text)
