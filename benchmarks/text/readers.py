"""Reads public evaluation sets by their form: a folder of files is enough, no name is known here.

CLUENER: JSON lines with `text` and `label: {kind: {entity: [[first, last], …]}}`. CoNLL: a character and
its tag a line, an empty line between sentences (BIO, BMES). SIGHAN spelling: a wrong and a right sentence
apart by a tab, or JSON with `original_text` and `correct_text`. CMRC and DRCD: JSON with paragraphs.
The newspaper with parts of speech (word/part) is read as `tools.name_model` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import name_model

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
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (
            ".json",
            ".jsonl",
            ".txt",
            ".bio",
            ".bmes",
            ".conll",
            ".train",
            ".dev",
            ".test",
            "",
        ):
            sentences = list(_named(path))
            if sum(len(each.names) for each in sentences) > 0:
                yield str(path.relative_to(folder)), sentences


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
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".txt", ".tsv", ".csv", ".json"):
            pairs = list(_misspelt(path))
            if len(pairs) > 10:
                yield str(path.relative_to(folder)), pairs


def prose_sets(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the paragraphs of question sets (CMRC, DRCD): running text."""
    for path in sorted(folder.rglob("*.json")):
        data = _json(path)
        paragraphs = [
            str(paragraph["context"])
            for article in (data.get("data", []) if isinstance(data, dict) else [])
            for paragraph in article.get("paragraphs", [])
            if "context" in paragraph
        ]
        if paragraphs:
            yield str(path.relative_to(folder)), paragraphs


def _named(path: Path) -> Iterator[Named]:
    head = path.read_bytes()[:4096].decode("utf-8", "replace").lstrip("\ufeff")
    if head.startswith("{") and '"label"' in head:
        yield from _cluener(path)
    elif _TAGGED.match(head):
        for text, spans in name_model.read(path):
            yield Named(text, frozenset((start, end) for start, end in spans if end - start > 1))
    elif re.match(r"\S+[ \t]+\S+\s*\n", head):
        yield from _conll(path)


def _cluener(path: Path) -> Iterator[Named]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        places = [place for each in row.get("label", {}).get("name", {}).values() for place in each]
        yield Named(row["text"], frozenset((first, last + 1) for first, last in places))


def _conll(path: Path) -> Iterator[Named]:
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        rows = [line.split() for line in block.splitlines() if line.strip()]
        rows = [row for row in rows if len(row) >= 2]
        if rows:
            yield _tagged([row[0][0] for row in rows], [row[-1] for row in rows])


def _tagged(characters: list[str], tags: list[str]) -> Named:
    spans: set[tuple[int, int]] = set()
    start: int | None = None
    for place, tag in enumerate([*tags, "O"]):
        head, _, kind = tag.partition("-")
        is_person = kind in PERSON_TAGS and NOMINAL not in kind
        if start is not None and (not is_person or head in "BS"):
            spans.add((start, place))
            start = None
        if is_person and start is None:
            start = place
    return Named("".join(characters), frozenset(spans))


def _misspelt(path: Path) -> Iterator[tuple[str, str]]:
    text = path.read_text("utf-8", "replace")
    if path.suffix == ".json":
        data = _json(path)
        for row in data if isinstance(data, list) else []:
            if isinstance(row, Mapping) and {"original_text", "correct_text"} <= row.keys():
                yield str(row["original_text"]), str(row["correct_text"])
        return
    for line in text.splitlines():
        fields = line.split("\t")
        pair = fields[-2:] if len(fields) >= 2 else []
        if len(pair) == 2 and len(pair[0]) == len(pair[1]) and re.search(r"[\u4e00-\u9fff]{4}", pair[0]):
            yield pair[0], pair[1]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        return None
