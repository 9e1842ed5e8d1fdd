"""Personal data in a text: where it stands, what it is, how sure, and how it may be masked (rulebook 14.2).

Structured identifiers are found by shape and proved by their check digits; what has no check digit is
found only beside the words that announce it. Names are found where a document names its parties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sunshine.kernel.words import gettext_noop
from sunshine.text import identifiers, names, normal

BEFORE, AFTER = 18, 8
"""Characters before and after a number in which the word that announces it is looked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the given text: characters from `start` to before `end`; `confidence` from 0 to 1."""

    start: int
    end: int
    kind: str
    text: str
    confidence: float
    reason: str
    mask: str


@dataclass(frozen=True, slots=True)
class _Detector:
    kind: str
    reason: str
    pattern: re.Pattern[str]
    mask: Callable[[str], str]
    confidence: float = 0.95
    is_sound: Callable[[str], bool] = field(default=lambda _bare: True)
    announced: re.Pattern[str] | None = None
    """Words, before or after, without which it is not taken for one."""

    not_after: re.Pattern[str] | None = None
    """Words right before it that say it is something else."""


def _ends(head: int, tail: int) -> Callable[[str], str]:
    """Return a mask that keeps so many characters at both ends."""

    def masked(text: str) -> str:
        hidden = max(len(text) - head - tail, 1)
        return text[:head] + "*" * hidden + (text[-tail:] if tail else "")

    return masked


_MORE = r"(?:[ \t\n-]?\d)"
"""One digit more, perhaps apart by a space, a dash or a line's end (PII-SPLIT)."""

_NUMBERED = re.compile(r"(?:文号|索引号|发票|订单号|流水号|合同编?号|项目编?号|文件编?号|〔|\[)\s*[:：]?\s*$")

_DETECTORS = (
    _Detector(
        "resident_id",
        gettext_noop("A resident identity number (GB 11643, check digit right)"),
        re.compile(rf"(?<![\dA-Za-z])[1-9]{_MORE}{{16}}[ \t\n-]?[\dXx](?![\dA-Za-z])"),
        _ends(1, 1),
        0.99,
        identifiers.is_resident_id,
    ),
    _Detector(
        "resident_id_15",
        gettext_noop("A resident identity number of 15 digits"),
        re.compile(rf"(?<![\dA-Za-z])[1-9]{_MORE}{{14}}(?![\dA-Za-z])"),
        _ends(1, 1),
        0.9,
        identifiers.is_old_resident_id,
        announced=re.compile(r"身份|证件|公民"),
    ),
    _Detector(
        "bank_card",
        gettext_noop("The number of a bank card or account (check digit right)"),
        re.compile(r"(?<![\dA-Za-z])[3456](?:[ -]?\d){12,18}(?![\dA-Za-z])"),
        _ends(0, 4),
        0.95,
        identifiers.is_luhn,
        announced=re.compile(r"卡号|账[号户]|帐[号户]|开户|银行|收款|储蓄"),
    ),
    _Detector(
        "mobile",
        gettext_noop("A mobile phone number"),
        re.compile(r"(?<![\dA-Za-z])(?:\+?86[ -]?)?1[3-9]\d(?:[ \t-]?\d){8}(?![\dA-Za-z])"),
        _ends(3, 4),
        0.95,
        not_after=_NUMBERED,
    ),
    _Detector(
        "landline",
        gettext_noop("A private telephone number"),
        re.compile(r"(?<!\d)(?:0\d{2,3}[ -]?)?[2-9]\d{6,7}(?!\d)"),
        _ends(5, 4),
        0.85,
        announced=re.compile(r"家庭电话|住宅电话|宅电|家中电话|本人电话"),
    ),
    _Detector(
        "plate",
        gettext_noop("The plate of a vehicle (GA 36)"),
        re.compile(
            r"(?<![A-Za-z0-9])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
            r"[ ·•.-]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[ABCDEFGHJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[ABCDEFGHJK])"
            r"(?![A-Za-z0-9])"
        ),
        _ends(2, 2),
        0.9,
        lambda bare: any(character.isdigit() for character in bare[2:]),
    ),
    _Detector(
        "passport",
        gettext_noop("The number of a passport or travel permit"),
        re.compile(
            r"(?<![A-Za-z0-9])(?:E[A-HJ-NP-Z0-9]\d{7}|[GDSP]\d{7,8}|[CW][A-Z0-9]\d{7}|[HM]\d{8}(?:\d{2})?|\d{8})(?![A-Za-z0-9])"
        ),
        _ends(0, 3),
        0.9,
        announced=re.compile(r"护照|通行证|回乡证|台胞证"),
    ),
    _Detector(
        "email",
        gettext_noop("A private e-mail address"),
        re.compile(
            r"(?<![\w.@+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.ASCII
        ),
        lambda text: f"{text[0]}***@{text.partition('@')[2]}",
        0.9,
        lambda bare: not bare.lower().endswith((".gov.cn", ".org.cn")),
    ),
    _Detector(
        "qq",
        gettext_noop("A QQ number"),
        re.compile(r"QQ\s*(?:号码?)?\s*:?\s*([1-9]\d{4,10})(?!\d)", re.IGNORECASE),
        lambda _text: "***",
        0.9,
    ),
    _Detector(
        "wechat",
        gettext_noop("A WeChat name"),
        re.compile(r"微信号?\s*:\s*([A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9])"),
        lambda _text: "***",
        0.85,
    ),
    _Detector(
        "address",
        gettext_noop("A home address down to the door"),
        re.compile(
            r"[\u4e00-\u9fff\dA-Za-z]{0,30}?(?:路|街|道|巷|弄|小区|花园|苑|村|里|新城|家园|公寓)[\u4e00-\u9fff\dA-Za-z]{0,16}?"
            r"\d{1,5}\s*(?:号楼|栋|幢|座|号)(?:\d{1,3}\s*单元)?\s*\d{1,5}\s*[室号户]"
        ),
        lambda text: text[:6] + "***",
        0.85,
        announced=re.compile(r"住址|家住|住所|现住|户籍|家庭|居住|住户|住在"),
    ),
    _Detector(
        "birth_date",
        gettext_noop("A person's date of birth"),
        re.compile(r"(?<=[男女][，,、 ])\s*(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:出?生)?"),
        lambda _text: "****年**月**日",
        0.9,
    ),
)

