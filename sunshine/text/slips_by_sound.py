"""Words written with a character that only sounds right: 监都 for 监督, 以经 for 已经.

`tools/confusable_words.py` drew what no text writes from the common words and the sounds of their characters.
Such a slip falls apart when a text is cut into words: it is looked for among single characters in a row only.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sunshine.kernel.words import gettext_noop
from sunshine.text import slips
from sunshine.text.reading import Reading
from sunshine.text.slips import WARNING, Knowledge, Slip

LONGEST = 5
"""Characters of the longest word looked for."""


def misheard_words(read: Reading, _known: Knowledge) -> Iterator[Slip]:
    """Yield what sounds like a common word and is none; who writes it again means it."""
    meant = misheard()
    found = [
        (start + place, run[place : place + size])
        for start, run in _runs(read.words)
        for place in range(len(run) - 1)
        for size in range(2, min(LONGEST, len(run) - place) + 1)
        if run[place : place + size] in meant
    ]
    if not found:
        return
    times = Counter(word for _place, word in found)
    persons = () if read.folded.places else read.persons[0]
    named = {place for each in persons for place in range(each.start, each.end)}
    for place, word in found:
        end = place + len(word)
        if times[word] == 1 and named.isdisjoint(range(place, end)):
            reason = gettext_noop("It sounds like a common word and is none")
            yield place, end, "confused_word", WARNING, reason, meant[word]


def _runs(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the single characters that stand in a row as words of their own, with their places."""
    place, run = 0, ""
    for word in words:
        if len(word) == 1 and word >= "\u3400":
            run += word
        elif run:
            if len(run) > 1:
                yield place - len(run), run
            run = ""
        place += len(word)
    if len(run) > 1:
        yield place - len(run), run


@functools.cache
def misheard() -> Mapping[str, str]:
    """Return the slips, with the words that are meant."""
    split = (line.split() for line in slips.lines_of("confusable_words.txt"))
    return {wrong: word for word, *slips_of in split for wrong in slips_of}
