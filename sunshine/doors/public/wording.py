"""The words of the public site: the field's own terms, translated only for the English interface."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sunshine.core.publishing.models import DirectoryItem, Record
from sunshine.core.publishing.rules import Validity
from sunshine.design.parts import Tone
from sunshine.doors.public import languages
from sunshine.kernel import period
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import rules as documents
from sunshine.work.documents.rules import periods

LABELS: Mapping[str, tuple[str, str]] = {
    "reference": ("索引号", gettext_noop("Index number")),
    "topic": ("主题分类", gettext_noop("Topic")),
    "issuer": ("发文机关", gettext_noop("Issued by")),
    "formed_on": ("成文日期", gettext_noop("Formed on")),
    "changed_on": ("修改日期", gettext_noop("Changed on")),
    "title": ("标题", gettext_noop("Title")),
    "number": ("发文字号", gettext_noop("Document number")),
    "published_at": ("发布日期", gettext_noop("Published on")),
    "validity": ("有效性", gettext_noop("Validity")),
    "effective_from": ("施行日期", gettext_noop("In force from")),
    "valid_until": ("有效期至", gettext_noop("Valid until")),
    "repealed_on": ("废止日期", gettext_noop("Repealed on")),
    "comment_until": ("征求意见截止", gettext_noop("Comments until")),
    "item": ("目录事项", gettext_noop("Item of the directory")),
    "attribute": ("公开属性", gettext_noop("Openness")),
    "form": ("解读形式", gettext_noop("Form of interpretation")),
    "interprets": ("解读对象", gettext_noop("Interprets")),
}
"""Labels of the head of a document as the national pattern has them (LIB-META)."""

VALIDITY: Mapping[str, tuple[str, Tone]] = {
    "有效": (gettext_noop("In force"), "good"),
    "已修改": (gettext_noop("Amended"), "warn"),
    "尚未施行": (gettext_noop("Not yet in force"), "info"),
    "失效": (gettext_noop("Lapsed"), "bad"),
    "废止": (gettext_noop("Repealed"), "bad"),
}

OPENNESS: Mapping[str, str] = {
    documents.PROACTIVE: gettext_noop("Proactive disclosure"),
    documents.ON_REQUEST: gettext_noop("On request"),
    documents.NOT_PUBLIC: gettext_noop("Not public"),
}

COLUMN_HINTS: Mapping[str, str] = {
    "guide": gettext_noop("What is open, where it is found, and how to ask for the rest"),
    "system": gettext_noop("The rules by which this bureau makes its work public"),
    "statutory": gettext_noop("Documents, plans, budgets, statistics and all else the law lists"),
    "reports": gettext_noop("Each year's account of how the rules were kept"),
    "on-request": gettext_noop("What is not published can be asked for"),
}

COLUMN_NAMES: Mapping[str, str] = {
    "guide": gettext_noop("Guide to open information"),
    "system": gettext_noop("Rules of open information"),
    "statutory": gettext_noop("Statutory disclosure"),
    "reports": gettext_noop("Annual reports"),
    "on-request": gettext_noop("Ask for information"),
}

FIELDS: Mapping[str, str] = {
    "body": gettext_noop("Body text"),
    "summary": gettext_noop("Summary"),
    "attachments": gettext_noop("Attachments"),
    "department": gettext_noop("Issued by"),
}

VALIDITY_FREE = frozenset(
    {documents.INTERPRETATION.code, documents.STANDING_PAGE.code, documents.DECISION_DRAFT.code}
)
"""Kinds that explain, introduce or propose; they are no rule that could lapse."""


@dataclass(frozen=True, slots=True)
class NamedGround:
    """A ground in the law's words, and where the law says so."""

    term: str
    basis: str


def is_english() -> bool:
    """Return whether the interface is the English one."""
    return translation.get_language() == languages.ENGLISH


def label(name: str) -> str:
    """Return a label of a document's head."""
    term, english = LABELS[name]
    return _(english) if is_english() else term


def column(slug: str, term: str) -> str:
    """Return the name of a part of the national column; in Chinese it is exact (PRO-PLATFORM)."""
    return _(COLUMN_NAMES[slug]) if is_english() else term


def kind(code: str) -> str:
    """Return the name of a kind of record."""
    known = {each.code: each for each in documents.KINDS}
    if code not in known:
        return code
    return _(known[code].label) if is_english() else known[code].term


