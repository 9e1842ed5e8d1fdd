"""Slips in characters: marks of secrecy, signs no font shows, scripts mixed, runs that form no words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import accumulate

from sunshine.kernel.words import gettext_noop
from sunshine.text import candidates, script, slips, strangeness, wordlists
from sunshine.text.reading import Reading
from sunshine.text.slips import ERROR, WARNING, Knowledge, Slip

WHOLLY_TRADITIONAL = 0.1
"""Share of Traditional characters among all Han ones from which a text counts as written in that script."""

STRONG_WORDS = 2
"""How many different words of another region make the doubtful ones credible too."""

SURELY_NAMED = 0.8
"""Probability from which strange characters are believed to be a person's name."""

LONGEST_NAME = 3
"""Characters of a strange run that may all be part of one name."""

SURELY_STRANGE = 3
"""Characters of a run that hardly ever stand alone, from which nobody can have meant it."""

_SECRECY = re.compile(
    r"^[ \t　]*((?:绝密|机密|秘密|絕密|機密)[ 　]*(?:★.{0,12})?"
    r"|内部(?:资料|文件|材料)[ 　，,]*(?:注意保存|不得外传|严禁外传|请勿外传)?)[ \t　]*$"
    r"|((?:绝密|机密|秘密|絕密|機密)[ 　]*★[^\n]{0,12})",
    re.MULTILINE,
)
_MAYBE_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff锟烫Ã]")
_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff]+|锟斤拷|烫烫烫|(?:Ã[\u0080-\u00bf]){2,}")
_UNSEEN = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
_HIDDEN = re.compile(f"{_UNSEEN}{_UNSEEN}*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALSO_SIMPLIFIED = frozenset("著乾瞭徵藉於覆甯昇祕裡麼藏")
"""Characters that the conversion changes though Simplified texts use them too."""


def secrecy_marks(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield marks of secrecy (NSL: a secret carries its mark)."""
    if "密" not in read.text and "内部" not in read.text:
        return
    for match in _SECRECY.finditer(read.text):
        place = match.span(match.lastindex or 0)
        yield *place, "secrecy_mark", ERROR, gettext_noop("A mark of secrecy stands in the text"), ""


def broken_characters(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield what a wrong encoding or a private font left behind."""
    for match in _BROKEN.finditer(read.text) if _MAYBE_BROKEN.search(read.text) else ():
        yield *match.span(), "broken_characters", ERROR, gettext_noop("Characters that no font can show"), ""


def hidden_characters(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield characters that nobody sees."""
    for match in _HIDDEN.finditer(read.text):
        yield *match.span(), "hidden_character", WARNING, gettext_noop("An invisible character"), ""


def scripts(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield Traditional characters, once for a whole text in that script."""
    runs = list(script.traditional_runs(read.text, _ALSO_SIMPLIFIED))
    if not runs:
        return
    count = sum(end - start for start, end in runs)
    if count > WHOLLY_TRADITIONAL * len(_HAN.findall(read.text)):
        first, last = runs[0][0], runs[-1][1]
        reason = gettext_noop("The text is written in Traditional script")
        yield first, last, "script", ERROR, reason, read.simple[first:last][:200]
        return
    for start, end in runs:
        reason = gettext_noop("Traditional characters in a Simplified text")
        yield start, end, "script", WARNING, reason, read.simple[start:end]


def conversions(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield words of another region, as a conversion by machine puts them into a mainland text.

    A word that the mainland has too, with another meaning, is believed only where surer ones stand.
    """
    words = slips.regional_words()
    found = [(place, place + len(word), word) for place, word in _regional_words().find(read.simple)]
    if not found:
        return
    edges = frozenset(accumulate(map(len, read.words), initial=0))
    whole = [each for each in found if each[0] in edges or each[1] in edges]
    strong = {word for _start, _end, word in whole if words[word][1]}
    for start, end, word in whole:
        meant, is_strong = words[word]
        if is_strong or len(strong) >= STRONG_WORDS:
            reason = gettext_noop("A word that a conversion by machine put in")
            yield start, end, "conversion", WARNING, reason, meant


@functools.cache
def _regional_words() -> wordlists.Wordlist:
    return wordlists.Wordlist(slips.regional_words())


def strange_runs(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield characters that form no words where they stand.

    A person's name is none of them, unless they stand in the midst of a word: 关府拳系 is 关系, not 关府拳.
    """
    found = strangeness.runs(read.simple, read.words)
    if not found:
        return
    named = [
        read.folded.origin(each.start, each.end) for each in read.persons[0] if each.confidence > SURELY_NAMED
    ]
    for start, end in found:
        is_named = any(first <= start < last or first < end <= last for first, last in named)
        if is_named and end - start <= LONGEST_NAME and not _splits_a_word(read.simple, start, end):
            continue
        rare = sum(each not in strangeness.lone_characters() for each in read.simple[start:end])
        severity = ERROR if rare >= SURELY_STRANGE else WARNING
        yield start, end, "garbage", severity, gettext_noop("Characters that form no words here"), ""


def _splits_a_word(text: str, start: int, end: int) -> bool:
    """Return whether the characters around a run are one word without it."""
    around = text[start - 1 : start] + text[end : end + 1]
    return len(around) > 1 and len(candidates.tokens(around).words) == 1
