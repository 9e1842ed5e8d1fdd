"""What every rule of proofreading says, and what the caller may know: registers, word lists, addresses.

The lists that come with the programme are data with their source: `data/confused_words.txt`,
`data/regional_words.txt`, `data/listed_words.txt`, `data/short_names.txt`, `data/repealed_laws.txt`.
A bureau's own lists are written like the two of them that it may add to: listed words and short names.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources

ERROR, WARNING = "error", "warning"

Slip = tuple[int, int, str, str, str, str]
"""Start, end, kind, severity, reason, suggestion."""


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word that a list forbids or wants otherwise, with the list's source and the day it holds from."""

    kind: str
    word: str
    instead: str
    severity: str
    source: str
    since: date


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name that a text must explain at its first use, with the list's source and its first day."""

    short: str
    full: str
    source: str
    since: date


@dataclass(frozen=True, slots=True)
class Law:
    """A text that is no longer in force since a day; with a number only that version is meant."""

    title: str
    ended_on: date
    instead: str
    number: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the caller knows: who holds which office, which texts are out of force, which pages exist."""

    people: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The offices of each person of the register: {"王建国": ("局长",)}."""

    laws: Sequence[Law] = ()
    articles: Mapping[str, int] = field(default_factory=dict)
    """How many articles a text in force has."""

    words: Sequence[ListedWord] = ()
    short_names: Sequence[ShortName] = ()

    addresses: Collection[str] | None = None
    """Every address of the site that leads somewhere; nothing when it is not known."""

    hosts: Collection[str] = ()
    """The hosts for which `addresses` is complete."""

    on: date | None = None
    """The day of publication; without one, everything known counts."""


NOTHING_KNOWN = Knowledge()


def lines_of(name: str) -> list[str]:
    """Return the lines of a list that came with the programme, without its remarks."""
    data = resources.files("sunshine.text").joinpath(f"data/{name}").read_text("utf-8")
    return [line for line in data.splitlines() if line and not line.startswith("#")]


@functools.cache
def confused_words() -> Mapping[str, str]:
    """Return words often written wrong, with the right ones."""
    return dict(line.split() for line in lines_of("confused_words.txt"))


@functools.cache
def regional_words() -> Mapping[str, tuple[str, bool]]:
    """Return words of another region: the mainland's word, and whether no mainland office writes it."""
    split = (line.split() for line in lines_of("regional_words.txt"))
    return {word: (meant, strength == "s") for word, meant, strength in split}


@functools.cache
def listed_words() -> tuple[ListedWord, ...]:
    """Return the words that the national lists forbid or want otherwise."""
    return tuple(map(listed_word, lines_of("listed_words.txt")))


def listed_word(line: str) -> ListedWord:
    """Read `kind | word | instead | severity | source | since`; raise ValueError for another form."""
    kind, word, instead, severity, source, since = _fields(line)
    if severity not in (ERROR, WARNING) or not (kind and word and source):
        raise ValueError(line)
    return ListedWord(kind, word, instead, severity, source, date.fromisoformat(since))


@functools.cache
def short_names() -> tuple[ShortName, ...]:
    """Return well-known short names of bodies and catchwords."""
    return tuple(map(short_name, lines_of("short_names.txt")))


def short_name(line: str) -> ShortName:
    """Read `short name | what it stands for | source | since`; raise ValueError for another form."""
    short, full, source, since = _fields(line)
    if not (short and full and source):
        raise ValueError(line)
    return ShortName(short, full, source, date.fromisoformat(since))


@functools.cache
def repealed_laws() -> tuple[Law, ...]:
    """Return well-known texts that are no longer in force."""
    split = (_fields(line) for line in lines_of("repealed_laws.txt"))
    return tuple(
        Law(title, date.fromisoformat(ended), instead, number, source)
        for title, ended, instead, number, source in split
    )


def _fields(line: str) -> list[str]:
    return [field.strip() for field in line.split("|")]
