"""The words of the search: the same analysis for what is kept and for what is asked.

Chinese text becomes single characters and pairs of neighbours, which finds every word without a
dictionary having to know it; Latin words and numbers stay whole. Everything is folded to Simplified
script, narrow forms and small letters first, so 停車場, 停车场 and ＰＭ２.５ find what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunshine.text import normal, script

_PIECE = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:[.][0-9]+)*|[^\W_a-z0-9\u3400-\u9fff]+"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_MARKS = re.compile(r"[\W_]+")
_FILLER = frozenset("的了吗呢吧啊呀嘛么是在有和与及或就都也还很什怎样哪谁几请问我你您他她它们这那")


def folded(text: str) -> str:
    """Return a text as it is compared: narrow, small, Simplified; as long as it was unless forms unfold."""
    plain = normal.plain(text).lower()
    return plain if script.traditional_characters().isdisjoint(plain) else script.to_simplified(plain)


def bare(text: str) -> str:
    """Return a title or number without punctuation and spaces: what makes two of them the same."""
    return _MARKS.sub("", folded(text))


def of_text(text: str) -> list[str]:
    """Return the tokens of a text that is kept, in the order of places."""
    return list(_tokens(folded(text)))


def of_query(text: str) -> list[str]:
    """Return the tokens that a query asks for, each once; pairs stand for their characters where there are any."""
    pieces = _PIECE.findall(folded(text))
    asked: dict[str, None] = {}
    for piece in pieces:
        for token in _of_piece(piece):
            asked.setdefault(token)
    kept = [token for token in asked if not (len(token) == 1 and token in _FILLER)]
    return kept or list(asked)


def places(text: str, tokens: frozenset[str]) -> list[tuple[int, int]]:
    """Return where tokens of at least two characters, or the lone ones asked for, stand in a text.

    Spans count in characters of the text given and are merged where they touch.
    """
    whole = normal.fold(text)
    plain = whole.text.lower()
    simple = plain if script.traditional_characters().isdisjoint(plain) else script.to_simplified(plain)
    if len(simple) != len(whole.text):
        return []
    wanted = [
        token
        for token in tokens
        if len(token) > 1 or not any(token in each for each in tokens if len(each) > 1)
    ]
    if not wanted:
        return []
    found = re.compile("|".join(f"(?=({re.escape(token)}))" for token in wanted)).finditer(simple)
    spans = sorted(whole.origin(*match.span(match.lastindex or 0)) for match in found)
    return _merged(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _tokens(text: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        yield from _of_piece(piece)


def _of_piece(piece: str) -> Iterator[str]:
    if not _HAN.match(piece):
        yield piece[:80]
        return
    for place, character in enumerate(piece):
        yield character
        if place + 1 < len(piece):
            yield piece[place : place + 2]