_PERSON_NAME = gettext_noop("The name of a natural person")
_NUMERALS = re.compile(
    r"(?<![〇零一二三四五六七八九])[〇零一二三四五六七八九](?:\s?[〇零一二三四五六七八九]){10,18}(?![〇零一二三四五六七八九])"
)
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def find(text: str) -> list[Finding]:
    """Return the personal data in a text, in the order of places; spans never overlap."""
    folded = normal.fold(text)
    readable = _NUMERALS.sub(lambda match: match[0].translate(_DIGITS), folded.text)
    found = [_finding(text, folded, each) for each in _spans(readable)]
    return list(_apart(sorted(found, key=lambda each: (each.start, -each.confidence, -each.end))))


_APART = re.compile(r"[ \t\n·•-]")
_Span = tuple[int, int, str, float, str, str]


def _spans(text: str) -> Iterator[_Span]:
    for detector in _DETECTORS:
        for match in detector.pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            bare = text[start:end] if detector.kind == "email" else _APART.sub("", text[start:end])
            if _is_meant(detector, text, match) and detector.is_sound(bare):
                yield start, end, detector.kind, detector.confidence, detector.reason, detector.mask(bare)
    for start, end, confidence in names.in_context(text):
        yield start, end, "person_name", confidence, _PERSON_NAME, names.masked(text[start:end])


def _is_meant(detector: _Detector, text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - BEFORE) : match.start()]
    if detector.not_after and detector.not_after.search(before):
        return False
    if detector.announced is None:
        return True
    return bool(
        detector.announced.search(before)
        or detector.announced.search(text[match.end() : match.end() + AFTER])
    )


def _finding(text: str, folded: normal.Folded, span: _Span) -> Finding:
    start, end = folded.origin(span[0], span[1])
    return Finding(start, end, span[2], text[start:end], span[3], span[4], span[5])


def _apart(findings: list[Finding]) -> Iterator[Finding]:
    reached = 0
    for finding in findings:
        if finding.start >= reached:
            yield finding
            reached = finding.end
