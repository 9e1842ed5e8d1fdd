"""A text as all rules read it: folded, simplified and cut into words once, whoever asks first."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from sunshine.text import candidates, normal, people, script

MOST_AT_ONCE = 500_000
"""Characters examined together; a longer text is examined in parts, so that memory stays bounded."""

REMEMBERED = 50_000
"""Characters of the longest text whose reading is remembered for the next that asks."""

_NUMERAL = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_NUMERALS = re.compile(
    rf"[{_NUMERAL}](?<![{_NUMERAL}][{_NUMERAL}])(?:[ -]?[{_NUMERAL}]){{6,18}}(?![{_NUMERAL}十百千])"
)
_DIGITS = str.maketrans(_NUMERAL, "001234567891234567891")


class Reading:
    """What is found out of a text, each thing when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = normal.fold(text)

    @cached_property
    def simple(self) -> str:
        """The text in Simplified characters; as long as it is."""
        return script.simplified_characters(self.text)

    @cached_property
    def readable(self) -> str:
        """The folded text in Simplified characters, long numerals as digits; as long as the folded one."""
        simple = script.simplified_characters(self.folded.text)
        return _NUMERALS.sub(lambda match: match[0].translate(_DIGITS), simple)

    @cached_property
    def persons(self) -> tuple[list[people.Person], people.Possible]:
        """The names in the readable text, and the candidates that were not taken for names."""
        return people.read(self.readable, self._cut)

    @cached_property
    def words(self) -> Sequence[str]:
        """The words of the simple text, one after the other without a gap."""
        if self.folded.places:
            return candidates.tokens(self.simple).words
        if len(self._cut) == 1:
            return self._cut[0][2].words
        return [word for _begun, _text, cut in self._cut for word in cut.words]

    @cached_property
    def _cut(self) -> list[people.Cut]:
        return people.cut(self.readable)


def of(text: str) -> Reading:
    """Return the reading of a text; of a short one that of the last time."""
    return _remembered(text) if len(text) <= REMEMBERED else Reading(text)


def parts(text: str) -> Iterator[tuple[int, Reading]]:
    """Yield the readings of a text's parts with their places; nearly every text is one part."""
    for begun, part in normal.parts(text, MOST_AT_ONCE):
        yield begun, of(part)


@functools.lru_cache(4)
def _remembered(text: str) -> Reading:
    return Reading(text)
