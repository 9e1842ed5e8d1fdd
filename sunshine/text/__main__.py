"""The floor of texts at the command line: `python -m sunshine.text privacy|proofread|… FILE… [--json]`.

Every finding is one line: a JSON object with `--json`, else words for a person. `-` is the standard input;
`--lines` takes each line as a document of its own. Files may be plain text, HTML, Word, Excel, PDF, OFD or
pictures. The exit status is 0, also when something was found; 2 when a file could not be read.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import rjieba

from sunshine.text import extract, keywords, privacy, proofread, properties, script, similarity, streams

Row = dict[str, Any]
TRADITIONAL, SIMPLIFIED = "traditional", "simplified"


@dataclass(frozen=True, slots=True)
class Document:
    """A text with the place it came from; `line` counts from 1 and is given where lines are documents."""

    file: str
    text: str
    line: int | None = None
    hidden: Sequence[properties.Hidden] = ()
    """Whom the file names unseen; with its first line where lines are documents."""

    @property
    def place(self) -> Row:
        """Return what every finding of this document says first."""
        return {"file": self.file} | ({} if self.line is None else {"line": self.line})


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, find, print; each finding is printed before the next document is read."""
    options = _parser().parse_args(arguments)
    unread: list[str] = []
    known = privacy.Context(parties=options.party, officials=options.official)
    documents = _readable(options.files, by_line=options.lines, unread=unread)
    for row in _COMMANDS[options.command](documents, known):
        sys.stdout.write((json.dumps(row, ensure_ascii=False) if options.json else _words(row)) + "\n")
    return 2 if unread else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sunshine.text", description=__doc__)
    parser.add_argument("command", choices=sorted(_COMMANDS))
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")
    parser.add_argument("--lines", action="store_true", help="each line is a document of its own")
    parser.add_argument("--party", action="append", default=[], help="a party of the case, found everywhere")
    parser.add_argument("--official", action="append", default=[], help="a person acting in office")
    return parser


def _readable(names: Sequence[str], *, by_line: bool, unread: list[str]) -> Iterator[Document]:
    """Yield the documents of files; a file that cannot be read is said, and taken note of."""
    for name in names:
        try:
            yield from _documents(name, by_line=by_line)
        except (OSError, extract.NotReadable) as error:
            sys.stderr.write(f"{name}: {error}\n")
            unread.append(name)


def _documents(name: str, *, by_line: bool) -> Iterator[Document]:
    kind = extract.media_type_of(name)
    if by_line and kind == "text/plain":
        with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as opened:
            for number, line in enumerate(streams.lines(opened), 1):
                yield Document(name, line, number)
        return
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    text = extract.decoded(data) if kind == "text/plain" else extract.text_of(data, kind)
    hidden = properties.hidden_in(data, kind)
    if not by_line:
        yield Document(name, text, hidden=hidden)
        return
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        yield Document(name, line.removesuffix("\r"), number, hidden if number == 1 else ())


def _words(row: Row) -> str:
    if row["kind"] in (TRADITIONAL, SIMPLIFIED):
        return str(row["suggestion"])
    place = f"{row['file']}:{row['line']}" if "line" in row else row["file"]
    level = row.get("severity") or row.get("confidence", "")
    return f"{place}:{row['start']}-{row['end']} {row['kind']} {level} {row['text']!r} {row['suggestion']!r}"


# --- the commands --------------------------------------------------------------------------------------


def _privacy(documents: Iterable[Document], known: privacy.Context) -> Iterator[Row]:
    for document in documents:
        for unseen in document.hidden:  # at no place of the text
            row = _row(document, 0, 0, unseen.kind, unseen.text, unseen.reason)
            yield row | {"confidence": privacy.SURE}
        for each in privacy.find(document.text, known, with_doubtful=True):
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
    first: OrderedDict[int, Document] = OrderedDict()
    waiting = iter(documents)
    while batch := list(itertools.islice(waiting, similarity.BATCH)):
        for document, number in zip(batch, clusters.add(each.text for each in batch), strict=True):
            if number not in first:  # of the first what is compared is kept, for as long as its cluster
                first[number] = replace(document, text=document.text[: similarity.LONGEST])
                if len(first) > similarity.KEPT + similarity.BATCH:
                    first.popitem(last=False)
            elif document.text.strip():
                yield _near(document, first[number], number)


def _near(document: Document, earlier: Document, cluster: int) -> Row:
    at = earlier.file if earlier.line is None else f"{earlier.file}:{earlier.line}"
    reason = f"says nearly what {at} says"
    row = _row(document, 0, len(document.text), "near_duplicate", document.text, reason, at)
    return row | {
        "cluster": cluster,
        "confidence": round(similarity.similarity(document.text, earlier.text), 3),
    }


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
