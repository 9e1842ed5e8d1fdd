"""How a deputy is named where the public reads: by the session's rule; contact data never (PRP-PUB-20WD)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sunshine.text import privacy
from sunshine.work.proposals.rules import terms

SURE = privacy.SURE
TITLES = {terms.CONGRESS.code: "代表", terms.CPPCC.code: "委员"}
_APART = re.compile(r"[、，,；;/\s]+")
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒")


def names_of(proposer: str) -> tuple[str, ...]:
    """Return the names that a cell lists, apart by commas or blanks; “等3人” is no name."""
    bare = re.sub(r"等\s*\d*\s*[人名位].*$|等$", "", proposer)
    return tuple(name for name in _APART.split(bare) if name)


def surname(name: str) -> str:
    """Return the surname of a Chinese name; some have two characters."""
    return name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[:1]  # two characters


def addressed(proposer: str, proposer_sort: str, body: str, naming: str) -> str:
    """Return how a reply addresses its proposer where everybody reads it.

    A party, sector or group is no person and is named in full.
    """
    if proposer_sort == terms.GROUP.code:
        return proposer.strip()
    title = TITLES.get(body, "")
    names = names_of(proposer)
    if naming == terms.FULL.code and names:
        return "、".join(f"{name}{title}" for name in names)
    if naming == terms.SURNAME.code and names:
        return "、".join(f"{surname(name)}{title}" for name in names)
    return f"{title}同志" if title else ""


def without_names(text: str, proposer: str, proposer_sort: str, body: str, naming: str) -> str:
    """Return a text in which the proposer is named as the session's rule says."""
    if proposer_sort == terms.GROUP.code or naming == terms.FULL.code:
        return text
    title = TITLES.get(body, "")
    for name in sorted(names_of(proposer), key=len, reverse=True):
        kept = f"{surname(name)}{title}" if naming == terms.SURNAME.code else f"提出建议的{title}"
        text = text.replace(f"{name}{title}", kept).replace(name, kept)
    return text


def holds_personal_data(texts: Iterable[str]) -> bool:
    """Return whether something that everybody would read surely holds personal data."""
    return any(
        finding.is_private and finding.confidence >= SURE for text in texts for finding in privacy.find(text)
    )
