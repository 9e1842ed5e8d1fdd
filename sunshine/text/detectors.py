"""The table of structured personal data: shapes, check digits, the words that announce them (rulebook 14.2).

A pattern with a check digit stands alone; what has none is taken only beside the words that announce
it, and never beside words that say it is something else (PII-FALSE). Every pattern is bounded, so
that a text's length alone decides how long it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sunshine.kernel.words import gettext_noop
from sunshine.text import identifiers, masks, wordlists

BEFORE, AFTER = 18, 8
"""Characters before and after a number in which the word that announces it is looked for."""

Span = tuple[int, int, str, float, str, str]
"""Start, end, kind, confidence, reason, mask; an empty mask says: it may stay."""


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of personal data: its shape and what must hold around it."""

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

    open_after: re.Pattern[str] | None = None
    """Words before it that say it is an office's own and may stay."""

    needs: tuple[str, ...] = ()
    """What a text must contain, in small letters, one or the other, before its pattern is worth a search."""

    is_short: bool = False
    """Whether it may be written with fewer letters and digits in a row than `_NUMBER` asks for."""


# PII-SPLIT: one digit more, perhaps apart by spaces, a dash or a line's end
_GAP = r"[ \t\n.-]{0,2}"
_MORE = rf"(?:{_GAP}\d)"
_NO_WORD = r"(?<![\dA-Za-z])"
_END = r"(?![\dA-Za-z])"


def _first(characters: str) -> str:
    """Return the shape of a number's or word's first character.

    What must not stand before it is asked after it: so the search leaps from one such character to the
    next, and a text without any costs next to nothing.
    """
    return rf"[{characters}](?<![\dA-Za-z][{characters}])"