def form(code: str) -> str:
    """Return the name of a form of interpretation."""
    known = {each.code: each for each in documents.FORMS}
    if code not in known:
        return code
    return _(known[code].label) if is_english() else known[code].term


def openness(attribute: str) -> str:
    """Return the name of an openness attribute."""
    if attribute not in OPENNESS:
        return attribute
    known = documents.Attribute(attribute)
    return _(OPENNESS[known]) if is_english() else documents.ATTRIBUTE_TERMS[known]


def validity(record: Record, *, on: date) -> tuple[str, Tone]:
    """Return whether a record is in force on a day, as word and tone; no word for what cannot lapse."""
    if record.kind in VALIDITY_FREE:
        return "", "neutral"
    term = documents.validity_term(
        on,
        kind=record.kind,
        effective_from=record.effective_from,
        valid_until=record.valid_until,
        repealed_on=record.repealed_on,
    )
    english, tone = VALIDITY[term]
    return (_(english) if is_english() else term), tone


def last_valid_day(record: Record) -> date | None:
    """Return the last day on which a record is in force, stated or by law (NORM-5Y)."""
    return documents.last_valid_day(record.kind, record.effective_from, record.valid_until)


def withdrawal_ground(record: Record) -> NamedGround:
    """Return why a record was withdrawn, in the words of the list that applied on that day."""
    if record.withdrawn_at is None:
        return NamedGround("", "")
    on = period.day_of(record.withdrawn_at)
    among = (*documents.GROUNDS, *documents.WITHDRAWAL_GROUNDS)
    ground = documents.ground_named(record.withdrawal_ground, on, among)
    return (
        NamedGround(ground.term, basis(ground.basis)) if ground else NamedGround(record.withdrawal_ground, "")
    )


_RULE_ID = re.compile(r"^[A-Z0-9]+-[A-Z0-9-]+: ")
_REGULATION = re.compile(r"FOI (2008|2019) art\. (\d+)")
_TEXTS = {"2008": "《政府信息公开条例》（2007年公布）", "2019": "《政府信息公开条例》"}


def basis(cited: str) -> str:
    """Return an article that the code cites ("PRO-REVIEW: FOI 2019 art. 17") as a reader cites it."""
    bare = _RULE_ID.sub("", cited)
    if is_english():
        return _REGULATION.sub(
            lambda found: (
                _("Open Government Information Regulation (%(text)s), art. %(article)s")
                % {"text": found[1], "article": found[2]}
            ),
            bare,
        )
    return _REGULATION.sub(lambda found: f"{_TEXTS[found[1]]}第{found[2]}条", bare)


def day(value: date | datetime | None) -> str:
    """Return a day as 2026-03-05; nothing for none."""
    if value is None:
        return ""
    return (timezone.localtime(value) if isinstance(value, datetime) else value).strftime("%Y-%m-%d")


def written_day(value: date | None) -> str:
    """Return a day as it stands at the foot of a document: 2018年3月5日 (DOC-DATE)."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def parsed_day(value: Any) -> date | None:
    """Return the day that a field holds as text."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def time_limit(item: DirectoryItem) -> str:
    """Return within what time an item's records must be public, as words."""
    length = item.limit_length
    words = {
        period.Unit.WORKING_DAYS: ngettext("%(length)s working day", "%(length)s working days", length),
        period.Unit.CALENDAR_DAYS: ngettext("%(length)s day", "%(length)s days", length),
        period.Unit.MONTHS: ngettext("%(length)s month", "%(length)s months", length),
    }
    sentence = words.get(period.Unit(item.limit_unit), "%(length)s")
    return sentence % {"length": length}


def size(octets: int) -> str:
    """Return the size of a file for a reader: 240 KB, 1.2 MB."""
    if octets < 1 << 20:
        return f"{max(1, round(octets / 1024))} KB"
    return f"{formats.number_format(octets / (1 << 20), 1)} MB"


def field(name: str) -> str:
    """Return what a field of a record is called, for saying that it was erased."""
    return label(name) if name in LABELS else _(FIELDS.get(name, name))


def validity_of(code: str) -> tuple[str, Tone]:
    """Return the word and tone of a validity that was computed elsewhere (`publishing.rules.Validity`)."""
    term = periods.VALIDITY_TERMS[Validity(code)]
    english, tone = VALIDITY[term]
    return (_(english) if is_english() else term), tone
