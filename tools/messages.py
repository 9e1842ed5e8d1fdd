"""Keeps the translations without GNU gettext: finds the messages, updates the catalogue, compiles it.

    python -m tools.messages update    bring new messages into the catalogue, drop those no longer used
    python -m tools.messages compile   write the file that the running product reads
    python -m tools.messages check     fail on a message without a sound Simplified Chinese translation

Messages are English in the code; Traditional Chinese is made from Simplified by script conversion.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "sunshine"
CATALOGUE = SOURCE / "project" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

# Which arguments of which function hold the message; "c" marks the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def extracted(source: Path = SOURCE) -> Catalog:
    """Return a catalogue of every message in the code and the templates, without translations."""
    catalogue = Catalog(project="Sunshine", charset="utf-8")
    for path in sorted(source.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".xml"} or not path.is_file():
            continue
        name = path.relative_to(source.parent).as_posix()
        for line, message, comments, context in _messages(path):
            catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def _messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django turns all but the messages into X; the indentation left over is no Python, and goes.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    options = {"encoding": "utf-8"}
    yield from extract("python", io.BytesIO(text.encode()), KEYWORDS, ("Translators:",), options)


def stored(path: Path = CATALOGUE) -> Catalog:
    """Return the catalogue as it stands in the tree; an empty one before the first update."""
    if not path.exists():
        return Catalog(locale="zh_Hans", project="Sunshine", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def update(path: Path = CATALOGUE, source: Path = SOURCE) -> None:
    """Bring the catalogue in line with the code.

    Nothing is guessed from similar messages: an almost fitting legal sentence is worse than none.
    """
    catalogue = stored(path)
    found = extracted(source)
    found.creation_date = catalogue.creation_date  # a date that changes by itself is only noise
    catalogue.update(found, no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)


def compile_(path: Path = CATALOGUE) -> Path:
    """Write the compiled catalogue beside the readable one, unless it is up to date."""
    compiled = path.with_suffix(".mo")
    if path.exists() and not (compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime):
        catalogue = stored(path)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
    return compiled


def flaws(path: Path = CATALOGUE, source: Path = SOURCE) -> list[str]:
    """Return one sentence for each message that a Chinese reader would meet untranslated or broken."""
    catalogue = stored(path)
    return [
        f"{flaw}: {_first(message)!r} ({message.locations[0][0]}:{message.locations[0][1]})"
        for message in extracted(source)
        if message.id and (flaw := _flaw(message, catalogue.get(message.id, message.context)))
    ]


def _flaw(message: Message, translated: Message | None) -> str:
    if translated is None:
        return "not in the catalogue"
    string = translated.string or ""
    texts = [string] if isinstance(string, str) else list(string)
    if not all(texts):
        return "not translated"
    if translated.fuzzy:
        return "marked fuzzy"
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    known = {place for text in originals for place in PLACE.findall(text)}
    if any(set(PLACE.findall(text)) - known for text in texts):
        return "fills a place that the original does not have"
    if isinstance(message.id, str) and set(PLACE.findall(texts[0])) != known:
        return "leaves out a place of the original"
    return ""


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def main(command: str) -> int:
    """Carry out one of the three commands; the exit status says whether the translations are complete."""
    if command == "update":
        update()
    elif command == "compile":
        compile_()
    elif command == "check":
        found = flaws()
        print("\n".join(found), end="\n" if found else "")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
