"""Slips in an official text: marks of secrecy, broken characters, scripts mixed, dates, numbering, doubles.

Errors are what nobody can have meant; they stop a publication until someone decides. Warnings are what
a proofreader should look at.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sunshine.kernel.words import gettext_noop
from sunshine.text import numerals, script, strangeness

ERROR, WARNING = "error", "warning"
LEAST_DOUBLED = 30
"""Characters of the shortest paragraph that is worth calling doubled."""

WHOLLY_TRADITIONAL = 0.1
"""Share of Traditional characters among all Han ones from which a text counts as written in that script."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the text: characters from `start` to before `end`, what is wrong, and what may have been meant."""

    start: int
    end: int
    kind: str
    text: str
    severity: str
    reason: str
    suggestion: str = ""


_Slip = tuple[int, int, str, str, str, str]  # start, end, kind, severity, reason, suggestion


def check(text: str) -> list[Finding]:
    """Return what a proofreader should see, in the order of places."""
    slips = (slip for rule in _RULES for slip in rule(text))
    found = (
        Finding(start, end, kind, text[start:end], severity, reason, suggestion)
        for start, end, kind, severity, reason, suggestion in slips
    )
    return sorted(found, key=lambda each: (each.start, each.end, each.kind))


# --- secrecy (NSL: a secret carries its mark) --------------------------------------------------------

_SECRECY = re.compile(
    r"^[ \t　]*((?:绝密|机密|秘密|絕密|機密)[ 　]*(?:★.{0,12})?|内部(?:资料|文件|材料)[ 　，,]*(?:注意保存|不得外传|严禁外传|请勿外传)?)[ \t　]*$"
    r"|((?:绝密|机密|秘密|絕密|機密)[ 　]*★[^\n]{0,12})",
    re.MULTILINE,
)


def _secrecy_marks(text: str) -> Iterator[_Slip]:
    for match in _SECRECY.finditer(text):
        place = match.span(match.lastindex or 0)
        yield *place, "secrecy_mark", ERROR, gettext_noop("A mark of secrecy stands in the text"), ""


# --- characters --------------------------------------------------------------------------------------

_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff]+|锟斤拷|烫烫烫|(?:Ã[\u0080-\u00bf]){2,}")


def _broken_characters(text: str) -> Iterator[_Slip]:
    for match in _BROKEN.finditer(text):
        yield *match.span(), "broken_characters", ERROR, gettext_noop("Characters that no font can show"), ""


_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def _hidden_characters(text: str) -> Iterator[_Slip]:
    for match in _HIDDEN.finditer(text):
        yield *match.span(), "hidden_character", WARNING, gettext_noop("An invisible character"), ""


_HAN = re.compile(r"[\u3400-\u9fff]")
_ALSO_SIMPLIFIED = frozenset("著乾瞭徵藉於覆甯昇祕裡麼藏")
"""Characters that the conversion changes though Simplified texts use them too."""


def _scripts(text: str) -> Iterator[_Slip]:
    if script.traditional_characters().isdisjoint(text):
        return
    simplified = script.to_simplified(text)
    if len(simplified) != len(text):
        yield 0, len(text), "script", WARNING, gettext_noop("Parts of the text are in Traditional script"), ""
        return
    runs = list(_traditional_runs(text, simplified))
    count = sum(end - start for start, end in runs)
    if count > WHOLLY_TRADITIONAL * len(_HAN.findall(text)):
        first, _end = runs[0]
        reason = gettext_noop("The text is written in Traditional script")
        yield first, runs[-1][1], "script", ERROR, reason, simplified[first : runs[-1][1]][:200]
        yield from _conversion_slips(text)
        return
    for start, end in runs:
        reason = gettext_noop("Traditional characters in a Simplified text")
        yield start, end, "script", WARNING, reason, simplified[start:end]


def _traditional_runs(text: str, simplified: str) -> Iterator[tuple[int, int]]:
    start = None
    for place, (given, converted) in enumerate(zip(text, simplified, strict=True)):
        is_traditional = given != converted and given not in _ALSO_SIMPLIFIED
        if is_traditional and start is None:
            start = place
        elif not is_traditional and start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(text)


def _conversion_slips(text: str) -> Iterator[_Slip]:
    """Yield words of another region that a machine put in: where two dictionaries disagree by phrase."""
    for start, end, meant in script.regional_words(text):
        reason = gettext_noop("A word that a conversion by machine put in")
        yield start, end, "conversion", WARNING, reason, meant


