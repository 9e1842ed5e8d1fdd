"""Reading the demo's texts: TOML for the bureau and its directory, Markdown with a head for documents."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sunshine.project.demo.days import Days
from sunshine.text import markup

TEXTS = Path(__file__).parent / "texts"
_SECTION = re.compile(r"^\+\+\+ *([\w-]*)\n(.*?)^\+\+\+\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One text: the fields of a draft, its body as HTML, the files that go with it."""

    name: str
    head: Mapping[str, Any]
    body: str

    @property
    def fields(self) -> dict[str, Any]:
        """What a draft keeps of it."""
        return {**self.head.get("fields", {}), **({"body": self.body} if self.body else {})}


@dataclass(frozen=True, slots=True)
class Story:
    """A document's life: its texts, how far it goes the ordinary way, and what else happens to it.

    `begun` and `last` are working days ago (a text may name a day): of the first act, and of the last one
    of the ordinary way.
    """

    name: str
    kind: str
    department: str
    title: str
    begun: int
    last: int
    upto: str
    text: Part
    interpretations: Sequence[Part] = ()
    revisions: Mapping[str, Part] = field(default_factory=dict)
    acts: Sequence[Mapping[str, Any]] = ()


def read_table(name: str, days: Days) -> Mapping[str, Any]:
    """Return a TOML file of the texts, its days filled in."""
    return tomllib.loads(days.filled((TEXTS / name).read_text("utf-8")))


def read_stories(days: Days) -> list[Story]:
    """Return every document's story, in the order of their files."""
    paths = sorted((TEXTS / "documents").glob("*.md"))
    return [_story(path.stem, days.filled(path.read_text("utf-8")), days) for path in paths]


def _story(name: str, text: str, days: Days) -> Story:
    first, *others = _parts(text)
    head = first.head
    return Story(
        name=name,
        kind=head["kind"],
        department=head["department"],
        title=head["title"],
        begun=days.ago(head["begun"]),
        last=days.ago(head["last"]),
        upto=head["upto"],
        text=first,
        interpretations=[part for part in others if part.name == "interpretation"],
        revisions={part.name: part for part in others if part.name != "interpretation"},
        acts=head.get("acts", ()),
    )


def _parts(text: str) -> list[Part]:
    _before, *pieces = _SECTION.split(text)
    return [
        Part(name, tomllib.loads(head), markup.from_markdown(body.strip()) if body.strip() else "")
        for name, head, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]
