"""The floor of texts at the command line: `python -m sunshine.text privacy|proofread|… FILE… [--json]`.

Every finding is one line: a JSON object with `--json`, else words for a person. `-` is the standard input;
`--lines` takes each line as a document of its own. Files may be plain text, HTML, Word, Excel, PDF, OFD or
pictures. The exit status is 0, also when something was found; 2 when a file could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rjieba

from sunshine.text import extract, keywords, privacy, proofread, script, similarity

Row = dict[str, Any]
TRADITIONAL, SIMPLIFIED = "traditional", "simplified"


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the place it came from; `line` counts from 1 and is given where lines are documents."""

    file: str
    text: str
    line: int | None = None

    @property
    def place(self) -> Row:
        """Return what every finding of this document says first."""
        return {"file": self.file} | ({} if self.line is None else {"line": self.line})


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, find, print."""
    options = _parser().parse_args(arguments)
    status = 0
    documents: list[Document] = []
    for name in options.files:
        try:
            documents += _documents(name, by_line=options.lines)
        except (OSError, extract.NotReadable) as error:
            sys.stderr.write(f"{name}: {error}\n")
            status = 2
    known = privacy.Context(parties=options.party, officials=options.official)
    for row in _COMMANDS[options.command](documents, known):
        sys.stdout.write((json.dumps(row, ensure_ascii=False) if options.json else _words(row)) + "\n")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sunshine.text", description=__doc__)
    parser.add_argument("command", choices=sorted(_COMMANDS))
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")
    parser.add_argument("--lines", action="store_true", help="each line is a document of its own")
    parser.add_argument("--party", action="append", default=[], help="a party of the case, found everywhere")
    parser.add_argument("--official", action="append", default=[], help="a person acting in office")
    return parser


def _documents(name: str, *, by_line: bool) -> Iterator[Document]:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    kind = extract.media_type_of(name)
    text = extract.decoded(data) if kind == "text/plain" else extract.text_of(data, kind)
    if not by_line:
        yield Document(name, text)
        return
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        yield Document(name, line.removesuffix("\r"), number)


def _words(row: Row) -> str:
    if row["kind"] in (TRADITIONAL, SIMPLIFIED):
        return str(row["suggestion"])
    place = f"{row['file']}:{row['line']}" if "line" in row else row["file"]
    level = row.get("severity") or row.get("confidence", "")
    return f"{place}:{row['start']}-{row['end']} {row['kind']} {level} {row['text']!r} {row['suggestion']!r}"


# --- the commands --------------------------------------------------------------------------------------


def _privacy(documents: Iterable[Document], known: privacy.Context) -> Iterator[Row]:
    for document in documents:
        for each in privacy.find(document.text, known):
            yield document.place | {
                "start": each.start,
                "end": each.end,
                "kind": each.kind,
                "text": each.text,
                "confidence": each.confidence,
                "reason": each.reason,
                "suggestion": each.suggestion,
            }


def _proofread(documents: Iterable[Document], _known: privacy.Context) -> Iterator[Row]:
    for document in documents:
        for each in proofread.check(document.text):
            yield document.place | {
                "start": each.start,
                "end": each.end,
                "kind": each.kind,
                "text": each.text,
                "severity": each.severity,
                "reason": each.reason,
                "suggestion": each.suggestion,
            }


def _segment(documents: Iterable[Document], _known: privacy.Context) -> Iterator[Row]:
    for document in documents:
        place = 0
        for word, part in rjieba.tag(document.text, True):
            if not word.isspace():
                yield _row(document, place, place + len(word), part, word, "a word and its part of speech")
            place += len(word)


def _convert(documents: Iterable[Document], known: privacy.Context) -> Iterator[Row]:
    """Yield each document in the other script, and the spans that would not come back the same."""
    for document in documents:
        text = document.text
        is_traditional = script.simplified_characters(text) != text
        kept = [*known.parties, *known.officials]
        to = SIMPLIFIED if is_traditional else TRADITIONAL
        converted = (
            script.to_simplified(text) if is_traditional else script.to_traditional_keeping(text, kept)
        )
        yield _row(document, 0, len(text), to, text, "the text in the other script", converted)
        if not is_traditional:
            for start, end, came in script.lost_on_return(text):
                reason = "this would come back otherwise"
                yield _row(document, start, end, "lost_on_return", text[start:end], reason, came)


def _keywords(documents: Iterable[Document], _known: privacy.Context) -> Iterator[Row]:
    for document in documents:
        for phrase in keywords.phrases(document.text):
            row = _row(document, phrase.start, phrase.end, "key_phrase", phrase.text, f"{phrase.count} times")
            yield row | {"confidence": phrase.weight}
        for sentence in keywords.summary(document.text):
            row = _row(
                document, sentence.start, sentence.end, "summary", sentence.text, "holds the key phrases"
            )
            yield row | {"confidence": sentence.weight}


def _duplicates(documents: Iterable[Document], _known: privacy.Context) -> Iterator[Row]:
    """Yield each document that says nearly what an earlier one says, with the number of their cluster."""
    clusters = similarity.Clusters()
    first: dict[int, Document] = {}
    kept = list(documents)
    for document, number in zip(kept, clusters.add(each.text for each in kept), strict=True):
        earlier = first.setdefault(number, document)
        if earlier is not document and document.text.strip():
            at = earlier.file if earlier.line is None else f"{earlier.file}:{earlier.line}"
            row = _row(
                document,
                0,
                len(document.text),
                "near_duplicate",
                document.text,
                f"says nearly what {at} says",
            )
            alike = round(similarity.similarity(document.text, earlier.text), 3)
            yield row | {"suggestion": at, "cluster": number, "confidence": alike}


def _row(
    document: Document, start: int, end: int, kind: str, text: str, reason: str, suggestion: str = ""
) -> Row:
    return document.place | {
        "start": start,
        "end": end,
        "kind": kind,
        "text": text,
        "confidence": 1.0,
        "reason": reason,
        "suggestion": suggestion,
    }


_COMMANDS: Mapping[str, Callable[[Iterable[Document], privacy.Context], Iterator[Row]]] = {
    "privacy": _privacy,
    "proofread": _proofread,
    "segment": _segment,
    "convert": _convert,
    "keywords": _keywords,
    "duplicates": _duplicates,
}

if __name__ == "__main__":
    sys.exit(main())
