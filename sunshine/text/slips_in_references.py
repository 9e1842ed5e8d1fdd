"""Slips in what a text refers to: people and offices, laws out of force, pages that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sunshine.kernel.words import gettext_noop
from sunshine.text import numerals, slips, wordlists
from sunshine.text.reading import Reading
from sunshine.text.slips import ERROR, WARNING, Knowledge, Law, Slip

_OFFICE = re.compile(
    r"(?:党组)?(?:副|常务副|第一)?(?:书记|局长|处长|科长|主任|市长|区长|县长|所长|站长|支队长|大队长|中队长|队长|院长|部长|厅长|秘书长"
    r"|调研员|巡视员|组长|主席|会长|股长|总工程师)"
)
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_NUMBER_AFTER = re.compile(
    r"^[（(][^（）()\n]{0,20}?((?:国务院|建设部|住建部)?令第\d+号|[\u4e00-\u9fff]{1,6}〔\d{4}〕\d+号)"
)
_ARTICLE = re.compile(r"^(?:[（(][^（）()\n]{0,40}[）)])?第([一二三四五六七八九十百千零〇]{1,9}|\d{1,4})条")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?[^\s<>\"'，。；、（）《》\u4e00-\u9fff]*")
_STATE = "中华人民共和国"


def people(read: Reading, known: Knowledge) -> Iterator[Slip]:
    """Yield people of the register with an office that is not theirs, and names one character off."""
    if not known.people:
        return
    text = read.text
    for match in wordlists.any_of(known.people).finditer(text):
        offices = known.people[match[0]]
        for start, end in _offices_beside(text, match.start(), match.end()):
            if text[start:end] not in offices and not any(text[start:end] in each for each in offices):
                reason = gettext_noop("The register gives this person another office")
                yield start, end, "title", ERROR, reason, "、".join(offices)
    yield from _misspelt(text, known.people)


def _offices_beside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _OFFICE.finditer(text, max(0, start - 10), start):
        if match.end() == start:
            yield match.span()
    if after := _OFFICE.match(text, end, end + 10):
        yield after.span()


def _misspelt(text: str, register: Mapping[str, object]) -> Iterator[Slip]:
    """Yield words beside an office that differ from a registered name in one character."""
    near = {name[:place] + "?" + name[place + 1 :]: name for name in register for place in range(len(name))}
    for office in _OFFICE.finditer(text):
        for start in (office.end(), office.start() - 3, office.start() - 2):
            for length in (3, 2):
                word = text[start : start + length]
                is_beside = start == office.end() or start + length == office.start()
                if start < 0 or len(word) != length or not is_beside or word in register:
                    continue
                meant = next((near[key] for key in _keys(word) if key in near), None)
                if meant and len(meant) == length:
                    reason = gettext_noop("The register writes this name otherwise")
                    yield start, start + length, "name", WARNING, reason, meant


def _keys(word: str) -> Iterator[str]:
    return (word[:place] + "?" + word[place + 1 :] for place in range(len(word) - 1, 0, -1))


def citations(read: Reading, known: Knowledge) -> Iterator[Slip]:
    """Yield citations of texts out of force, and of articles that a text does not have."""
    text = read.text
    ended = _ended(known)
    articles = {_short(title): count for title, count in known.articles.items()}
    for match in _TITLE.finditer(text):
        after = text[match.end() : match.end() + 60]
        number = _NUMBER_AFTER.match(after)
        for law in ended.get(_short(match[1]), ()):
            if not law.number or (number and law.number.endswith(number[1])):
                reason = gettext_noop("This text is no longer in force")
                yield *match.span(1), "citation", ERROR, reason, law.instead
                break
        article = _ARTICLE.match(after)
        if article and (count := articles.get(_short(match[1]))):
            cited = int(article[1]) if article[1].isdecimal() else numerals.value(article[1])
            if cited > count:
                reason = gettext_noop("The text has no such article")
                start = match.end() + article.start(1)
                yield start, match.end() + article.end(1), "citation", ERROR, reason, str(count)


def _ended(known: Knowledge) -> Mapping[str, list[Law]]:
    laws: dict[str, list[Law]] = {}
    for law in (*known.laws, *slips.repealed_laws()):
        if known.on is None or law.ended_on <= known.on:
            laws.setdefault(_short(law.title), []).append(law)
    return laws


def _short(title: str) -> str:
    return title.removeprefix(_STATE)


def dead_links(read: Reading, known: Knowledge) -> Iterator[Slip]:
    """Yield addresses of the site that lead nowhere; others are not asked, there is no network here."""
    if known.addresses is None:
        return
    for match in _ADDRESS.finditer(read.text):
        address = match[0].rstrip(".,;:!?)")
        host = address.split("/")[2]
        if host in known.hosts and address not in known.addresses:
            reason = gettext_noop("No page of the site has this address")
            yield match.start(), match.start() + len(address), "link", WARNING, reason, ""
