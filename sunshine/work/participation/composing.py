"""The report on what was adopted, as the body of a document: who said what, what came of it, what changed."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sunshine.text import difference, paragraphs, privacy

SHORTEST = 300
"""Characters of an opinion that the report shows; the whole stays with the call."""

_HEAD = "<tr><th>意见</th><th>人数</th><th>采纳情况</th><th>说明</th></tr>"


@dataclass(frozen=True, slots=True)
class Answered:
    """A group as the report tells it: the place, its first words, how many persons, the answer's term."""

    paragraph: int
    text: str
    persons: int
    term: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the report is about, in figures."""

    title: str
    period: str
    submissions: int
    persons: int
    opinions: int
    hidden: int
    answers: Sequence[tuple[str, int]]


def report(
    told: Told, groups: Iterable[Answered], draft: Sequence[paragraphs.Paragraph], final: str = ""
) -> str:
    """Return the body of the report; with a final text, what changed stands beside what was said."""
    by_place: dict[int, list[Answered]] = {}
    for group in groups:
        by_place.setdefault(group.paragraph, []).append(group)
    pieces = [_figures(told)]
    if 0 in by_place:
        pieces += ["<h2>对全文的意见</h2>", _table(by_place.pop(0))]
    for paragraph in draft:
        if paragraph.number in by_place:
            pieces += [
                f"<h3>第{paragraph.number}段</h3>",
                f"<blockquote>{html.escape(paragraph.text[:SHORTEST])}</blockquote>",
                _table(by_place[paragraph.number]),
            ]
    if final:
        pieces += ["<h2>草案与定稿的差异</h2>", _legend(), _difference(draft, final)]
    return "\n".join(pieces)


def _figures(told: Told) -> str:
    said = "，".join(f"{term}{count}条" for term, count in told.answers if count)
    hidden = f"按规则隐藏{told.hidden}件，未计入。" if told.hidden else ""
    answered = f"：{said}" if said else ""
    return (
        f"<p>《{html.escape(told.title)}》于{told.period}公开征求意见，收到{told.submissions}件，"
        f"{told.persons}人，意见{told.opinions}条{answered}。{hidden}</p>"
    )


def _table(groups: Sequence[Answered]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(masked(group.text))}</td><td>{group.persons}</td>"
        f"<td>{group.term}</td><td>{html.escape(group.reason)}</td></tr>"
        for group in groups
    )
    return f"<table><thead>{_HEAD}</thead><tbody>{rows}</tbody></table>"


def _legend() -> str:
    return "<p>下划线为增加，删除线为删去。</p>"


def _difference(draft: Sequence[paragraphs.Paragraph], final: str) -> str:
    before = "\n".join(each.text for each in draft)
    after = "\n".join(each.text for each in paragraphs.cut(final))
    tags = {difference.ADDED: "u", difference.REMOVED: "s"}
    marked = "".join(
        f"<{tags[kind]}>{html.escape(text)}</{tags[kind]}>" if kind in tags else html.escape(text)
        for kind, text in difference.compare(before, after)
    )
    return "".join(f"<p>{line}</p>" for line in _lines(marked))


def _lines(marked: str) -> Iterable[str]:
    """Yield the lines of a marked text, a mark that spans lines closed and opened again on each."""
    open_tag = ""
    for line in marked.split("\n"):
        begun = f"<{open_tag}>" if open_tag else ""
        for tag in ("u", "s"):
            opened, closed = line.rfind(f"<{tag}>"), line.rfind(f"</{tag}>")
            if opened > closed:
                open_tag = tag
            elif closed > opened and open_tag == tag:
                open_tag = ""
        ended = f"</{open_tag}>" if open_tag else ""
        if line.strip():
            yield f"{begun}{line}{ended}"


def masked(text: str) -> str:
    """Return an opinion as the report shows it: what is personal masked, shortened."""
    flat = masked_whole(" ".join(text.split())[: SHORTEST + 100])
    return flat if len(flat) <= SHORTEST else f"{flat[:SHORTEST]}…"


def masked_whole(text: str) -> str:
    """Return an opinion as everybody may read it: what is personal masked."""
    return privacy.masked(text, privacy.find(text))


def without_personal_data(text: str) -> str:
    """Return what an officer wrote as everybody may read it: what is surely personal is masked."""
    return privacy.masked(text, _surely_personal(text))


def holds_personal_data(text: str) -> bool:
    """Return whether what everybody would read surely holds personal data."""
    return bool(_surely_personal(text))


def _surely_personal(text: str) -> list[privacy.Finding]:
    return [each for each in privacy.find(text) if each.is_private and each.confidence >= privacy.SURE]