_NUMBERED = re.compile(
    r"(?:文号|索引号|发票(?:号码?|代码)?|订单号?|流水号?|合同编?号|项目编?号|文件编?号|批准文?号|编号|金额|〔|\[|\d{4}[〕\]]第?)"
    r"[为是]?\s{0,3}:?\s{0,3}$"
)
_OFFICE_LINE = re.compile(
    r"咨询|监督|投诉|举报|服务|值班|办公|热线|窗口|前台|总机|单位|公司|机关|中心|受理|报修|客服|联系电话|[局委办厅处所站]电话"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_TAIL = "[A-HJ-NP-Z0-9]"
_DATE = r"(?:18|19|20)\d{2}"
_MONTH = r"\s?[年./-]\s?\d{1,2}\s?(?:[月./-]\s?(?:\d{1,2}\s?日?)?)"
_DOORS = r"(?:\d{1,5}|[A-Za-z]\d{0,2}|[甲乙丙丁])"

DETECTORS = (
    Detector(
        "resident_id",
        gettext_noop("A resident identity number (GB 11643, check digit right)"),
        re.compile(rf"{_first('1-9')}{_MORE}{{16}}{_GAP}[\dXx]{_END}"),
        masks.ends(1, 1),
        0.99,
        identifiers.is_resident_id,
        not_after=_NUMBERED,
    ),
    Detector(
        "resident_id_15",
        gettext_noop("A resident identity number of 15 digits"),
        re.compile(rf"{_first('1-9')}{_MORE}{{14}}{_END}"),
        masks.ends(1, 1),
        0.9,
        identifiers.is_old_resident_id,
        announced=re.compile(r"身份|证件|公民|证号"),
    ),
    Detector(
        "organisation_code",
        gettext_noop("The code of an organisation (GB 32100): not personal, unless a sole trader's"),
        re.compile(rf"{_first('159ANY')}[0-9A-HJ-NPQRTUWXY]\d{{6}}[ -]?[0-9A-HJ-NPQRTUWXY]{{10}}{_END}"),
        masks.organisation,
        0.95,
        identifiers.is_organisation_code,
    ),
    Detector(
        "organisation_code",
        gettext_noop("The code of an organisation (GB 11714): not personal"),
        re.compile(rf"{_NO_WORD}[0-9A-Z]{{8}}-?[0-9X]{_END}"),
        masks.kept,
        0.9,
        identifiers.is_old_organisation_code,
        announced=re.compile(r"机构代码|组织代码"),
        needs=("机构代码", "组织代码"),
    ),
    Detector(
        "bank_card",
        gettext_noop("The number of a bank card or account (check digit right)"),
        re.compile(rf"{_first('23456')}{_MORE}{{12,18}}{_END}"),
        masks.ends(0, 4),
        0.95,
        identifiers.is_bank_card,
        announced=re.compile(r"卡号|账[号户]|帐[号户]|开户|银行|收款|储蓄|[打汇转]款|信用卡|银联|农信|农商"),
        not_after=_NUMBERED,
    ),
    Detector(
        "bank_card",
        gettext_noop("The number of a bank card or account (check digit right)"),
        re.compile(rf"{_first('6')}2{_MORE}{{14,17}}{_END}"),
        masks.ends(0, 4),
        0.8,
        identifiers.is_bank_card,
        not_after=_NUMBERED,
    ),
    Detector(
        "bank_card",
        gettext_noop("A number that the text calls an account"),
        re.compile(
            r"(?:银行卡号|卡号|银行账[号户]|银行帐[号户])[为是]?\s{0,3}:?\s{0,3}"
            rf"(\d(?:[ -]?\d){{9,20}}){_END}"
        ),
        masks.ends(0, 4),
        0.85,
        needs=("卡号", "银行账", "银行帐"),
    ),
    Detector(
        "mobile",
        gettext_noop("A mobile phone number"),
        re.compile(
            rf"{_first('+(081')}(?:(?<=1)|(?:(?<=[+])\(?8|(?<=0)0\(?8|(?<=\()8|(?<=8))6\)?[ -]?1)"
            rf"[3-9]{_MORE}{{9}}(?!\d)"
        ),
        masks.mobile,
        0.95,
        not_after=_NUMBERED,
    ),
    Detector(
        "service_number",
        gettext_noop("A 400 or 800 number: an office's, it may stay"),
        re.compile(rf"{_first('48')}00(?:[ -]?\d){{7}}{_END}"),
        masks.kept,
        0.9,
    ),
    Detector(
        "fax",
        gettext_noop("A fax number"),
        re.compile(
            r"(?:传真|FAX|Fax|fax)(?:号码?|电话)?\s{0,3}:?\s{0,3}"
            rf"(\(?(?:0\d{{2,3}}\)?[ -]?)?[2-9]\d{{2,3}}[ -]?\d{{4}}){_END}"
        ),
        masks.landline,
        0.92,
        open_after=_OFFICE_LINE,
        needs=("传真", "fax"),
    ),
    Detector(
        "landline",
        gettext_noop("A telephone number"),
        re.compile(
            r"[(0](?<![\d-][(0])(?:(?<=0)|(?<=\()0)\d{2,3}\)?[ \t-]{0,2}[2-9]\d{2,3}[ -]?\d{4}"
            r"(?:[ -]?(?:转|-)[ ]?\d{1,5})?(?![\d-])"
        ),
        masks.landline,
        0.9,
        open_after=_OFFICE_LINE,
        not_after=_NUMBERED,
    ),
    Detector(
        "landline",
        gettext_noop("A private telephone number"),
        re.compile(
            r"(?:家庭电话|住宅电话|宅电|家中电话|本人电话|座机)(?:号码?)?[为是]?"
            r"\s{0,3}:?\s{0,3}([2-9]\d{6,7})(?!\d)"
        ),
        masks.landline,
        0.85,
    ),
    Detector(
        "plate",
        gettext_noop("The plate of a vehicle (GA 36)"),
        re.compile(
            rf"{_first(_PROVINCES)}[A-HJ-NP-Z][ ·•.-]{{0,2}}"
            rf"(?:[ABCDEFGHJK]{_TAIL}\d{{4}}|\d{{5}}[ABCDEFGHJK]|{_TAIL}{{4}}应急|{_TAIL}{{4}}(?:{_TAIL}|[挂学警港澳领]))"
            r"(?![A-Za-z0-9])"
        ),
        masks.ends(2, 2),
        0.9,
        lambda bare: any(character.isdigit() for character in bare[2:]),
    ),
    Detector(
        "plate",
        gettext_noop("The plate of an embassy's, an army's or the armed police's vehicle"),
        re.compile(
            rf"{_first(_PROVINCES + '使W')}(?:(?<=使)\d{{6}}|(?<=W)J[{_PROVINCES}]?\d{{4,5}}[A-Z]?"
            rf"|(?<=[{_PROVINCES}])[A-Z]\d{{4}}[使领]){_END}"
        ),
        masks.ends(2, 0),
        0.85,
    ),
    Detector(
        "passport",
        gettext_noop("The number of a passport"),
        re.compile(rf"{_NO_WORD}(?:E[A-HJ-NP-Z0-9]\d{{7}}|[GDSPK]E?\d{{7,8}}|1[45]\d{{7}}){_END}"),
        masks.ends(0, 3),
        0.9,
        announced=re.compile(r"护照"),
        needs=("护照",),
    ),
    Detector(
        "permit_hk_macau",
        gettext_noop("The number of a permit for travelling to Hong Kong and Macau"),
        re.compile(rf"{_NO_WORD}[CW][A-Z0-9]\d{{7}}{_END}"),
        masks.ends(0, 3),
        0.9,
        announced=re.compile(r"通行证|往来港澳|港澳证"),
        needs=("通行证", "往来港澳", "港澳证"),
    ),
    Detector(
        "permit_return",
        gettext_noop("The number of a permit of a resident of Hong Kong or Macau"),
        re.compile(rf"{_NO_WORD}[HM]\d{{8}}(?:\d{{2}})?{_END}"),
        masks.ends(0, 3),
        0.9,
        announced=re.compile(r"通行证|回乡证|来往内地"),
        needs=("通行证", "回乡证", "来往内地"),
    ),
    Detector(
        "permit_taiwan",
        gettext_noop("The number of a permit of a resident of Taiwan"),
        re.compile(rf"{_NO_WORD}(?:\d{{8}}|\d{{10}}[A-Z]?|[LT]\d{{8}}){_END}"),
        masks.ends(0, 3),
        0.85,
        announced=re.compile(r"台胞证|台湾居民来往|来往大陆|往来台湾"),
        needs=("台胞证", "台湾", "大陆"),
    ),
    Detector(
        "residence_permit",
        gettext_noop("The number of a foreigner's permanent residence card"),
        re.compile(rf"{_NO_WORD}[A-Z]{{3}}\d{{12}}{_END}"),
        masks.ends(0, 3),
        0.85,
        announced=re.compile(r"永久居留|居留证"),
        needs=("永久居留", "居留证"),
    ),
    Detector(
        "email",
        gettext_noop("An e-mail address"),
        re.compile(
            r"(?<![\w.@+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.ASCII
        ),
        masks.email,
        0.9,
        needs=("@",),
        is_short=True,
    ),
    Detector(
        "qq",
        gettext_noop("A QQ number"),
        re.compile(
            r"(?:QQ|扣扣|企鹅号)[ ]?(?:群|账号|帐号|号码|号)?[为是]?[ ]?[:]?[ ]?([1-9]\d{4,10})(?!\d)",
            re.IGNORECASE,
        ),
        masks.hidden,
        0.9,
        needs=("qq", "扣扣", "企鹅号"),
    ),
    Detector(
        "wechat",
        gettext_noop("A WeChat name"),
        re.compile(
            r"(?:微信|WeChat|(?<![A-Za-z])VX|(?<![A-Za-z])WX)(?:账号|帐号|号|ID)?[为是]?[ ]?[:]?[ ]?"
            r"([A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9])",
            re.IGNORECASE,
        ),
        masks.hidden,
        0.85,
        needs=("微信", "wechat", "vx", "wx"),
        is_short=True,
    ),
    Detector(
        "birth_date",
        gettext_noop("A person's date of birth"),
        re.compile(
            rf"(?:出生(?:日期|年月日?|时间)?|生日|生于|诞生于)[为是于]?\s{{0,3}}:?\s{{0,3}}({_DATE}{_MONTH})"
        ),
        masks.birth,
        0.9,
        is_short=True,
    ),
    Detector(
        "birth_date",
        gettext_noop("A person's date of birth"),
        re.compile(
            rf"([12](?<!\d[12])(?:(?<=1)[89]|(?<=2)0)\d{{2}}{_MONTH})\s?(?:出生|生(?![产效活成态育物]))"
        ),
        masks.birth,
        0.9,
        needs=("生",),
        is_short=True,
    ),
    Detector(
        "birth_date",
        gettext_noop("A person's date of birth"),
        re.compile(rf"[男女][,、 ]{{0,2}}(?:[汉回满壮苗]族[,、 ]{{0,2}})?({_DATE}{_MONTH})"),
        masks.birth,
        0.9,
        is_short=True,
    ),
    Detector(
        "vehicle_number",
        gettext_noop("The identification number of a vehicle (check digit right)"),
        re.compile(rf"{_first('0-9A-HJ-NPR-Z')}[0-9A-HJ-NPR-Z]{{16}}{_END}"),
        masks.ends(0, 4),
        0.85,
        identifiers.is_vehicle_number,
    ),
    Detector(
        "personal_number",
        gettext_noop("A number under which a person is kept"),
        re.compile(
            r"(?:社保号|社会保障号码?|医保(?:卡)?号|病历号|住院号|门诊号|学籍号|准考证号|驾驶证(?:档案)?编?号|公积金(?:账|帐)号)"
            rf"[为是]?\s{{0,3}}:?\s{{0,3}}([A-Za-z]?\d{{6,20}}){_END}"
        ),
        masks.ends(0, 3),
        0.85,
    ),
)  # fmt: skip

_NEEDED = wordlists.any_of(each for detector in DETECTORS for each in detector.needs)
_NUMBER = re.compile(r"[0-9A-Za-z](?:[ \t\n.·•()-]{0,3}[0-9A-Za-z]){4}")
_APART = re.compile(r"[ \t\n·•.-]")


def spans(text: str) -> Iterator[Span]:
    """Yield the structured personal data in a folded text; spans may overlap."""
    said = set(_NEEDED.findall(text.lower()))
    has_number = bool(_NUMBER.search(text))
    for detector in DETECTORS:
        if not (has_number or detector.is_short):
            continue
        if detector.needs and said.isdisjoint(detector.needs):
            continue
        for match in detector.pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            bare = text[start:end] if detector.kind == "email" else _APART.sub("", text[start:end])
            if _is_meant(detector, text, start, end) and detector.is_sound(bare):
                yield (
                    start,
                    end,
                    detector.kind,
                    detector.confidence,
                    detector.reason,
                    _mask(detector, text, start, bare),
                )


def _is_meant(detector: Detector, text: str, start: int, end: int) -> bool:
    before = text[max(0, start - BEFORE) : start]
    if detector.not_after and detector.not_after.search(before):
        return False
    if detector.announced is None:
        return True
    return bool(detector.announced.search(before) or detector.announced.search(text[end : end + AFTER]))


def _mask(detector: Detector, text: str, start: int, bare: str) -> str:
    before = text[max(0, start - BEFORE) : start]
    if detector.open_after and detector.open_after.search(before):
        return ""
    return detector.mask(bare)
