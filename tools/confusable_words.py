"""Draw words written with a character that only sounds right: `python -m tools.confusable_words LAWS CORPUS`.

Reads every second law of an archive and nine tenths of the newspaper of `tools.name_model`. Of each common
word every character is exchanged for those of the same sound; what comes out is a slip when no text has it,
neither as a word nor by chance, though each of its characters is in use. Where several words sound alike, the
commonest is what was meant. Writes sunshine/text/data/confusable_words.txt.
"""

from __future__ import annotations

import itertools
import sys
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import rjieba

from sunshine.text import pinyin
from sunshine.text.slips import confused_words
from tools import name_lessons, name_model

TARGET = Path("sunshine/text/data/confusable_words.txt")
LEAST_TEXTS = 80
"""Texts in which a word stands that is common."""

LEAST_USED = 700
"""How often a character stands in the texts that somebody may take for another."""

LONGEST = 5
_NUMERALS = frozenset("一二三四五六七八九十百千万亿两零第每各几某")
MOST_PARAGRAPHS = 30


def main() -> None:
    """Count, draw, write."""
    words, characters, runs = Counter[str](), Counter[str](), Counter[str]()
    for text in [*_laws(Path(sys.argv[1])), *_papers(Path(sys.argv[2]))]:
        words.update({each for each in rjieba.cut(text, False) if 1 < len(each) <= LONGEST})
        characters.update(text)
        runs.update(map("".join, itertools.pairwise(text)))
    common = {word: count for word, count in words.items() if count >= LEAST_TEXTS and _is_han(word)}
    alike = _alike([each for each, count in characters.items() if count >= LEAST_USED])
    drawn: dict[str, str] = {}
    for word in sorted(common, key=lambda each: (-common[each], each)):
        for wrong in _misheard(word, alike):
            if not _is_seen(wrong, word, runs):
                drawn.setdefault(wrong, word)
    kept = {wrong: word for wrong, word in drawn.items() if wrong not in confused_words()}
    head = "# right: how it is written by mistake; see tools/confusable_words.py"
    by_word: dict[str, list[str]] = {}
    for wrong, word in kept.items():
        by_word.setdefault(word, []).append(wrong)
    lines = [f"{word} {' '.join(sorted(by_word[word]))}" for word in sorted(by_word)]
    TARGET.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(f"{len(kept)} slips of {len(lines)} words")


def _misheard(word: str, alike: Mapping[str, list[str]]) -> Iterator[str]:
    for place, character in enumerate(word):
        for other in alike.get(character, ()):
            yield word[:place] + other + word[place + 1 :]


def _is_seen(wrong: str, word: str, runs: Mapping[str, int]) -> bool:
    """Return whether a slip is a word, or texts have it all the same."""
    if len(rjieba.cut(wrong, False)) < len(wrong) and len(wrong) == 2:
        return True
    pairs = [wrong[place : place + 2] for place in range(len(wrong) - 1)]
    new = [each for each in pairs if each not in word]
    return all(runs[each] for each in new)


def _alike(used: Iterable[str]) -> dict[str, list[str]]:
    """Return for each character those that can be read as it can."""
    by_reading: dict[str, list[str]] = {}
    for each in used:
        for reading in pinyin.readings(each):
            by_reading.setdefault(reading, []).append(each)
    return {
        each: sorted({other for reading in pinyin.readings(each) for other in by_reading[reading]} - {each})
        for each in used
    }


def _is_han(word: str) -> bool:
    return all("\u4e00" <= each <= "\u9fff" and each not in _NUMERALS for each in word)


def _laws(path: Path) -> Iterator[str]:
    with tarfile.open(path) as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.name.endswith(".md") else None
            if opened is not None and not zlib.crc32(member.name.encode()) % 2:
                yield opened.read().decode("utf-8")


def _papers(path: Path) -> Iterator[str]:
    lines = [text for text, _ in name_lessons.read(path)]
    for start in range(0, int(len(lines) * name_model.TRAINED_SHARE), MOST_PARAGRAPHS):
        yield "\n".join(lines[start : start + MOST_PARAGRAPHS])


if __name__ == "__main__":
    main()
