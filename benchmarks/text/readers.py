"""Reads public evaluation sets by their form: a folder of files is enough, no name is known here.

- CLUENER: JSON lines with `text` and `label: {kind: {entity: [[first, last], …]}}`, the last one included.
- CoNLL: a character and its tag a line, an empty line between sentences (BIO, BMES, BIOES; tab or space).
- Newspaper with parts of speech (word/part), as `tools.name_model` reads it.
- SIGHAN spelling: a wrong and a right sentence apart by a tab; JSON with `original_text` and
  `correct_text`; the SGML of the training sets with `MISTAKE`s; the pair of files of the test sets, whose
  truth lists places and characters by the sentence's id.
- SIGHAN words: sentences with their words apart by spaces.
- CMRC and DRCD: JSON of articles with paragraphs, or of contexts (`benchmarks.questions` reads them too).

A file that is none of these is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import name_lessons

PERSON_TAGS = frozenset({"name", "PER", "PERSON", "NR", "nr", "PER.NAM", "PER.NOM", "NAME", "per", "person"})
NOMINAL = "NOM"
NAMED = frozenset({".json", ".jsonl", ".txt", ".bio", ".bmes", ".conll", ".train", ".dev", ".test", ""})
_TAGGED = re.compile(r"^\S+/[A-Za-z]{1,4}(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence with the places of its personal names."""

    text: str
    names: frozenset[tuple[int, int]]


def named_sets(folder: Path) -> Iterator[tuple[str, list[Named]]]:
    """Yield the files of a folder in which personal names are marked."""
    for path in _files(folder, NAMED):
        sentences = list(_named(path))
        if sum(len(each.names) for each in sentences) > 0:
            yield str(path.relative_to(folder)), sentences


