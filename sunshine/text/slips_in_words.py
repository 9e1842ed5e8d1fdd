"""Slips in words: written wrong, written twice, forbidden by a list, shortened without being explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunshine.kernel.words import gettext_noop
from sunshine.text import script, slips, wordlists
from sunshine.text.slips import WARNING, Knowledge, Slip

_STUTTER = re.compile(
    r"(?<!目)的的(?!确)|了了(?=[，。；])|是是(?!非)|在在|和和(?![气平])|，，|。。(?!。)|；；|、、|，。|。，|、，"
)
_SUBJECT_OF = "标"
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,4})\1(?!\1)")
_LISTED_TWICE = re.compile(r"([\u4e00-\u9fff]{2,8})[、和](\1)(?=[、，。；和等]|作为|是|$)")
_MEANT_TWICE = frozenset(
    {"研究", "讨论", "商量", "考虑", "大家", "许多", "多少", "来来", "家家户户", "说说笑笑"}
)
_PLAIN_LATIN = re.compile(
    "PDF|WORD|EXCEL|APP|QQ|ID|IP|IT|AI|GB|DB|CJ|JGJ|CJJ|ISO|PM|CO|SO|NO|VIP|OK|CCTV|GDP|WIFI|USB|CPU|DNA|TV|PC"
    "|CEO|KTV|PPT|HTTPS?|WWW|COM|CN|EMS|ATM|LED|LOGO|SARS|COVID|VOCS?|PH|COD|BOD|WTO|APEC|UN|[IVX]+"
)
_LATIN = re.compile(r"(?<![A-Za-z0-9/.@_\u0300-\u036f-])[A-Z]{2,6}(?![A-Za-z0-9/.@_-])")


def confused_words(text: str, _known: Knowledge) -> Iterator[Slip]:
    """Yield words that are often written wrong, in either script."""
    readable = script.simplified_characters(text)
    known = slips.confused_words()
    for match in wordlists.any_of(known).finditer(readable):
        reason = gettext_noop("A word that is often written wrong")
        yield *match.span(), "confused_word", WARNING, reason, known[match[0]]


def stutters(text: str, _known: Knowledge) -> Iterator[Slip]:
    """Yield signs and words that stand twice where once was meant."""
    for match in _STUTTER.finditer(text):
        if text[match.start() - 1 : match.start()] != _SUBJECT_OF:
            yield *match.span(), "doubled_sign", WARNING, gettext_noop("A sign stands twice"), match[0][0]
    readable = script.simplified_characters(text)
    for match in _TWICE.finditer(readable):
        if match[1] not in _MEANT_TWICE and len(set(match[1])) > 1 and match[1][0] not in "一逐":
            yield *match.span(), "doubled_word", WARNING, gettext_noop("A word stands twice"), match[1]
    for match in _LISTED_TWICE.finditer(readable):
        yield *match.span(2), "doubled_word", WARNING, gettext_noop("A list names the same thing twice"), ""


def listed_words(text: str, known: Knowledge) -> Iterator[Slip]:
    """Yield what a list forbids or wants otherwise, each with the list's source in the suggestion."""
    lists = [*slips.listed_words(), *known.words]
    held = {each.word: each for each in lists if known.on is None or each.since <= known.on}
    readable = script.simplified_characters(text)
    for match in wordlists.any_of(held).finditer(readable):
        word = held[match[0]]
        if readable[match.end() : match.end() + 1] == "化":
            continue  # 最佳化 claims nothing
        if word.kind == "absolute":
            reason = gettext_noop("An absolute claim, which the list forbids")
        else:
            reason = gettext_noop("The word list wants another word")
        yield *match.span(), word.kind, word.severity, reason, word.instead or f"〔{word.source}〕"


def abbreviations(text: str, known: Knowledge) -> Iterator[Slip]:
    """Yield the first use of a short name that the text never explains."""
    for short, full in known.abbreviations.items():
        place = text.find(short)
        if place >= 0 and full not in text:
            reason = gettext_noop("A short name that the text does not explain")
            yield place, place + len(short), "abbreviation", WARNING, reason, f"{full}（以下简称{short}）"
    seen: set[str] = set()
    for match in _LATIN.finditer(text):
        word = match[0]
        if word in seen or _PLAIN_LATIN.fullmatch(word) or word in known.abbreviations:
            continue
        seen.add(word)
        if not _is_explained(text, match.start(), match.end()):
            reason = gettext_noop("A short name that the text does not explain")
            yield *match.span(), "abbreviation", WARNING, reason, ""


def _is_explained(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in ("（", "(") or text[end : end + 1] in ("（", "(", "）", ")")