def _strange_runs(text: str) -> Iterator[_Slip]:
    readable = script.to_simplified(text) if not script.traditional_characters().isdisjoint(text) else text
    if len(readable) != len(text):
        return
    for start, end in strangeness.runs(readable):
        reason = gettext_noop("Characters that form no words here")
        yield start, end, "garbage", WARNING, reason, ""


# --- words -------------------------------------------------------------------------------------------

_CONFUSED = {
    "按装": "安装",
    "部份": "部分",
    "布署": "部署",
    "己经": "已经",
    "既使": "即使",
    "即然": "既然",
    "帐户": "账户",
    "帐号": "账号",
    "松驰": "松弛",
    "做为": "作为",
    "座落": "坐落",
    "一如继往": "一如既往",
    "再接再励": "再接再厉",
    "迫不急待": "迫不及待",
    "按步就班": "按部就班",
    "穿流不息": "川流不息",
    "谈笑风声": "谈笑风生",
    "食不裹腹": "食不果腹",
    "不径而走": "不胫而走",
}
_CONFUSION = re.compile("|".join(map(re.escape, _CONFUSED)))
_STUTTER = re.compile(
    r"(?<!目)的的(?!确)|了了(?=[，。；])|是是(?!非)|在在|和和(?![气平])|，，|。。(?!。)|；；|、、|，。|。，|、，"
)


def _confused_words(text: str) -> Iterator[_Slip]:
    for match in _CONFUSION.finditer(text):
        reason = gettext_noop("A word that is often written wrong")
        yield *match.span(), "confused_word", WARNING, reason, _CONFUSED[match[0]]


def _stutters(text: str) -> Iterator[_Slip]:
    for match in _STUTTER.finditer(text):
        yield *match.span(), "doubled_sign", WARNING, gettext_noop("A sign stands twice"), match[0][0]


# --- dates -------------------------------------------------------------------------------------------

_DATE = re.compile(
    r"(?<!\d)(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日(?:\s?[（(]?\s?(?:星期|周)([一二三四五六日天])\s?[）)]?)?"
)
_WEEKDAYS = "一二三四五六日"


def _dates(text: str) -> Iterator[_Slip]:
    for match in _DATE.finditer(text):
        try:
            day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            yield *match.span(), "date", ERROR, gettext_noop("There is no such day"), ""
            continue
        right = _WEEKDAYS[day.weekday()]
        if match[4] and match[4].replace("天", "日") != right:
            yield *match.span(4), "weekday", ERROR, gettext_noop("That day is another day of the week"), right


# --- the text as a whole -----------------------------------------------------------------------------

_LINE = re.compile(r"[^\n]+")
_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_SIGNS = re.compile("[" + "".join([*_PAIRS, *_CLOSING]) + "]")
_NUMBERING = (
    re.compile(r"^[ \t　]*([一二三四五六七八九十百]{1,5})、", re.MULTILINE),
    re.compile(r"^[ \t　]*第([一二三四五六七八九十百零]{1,7})条(?!之)", re.MULTILINE),
)


def _doubled_blocks(text: str) -> Iterator[_Slip]:
    seen: set[str] = set()
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if len(line) < LEAST_DOUBLED:
            continue
        if line in seen:
            reason = gettext_noop("This paragraph stood before already")
            yield *match.span(), "doubled_block", WARNING, reason, ""
        seen.add(line)


def _pairs(text: str) -> Iterator[_Slip]:
    """Yield brackets and quotation marks without their partner; a quotation may run over paragraphs."""
    waiting: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(text):
        sign, place = match[0], match.start()
        if sign in _PAIRS:
            waiting.append((sign, place))
        elif waiting and waiting[-1][0] == _CLOSING[sign]:
            waiting.pop()
        else:
            yield place, place + 1, "pair", WARNING, gettext_noop("The partner of this sign is missing"), ""
    for _sign, place in waiting:
        yield place, place + 1, "pair", WARNING, gettext_noop("The partner of this sign is missing"), ""


def _numbering(text: str) -> Iterator[_Slip]:
    """Yield headings whose number is neither the next nor a new beginning."""
    for pattern in _NUMBERING:
        last = 0
        for match in pattern.finditer(text):
            number = numerals.value(match[1])
            if number > last + 1 and last:
                reason = gettext_noop("The numbering skips")
                yield *match.span(1), "numbering", WARNING, reason, numerals.written(last + 1)
            last = number


_RULES: Sequence[Callable[[str], Iterator[_Slip]]] = (
    _secrecy_marks,
    _broken_characters,
    _hidden_characters,
    _scripts,
    _strange_runs,
    _confused_words,
    _stutters,
    _dates,
    _doubled_blocks,
    _pairs,
    _numbering,
)
