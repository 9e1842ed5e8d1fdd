"""The small shapes that layouts and components read.

A template reads attributes and dictionary keys alike, so a door may pass these or anything with the
same names. Texts arrive translated; addresses arrive made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tone = Literal["neutral", "quiet", "good", "warn", "bad", "info"]


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere: an item of navigation, a language, a crumb, an action.

    `hint` says in one line what is behind it, `count` how many wait there, `code` is the language's.
    """

    label: str
    url: str
    current: bool = False
    hint: str = ""
    count: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Footer:
    """What the foot of a government site must say (WEB-FOOT); an empty value is not shown."""

    sponsor: str = ""
    contact: str = ""
    address: str = ""
    site_code: str = ""
    icp: str = ""
    icp_url: str = ""
    police: str = ""
    police_url: str = ""
    mark_url: str = ""
    report_error_url: str = ""
    map_url: str = ""
    ipv6: bool = False
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What every public page says about the site; `text_size` is "large" in the elders' version."""

    name: str
    domain: str = ""
    home_url: str = "/"
    search_url: str = ""
    nav: Sequence[Link] = ()
    languages: Sequence[Link] = ()
    sizes: Sequence[Link] = ()
    text_size: str = ""
    footer: Footer = Footer()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of the desk says: where one is, who one is, how many matters wait."""

    name: str
    home_url: str
    person: str = ""
    post: str = ""
    count: int | None = None
    nav: Sequence[Link] = ()
    menu: Sequence[Link] = ()
    languages: Sequence[Link] = ()
    search_url: str = ""
    sign_out_url: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that something stands in the public log.

    `digest` is the hexadecimal SHA-256, `steps_url` tells how to verify without us,
    `bundle_url` is the file that the offline verifier reads.
    """

    entry: int
    published_at: datetime
    digest: str
    verify_url: str
    steps_url: str = ""
    bundle_url: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a gate: does it hold, what it asks, who can answer, on what basis."""

    text: str
    state: Literal["met", "unmet", "waiting"]
    who: str = ""
    basis: str = ""
    reasons: Sequence[str] = ()
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One sentence of a timeline; `tone` marks what went wrong or was made public."""

    at: datetime
    sentence: str
    who: str = ""
    note: str = ""
    url: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the worklist. `left` is working days (negative: late by), or words."""

    light: str
    reference: str
    title: str
    url: str
    stage: str = ""
    holder: str = ""
    left: int | str = ""
    due: str = ""
