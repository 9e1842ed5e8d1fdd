"""The texts from which `tools.name_model` learns, each with the places of its names."""

from __future__ import annotations

import json
import re
import tarfile
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sunshine.text import names, normal

PARAGRAPHS = 30
"""About how many of each law."""

_HAN = re.compile(r"[\u4e00-\u9fff·]+")
OFFICES = re.compile(r"主席|总理|省长|市长|部长|局长|委员长|主任：")

Sentence = tuple[str, list[tuple[int, int]]]


def read(path: Path) -> Iterator[Sentence]:
    """Yield the paragraphs of the corpus with the places of the names; surname and given name are one."""
    for line in path.read_text("utf-8").splitlines():
        tagged = [
            (unicodedata.normalize("NFKC", word.lstrip("[") or "[").replace("•", "·"), part.partition("]")[0])
            for word, _, part in (each.rpartition("/") for each in line.split())
            if word
        ]
        if tagged:
            yield _sentence(tagged)


def laws(path: Path) -> Iterator[Sentence]:
    """Yield paragraphs of every second law, without those that may name who promulgated it."""
    with tarfile.open(path) as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.name.endswith(".md") else None
            if opened is None or zlib.crc32(member.name.encode()) % 2:
                continue
            lines = opened.read().decode("utf-8").partition("<!-- INFO END -->")[2].splitlines()
            nameless = [line for line in lines if len(line) > 12 and not OFFICES.search(line)]
            for line in nameless[:: max(1, len(nameless) // PARAGRAPHS)]:
                yield normal.fold(line).text, []


def labelled(path: Path) -> Iterator[Sentence]:
    """Yield sentences with the places of names that a line each holds as JSON."""
    for line in path.read_text("utf-8").splitlines():
        text, spans = json.loads(line)
        yield text, [(start, end) for start, end in spans if _HAN.fullmatch(text, start, end)]


def _sentence(tagged: Sequence[tuple[str, str]]) -> Sentence:
    text, spans, index = "", [], 0
    while index < len(tagged):
        word, part = tagged[index]
        begun = len(text)
        text += word
        index += 1
        if part != "nr":
            continue
        if (len(word) == 1 or word in names.DOUBLE_SURNAMES) and _part(tagged, index) == "nr":
            text += tagged[index][0]
            index += 1
        while _part(tagged, index + 1) == "nr" and tagged[index][0] in "·.":
            text += "·" + tagged[index + 1][0]
            index += 2
        spans.append((begun, len(text)))
    return text, spans


def _part(tagged: Sequence[tuple[str, str]], index: int) -> str:
    return tagged[index][1] if index < len(tagged) else ""
