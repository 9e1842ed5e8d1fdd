"""The words of the search: the same analysis for what is kept and for what is asked.

Chinese text becomes single characters, pairs of neighbours and words; Latin words and numbers stay
whole. Everything is folded first, character by character, to Simplified script, narrow forms and small
letters, so 停車場, 停车场 and ＰＭ２.５ find what they mean.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from operator import add

import rjieba

from sunshine.text import normal, script

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:[.][0-9]+)*|[^\W_a-z0-9{HAN}]+")
_ASIDE = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
STATE = "中华人民共和国"
_MARKS = re.compile(r"[\W_]+")
_LONGEST = 80

Origin = Callable[[int, int], tuple[int, int]]
"""Leads a span of a folded text back to the text that was given."""


class _Fold(dict[int, str]):
    """What each character is compared as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = normal.plain(character).lower()
        simple = "".join(map(_simple, plain))
        if len(self) < 100_000:  # every assigned character fits; hostile input cannot grow it further
            self[code] = simple
        return simple


_FOLD = _Fold()


def _simple(character: str) -> str:
    """Return a character's Simplified form; by itself, so that a text may be cut anywhere."""
    return script.to_simplified(character) if character in script.traditional_characters() else character


def folded(text: str) -> str:
    """Return a text as it is compared: narrow, small, Simplified; as long as it was unless forms unfold."""
    return text.translate(_FOLD)


def bare(text: str) -> str:
    """Return a title or number without punctuation and spaces: what makes two of them the same."""
    return _MARKS.sub("", folded(text))


def core(title: str) -> str:
    """Return a title as people say it: bare, without what stands in brackets and without the state's name."""
    plain = bare(_ASIDE.sub("", folded(title)))
    return plain.removeprefix(STATE) or plain or bare(title)


def pieces(folded_text: str) -> list[str]:
    """Return the runs of Han characters, the Latin words and the numbers of a folded text."""
    return _PIECE.findall(folded_text)


def is_han(piece: str) -> bool:
    """Say whether a piece is written in Han characters."""
    return piece[0] >= "\u3400" and not piece[0].isdecimal()


def singles(runs: Iterable[str]) -> Iterator[str]:
    """Yield each Han character of some pieces, and other pieces whole."""
    for run in runs:
        if is_han(run):
            yield from run
        else:
            yield run[:_LONGEST]


def pairs(runs: Iterable[str]) -> Iterator[str]:
    """Yield each pair of neighbours in the Han pieces, and other pieces whole."""
    for run in runs:
        if is_han(run):
            yield from map(add, run, run[1:])
        else:
            yield run[:_LONGEST]


def written_singles(runs: Iterable[str]) -> str:
    """Return what `singles` yields, apart by spaces; quicker than one after the other."""
    return " ".join([" ".join(run) if is_han(run) else run[:_LONGEST] for run in runs])


def written_pairs(runs: Iterable[str]) -> str:
    """Return what `pairs` yields, apart by spaces; quicker than one after the other."""
    return " ".join([_pairs_of(run) if is_han(run) else run[:_LONGEST] for run in runs])


def _pairs_of(run: str) -> str:
    letters = [" "] * (3 * (len(run) - 1))
    letters[::3] = run[:-1]
    letters[1::3] = run[1:]
    return "".join(letters)


def words(folded_text: str) -> Iterator[str]:
    """Yield the words of at least two characters that a dictionary finds."""
    return (word for word in rjieba.cut(folded_text, True) if len(word) > 1 and word.isalnum())


@functools.lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a short text, such as a title or a query."""
    return tuple(words(folded(text)))


def places(text: str, tokens: Iterable[str]) -> list[tuple[int, int]]:
    """Return where tokens stand in a text, in characters of the text given, merged where they touch."""
    wanted = sorted({token for token in tokens if token}, key=len, reverse=True)
    if not wanted:
        return []
    seen, origin = _with_places(text)
    spans = [
        (origin(match.start(), match.start() + len(match[1])))
        for match in re.finditer(f"(?=({'|'.join(map(re.escape, wanted))}))", seen)
    ]
    return _merged(sorted(spans))


def _with_places(text: str) -> tuple[str, Origin]:
    if all(len(_FOLD[ord(character)]) == 1 for character in set(text)):
        return folded(text), lambda start, end: (start, end)
    whole = normal.fold(text)
    return folded(whole.text), whole.origin


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