def cut_sets(folder: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the files of a folder that hold sentences cut into words by spaces."""
    for path in _files(folder, frozenset({".txt", ".utf8"})):
        lines = [line.split() for line in _text(path).splitlines() if line.strip()]
        if _is_cut(lines):
            yield str(path.relative_to(folder)), lines


def _is_cut(lines: list[list[str]]) -> bool:
    """Return whether lines are Chinese prose with spaces between all words: short pieces, and many."""
    words = [word for line in lines[:2000] for word in line]
    if len(words) < 4 * max(1, len(lines[:2000])) or any("\t" in word or "/" in word for word in words):
        return False
    return sum(map(len, words)) < 3 * len(words) and sum(_is_han(word) for word in words) > len(words) / 2


def _is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def _files(folder: Path, endings: frozenset[str]) -> Iterator[Path]:
    yield from (
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in endings
    )


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")


def written(path: Path) -> Iterator[Named]:
    """Yield sentences whose names stand in square brackets."""
    for line in path.read_text("utf-8").splitlines():
        text, spans = "", set[tuple[int, int]]()
        for piece in re.split(r"(\[[^\]]*\])", line):
            word = piece.strip("[]")
            if piece.startswith("["):
                spans.add((len(text), len(text) + len(word)))
            text += word
        yield Named(text, frozenset(spans))


def misspelt_sets(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the files of a folder that hold wrong sentences with the right ones."""
    for path in _files(folder, frozenset({".txt", ".tsv", ".csv", ".json", ".sgml"})):
        pairs = list(_misspelt(path))
        if len(pairs) > 1:
            yield str(path.relative_to(folder)), pairs


def _named(path: Path) -> Iterator[Named]:
    head = path.read_bytes()[:4096].decode("utf-8-sig", "ignore").lstrip()
    if head.startswith("{") and '"label"' in head:
        yield from _cluener(path)
    elif _TAGGED.match(head):
        for text, spans in name_lessons.read(path):
            yield Named(text, frozenset((start, end) for start, end in spans if end - start > 1))
    elif re.match(r"\S[ \t]+\S+[ \t]*\r?\n", head):
        yield from _conll(path)


def _cluener(path: Path) -> Iterator[Named]:
    for line in filter(None, map(str.strip, _text(path).splitlines())):
        row = json.loads(line)
        places = [place for each in row.get("label", {}).get("name", {}).values() for place in each]
        yield Named(row["text"], frozenset((first, last + 1) for first, last in places))


def _conll(path: Path) -> Iterator[Named]:
    for block in re.split(r"\r?\n[ \t]*\r?\n", _text(path)):
        rows = [line.split() for line in block.splitlines() if line.strip()]
        rows = [row for row in rows if len(row) >= 2 and row[0] != "-DOCSTART-"]
        if rows:
            yield _tagged([row[0][0] for row in rows], [row[-1] for row in rows])


def _tagged(characters: list[str], tags: list[str]) -> Named:
    spans: set[tuple[int, int]] = set()
    start: int | None = None
    for place, tag in enumerate([*tags, "O"]):
        head, _, kind = tag.replace("_", "-", 1).partition("-")
        if kind in ("B", "I", "M", "E", "S"):  # PER-B, as some sets write it
            head, kind = kind, head
        is_person = kind in PERSON_TAGS and NOMINAL not in kind
        if start is not None and (not is_person or head in "BS"):
            spans.add((start, place))
            start = None
        if is_person and start is None:
            start = place
    return Named("".join(characters), frozenset(spans))


def _misspelt(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".json":
        data = _json(path)
        for row in data if isinstance(data, list) else []:
            if isinstance(row, Mapping) and {"original_text", "correct_text"} <= row.keys():
                yield str(row["original_text"]), str(row["correct_text"])
        return
    text = _text(path)
    if "<MISTAKE" in text:
        yield from _sgml(text)
        return
    if "(NID=" in text or "(ID=" in text:
        yield from _test_set(path, text)
        return
    for line in text.splitlines():
        fields = line.split("\t")
        pair = fields[-2:] if len(fields) >= 2 else []
        if len(pair) == 2 and len(pair[0]) == len(pair[1]) and re.search(r"[\u4e00-\u9fff]{4}", pair[0]):
            yield pair[0], pair[1]


_PASSAGE = re.compile(r'<PASSAGE id="([^"]+)">(.*?)</PASSAGE>', re.DOTALL)
_MISTAKE = re.compile(
    r'<MISTAKE id="([^"]+)" location="(\d+)">\s*<WRONG>(.*?)</WRONG>\s*<CORRECTION>(.*?)</CORRECTION>',
    re.DOTALL,
)
_SENTENCE = re.compile(r"\(N?ID=([^)]+)\)\s*(\S.*)")


def _sgml(text: str) -> Iterator[tuple[str, str]]:
    """Yield the passages of a training set; a mistake's place is that of its word or of a character in it."""
    right = {key: passage.strip() for key, passage in _PASSAGE.findall(text)}
    wrong = dict(right)
    for key, location, word, correction in _MISTAKE.findall(text):
        passage = right.get(key, "")
        at = passage.find(word, max(0, int(location) - len(word)))
        if at >= 0 and len(word) == len(correction):
            right[key] = passage[:at] + correction + passage[at + len(word) :]
    yield from ((wrong[key], right[key]) for key in wrong)


def _test_set(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a test set with the truth of a file beside it: id, then place and character."""
    truths = [each for each in sorted(path.parent.iterdir()) if "truth" in each.name.lower()]
    truth: dict[str, list[str]] = {}
    for line in (line for each in truths for line in _text(each).splitlines()):
        key, *rest = [field.strip() for field in line.split(",")]
        truth[key] = rest
    for key, sentence in _SENTENCE.findall(text):
        right, fields = list(sentence.strip()), truth.get(key, [])
        for place, character in zip(fields[::2], fields[1::2], strict=False):
            if place.isdecimal() and 0 < int(place) <= len(right):
                right[int(place) - 1] = character
        if key in truth:
            yield sentence.strip(), "".join(right)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        return None
