"""Keeps the translations without GNU gettext: finds the messages, updates the catalogue, compiles it.

    python -m tools.messages update      bring new messages into the catalogue, drop those no longer used
    python -m tools.messages missing     print what has no translation yet, as JSON {message: ""}
    python -m tools.messages fill FILE   put translations from such a JSON file into the catalogue
    python -m tools.messages compile     write the file that the running product reads
    python -m tools.messages check       fail on a message without a sound Simplified Chinese translation

Messages are English in the code; Traditional Chinese is made from Simplified by script conversion.
"""

from __future__ import annotations

import fcntl
import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def alone(path: Path = CATALOGUE) -> Iterator[None]:
    """Let nobody else write the catalogue meanwhile."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(catalogue: Catalog, path: Path = CATALOGUE) -> None:
    """Write the catalogue in its one form."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)


def missing(path: Path = CATALOGUE, source: Path = SOURCE) -> dict[str, str]:
    """Return the messages in the code that have no sound translation, each with an empty one."""
    catalogue = stored(path)
    return {
        _first(message): ""
        for message in extracted(source)
        if message.id and _flaw(message, catalogue.get(message.id, message.context))
    }


def fill(translations: dict[str, str], path: Path = CATALOGUE) -> list[str]:
    """Put translations into the catalogue; return the messages that it does not have.

    Chinese has one form, so a message with a plural takes its translation under its singular.
    """
    catalogue = stored(path)
    by_first: dict[str, list[Message]] = {}
    for message in catalogue:
        if message.id:
            by_first.setdefault(_first(message), []).append(message)
    for original, translation in translations.items():
        for message in by_first.get(original, []):
            message.string = translation if isinstance(message.id, str) else (translation,)
    write(catalogue, path)
    return [original for original in translations if original not in by_first]


def update(path: Path = CATALOGUE, source: Path = SOURCE) -> None:
    """Bring the catalogue in line with the code.

    Nothing is guessed from similar messages: an almost fitting legal sentence is worse than none.
    """
    catalogue = stored(path)
    found = extracted(source)
    found.creation_date = catalogue.creation_date  # a date that changes by itself is only noise
    catalogue.update(found, no_fuzzy_matching=True)
    write(catalogue, path)


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


def main(command: str, *names: str) -> int:
    """Carry out one of the commands; the exit status says whether the translations are complete."""
    if command == "compile":
        compile_()
    elif command == "check":
        found = flaws()
        print("\n".join(found), end="\n" if found else "")
        return 1 if found else 0
    elif command == "missing":
        print(json.dumps(missing(), ensure_ascii=False, indent=1))
    elif command == "update":
        with alone():
            update()
    elif command == "fill" and len(names) == 1:
        with alone():
            update()
            unknown = fill(json.loads(Path(names[0]).read_text("utf-8")))
        print("\n".join(f"no such message: {message!r}" for message in unknown))
        return 1 if unknown else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [""])))
