"""Slips in words: written wrong, written twice, forbidden by a list, shortened without being explained."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from sunshine.kernel.words import gettext_noop
from sunshine.text import slips, wordlists
from sunshine.text.reading import Reading
from sunshine.text.slips import WARNING, Knowledge, Slip

_STUTTER = re.compile(
    r"的的(?<!目的的)(?!确)|了了(?=[，。；])|是是(?!非)|在在|和和(?![气平])|，，|。。(?!。)|；；|、、|，。|。，|、，"
)
_SUBJECT_OF = "标"
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,4})\1(?!\1)")
_BETWEEN = re.compile(r"[、和]")
_ENDS_A_WORD = re.compile(r"[、，。；和等]|作为|是|$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
LONGEST_TWICE = 8
_MEANT_TWICE = frozenset(
    {"研究", "讨论", "商量", "考虑", "大家", "许多", "多少", "来来", "家家户户", "说说笑笑"}
)
_PLAIN_LATIN = re.compile(
    "PDF|WORD|EXCEL|APP|QQ|ID|IP|IT|AI|GB|DB|CJ|JGJ|CJJ|ISO|PM|CO|SO|NO|VIP|OK|CCTV|GDP|WIFI|USB|CPU|DNA|TV|PC"
    "|CEO|KTV|PPT|HTTPS?|WWW|COM|CN|EMS|ATM|LED|LOGO|SARS|COVID|VOCS?|PH|COD|BOD|WTO|APEC|UN|[IVX]+"
)
_LATIN = re.compile(r"[A-Z](?<![A-Za-z0-9/.@_\u0300-\u036f-][A-Z])[A-Z]{1,5}(?![A-Za-z0-9/.@_-])")


def confused_words(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield words that are often written wrong, in either script."""
    known = slips.confused_words()
    for place, word in _wordlist(tuple(known)).find(read.simple):
        reason = gettext_noop("A word that is often written wrong")
        yield place, place + len(word), "confused_word", WARNING, reason, known[word]


@functools.lru_cache(16)
def _wordlist(words: tuple[str, ...]) -> wordlists.Wordlist:
    return wordlists.Wordlist(words)


def stutters(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield signs and words that stand twice where once was meant."""
    text = read.text
    for match in _STUTTER.finditer(text):
        if text[match.start() - 1 : match.start()] != _SUBJECT_OF:
            yield *match.span(), "doubled_sign", WARNING, gettext_noop("A sign stands twice"), match[0][0]
    for match in _TWICE.finditer(read.simple):
        if match[1] not in _MEANT_TWICE and len(set(match[1])) > 1 and match[1][0] not in "一逐":
            yield *match.span(), "doubled_word", WARNING, gettext_noop("A word stands twice"), match[1]
    for start, end in _listed_twice(read.simple):
        yield start, end, "doubled_word", WARNING, gettext_noop("A list names the same thing twice"), ""


def _listed_twice(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands right after 、 or 和 and right before it too, two to eight characters."""
    for sign in _BETWEEN.finditer(text):
        place = sign.start()
        first = text.find(text[place + 1 : place + 2] or "\n", max(0, place - LONGEST_TWICE), place - 1)
        while first >= 0:
            word = text[first:place]
            end = place + 1 + len(word)
            if text.startswith(word, place + 1) and _HAN.fullmatch(word) and _ENDS_A_WORD.match(text, end):
                yield place + 1, end
                break
            first = text.find(word[0], first + 1, place - 1)


def listed_words(read: Reading, known: Knowledge) -> Iterator[Slip]:
    """Yield what a list forbids or wants otherwise, each with the list's source in the suggestion."""
    lists = [*slips.listed_words(), *known.words]
    held = {each.word: each for each in lists if known.on is None or each.since <= known.on}
    text = read.simple
    for place, found in _wordlist(tuple(held)).find(text):
        word, end = held[found], place + len(found)
        if text[end : end + 1] == "化":
            continue  # 最佳化 claims nothing
        if word.kind == "absolute":
            reason = gettext_noop("An absolute claim, which the list forbids")
        else:
            reason = gettext_noop("The word list wants another word")
        yield place, end, word.kind, word.severity, reason, word.instead or f"〔{word.source}〕"


def abbreviations(read: Reading, known: Knowledge) -> Iterator[Slip]:
    """Yield the first use of a short name that the text never explains."""
    text = read.text
    lists = [*slips.short_names(), *known.short_names]
    held = {each.short: each.full for each in lists if known.on is None or each.since <= known.on}
    reason = gettext_noop("A short name that the text does not explain")
    for short, full in held.items():
        place = text.find(short)
        if place >= 0 and full not in text:
            yield place, place + len(short), "abbreviation", WARNING, reason, f"{full}（以下简称{short}）"
    seen: set[str] = set()
    for match in _LATIN.finditer(text):
        word = match[0]
        if word in seen or _PLAIN_LATIN.fullmatch(word) or word in held:
            continue
        seen.add(word)
        if not _is_explained(text, match.start(), match.end()):
            yield *match.span(), "abbreviation", WARNING, reason, ""


def _is_explained(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in ("（", "(") or text[end : end + 1] in ("（", "(", "）", ")")
