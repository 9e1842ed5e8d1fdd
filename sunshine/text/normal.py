"""One way of writing for each character: no full-width forms, no hidden characters, places kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_UNUSUAL = re.compile(r"[^\n\t -~、。《》〈〉「」『』【】〔〕“”‘’…—·○〇\u4e00-\u9fff]")
_HIDDEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_ENDS = re.compile(r"[\n。！？!?；;]")
_KEPT = frozenset("\n\t")
_DOTS = frozenset("•・･‧∙⋅")
"""What is written for the dot between the parts of a foreign name."""

SHORT = 400
"""Characters of a text in which looking up each is quicker than a search for the unusual ones."""

FEW = 24
"""Characters that are exchanged one after the other; more of them are looked up as they come."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as the detectors read it; `places` leads its characters back, and is empty when all stayed."""

    text: str
    places: tuple[int, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the folded text stood in the text that was given.

        :param start: first character, from 0
        :param end: one past the last; the span must not be empty
        """
        return (self.places[start], self.places[end - 1] + 1) if self.places else (start, end)


def fold(text: str) -> Folded:
    """Return the text in plain characters: full-width forms narrowed, invisible ones left out."""
    changed = {each: folded for each in set(_UNUSUAL.findall(text)) if (folded := _folded(each)) != each}
    if all(len(folded) == 1 for folded in changed.values()):  # as in all but a few texts: places stay
        return Folded(exchanged(text, changed))
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for match in re.finditer(f"[{''.join(map(re.escape, changed))}]", text):
        place, folded = match.start(), changed[match[0]]
        pieces += (text[done:place], folded)
        places += (*range(done, place), *(place for _ in folded))
        done = match.end()
    return Folded("".join([*pieces, text[done:]]), (*places, *range(done, len(text))))


def exchanged(text: str, changed: Mapping[str, str]) -> str:
    """Return a text with some characters exchanged for others."""
    if len(changed) > FEW or not changed.keys().isdisjoint(changed.values()):
        return text.translate({ord(each): instead for each, instead in changed.items()})
    for each, instead in changed.items():  # a few searches are many times quicker than a look-up a character
        text = text.replace(each, instead)
    return text


def plain(text: str) -> str:
    """Return the folded text alone."""
    return text.translate(_PLAIN) if len(text) < SHORT else fold(text).text


def parts(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield a text in parts of at most so many characters, each with the place where it begins.

    A part ends where a sentence or a line ends, when one does in its second half.
    """
    place = 0
    while len(text) - place > most:
        ends = [match.end() for match in _ENDS.finditer(text, place + most // 2, place + most)]
        end = ends[-1] if ends else place + most
        yield place, text[place:end]
        place = end
    if place < len(text):
        yield place, text[place:]


def printable(text: str) -> str:
    """Return the text without control and unassigned characters; line ends become plain."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_PRINTABLE)


class _Printable(dict[int, int | None]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        is_shown = character in _KEPT or unicodedata.category(character) not in _HIDDEN
        self[code] = code if is_shown else None
        return self[code]


_PRINTABLE = _Printable()


class _Plain(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(self) < 100_000:  # every assigned character fits; hostile input cannot grow it further
            self[code] = folded
        return folded


_PLAIN = _Plain()


def _folded(character: str) -> str:
    return _PLAIN[ord(character)]


def _fold_one(character: str) -> str:
    if "\u4e00" <= character <= "\u9fff" or character in _KEPT:
        return character
    if character in "\r\u2028\u2029":
        return "\n"
    if character in _DOTS:
        return "·"
    if unicodedata.category(character) in _HIDDEN:
        return ""
    return unicodedata.normalize("NFKC", character)
