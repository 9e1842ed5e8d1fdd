"""The sections between the tables, drafted from figures: no number stands in them without its figure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.lenses.reporting.rules import forms
from sunshine.lenses.reporting.rules.cases import Pin
from sunshine.lenses.reporting.rules.counting import CARRIED_IN, CARRIED_OUT, DONE, NEW, TOTAL
from sunshine.work.requests import rules as requests


@dataclass(frozen=True, slots=True)
class Words:
    """What an officer writes. A form says which of these it has (`Form.words`); the others stay empty.

    The first five are added to the drafted sentences of the national forms, where `problems` and
    `improvements` nobody else can know; the six others are the sections of the narrative form.
    """

    management: str = ""
    platform: str = ""
    supervision: str = ""
    problems: str = ""
    improvements: str = ""
    organisation: str = ""
    explaining: str = ""
    five_openings: str = ""
    services: str = ""
    participation: str = ""
    regulation: str = ""


WORDS = tuple(each.name for each in fields(Words))

# AR-HEAD: basis, period, where to get it.
HEAD = (
    "根据《中华人民共和国政府信息公开条例》，{bureau}编制{year}年度政府信息公开工作年度报告。"
    "报告包括总体情况、主动公开、依申请公开、复议诉讼、问题及改进、其他事项六个部分。"
    "所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    "报告全文及机器可读文件可在本机关网站“政府信息公开年报”栏目下载；"
    "报告中的每个统计数字均可打开其对应的公开日志记录清单。"
)
SUBHEADS = (
    "（一）主动公开",
    "（二）依申请公开",
    "（三）政府信息管理",
    "（四）政府信息公开平台建设",
    "（五）监督保障",
)
DISCLOSED = "主动公开政府信息[[records.published]]条，其中政策解读[[records.interpretations]]条。"
NORMS = "本年制发行政规范性文件[[norms.made]]件，废止（含失效）[[norms.ended]]件，现行有效[[norms.valid]]件。"
_CAME = (
    f"新收政府信息公开申请[[requests.{NEW}.{TOTAL}]]件，上年结转[[requests.{CARRIED_IN}.{TOTAL}]]件；"
    f"办结[[requests.{DONE}.{TOTAL}]]件，结转下年度继续办理[[requests.{CARRIED_OUT}.{TOTAL}]]件。"
)
_MANAGED = (
    "信息的发布、更正、撤下和废止均逐项记入公开日志。本报告依据公开日志前{size}条记录（日志根值{root}）统计。"
)
_PLATFORM = (
    "政府信息公开专栏设公开指南、公开制度、法定主动公开内容、公开年报和依申请公开，提供检索、查阅和下载。"
)
DISPUTED = (
    f"行政复议[[remedies.reconsideration.{TOTAL}]]件，其中结果纠正[[remedies.reconsideration.corrected]]件；"
    f"未经复议直接起诉[[remedies.lawsuit_direct.{TOTAL}]]件，复议后起诉[[remedies.lawsuit_after.{TOTAL}]]件。"
)
_NO_FEE = "本年度发出信息处理费收费通知[[fees.notices]]件，未收取信息处理费。"
_FEE = "本年度发出信息处理费收费通知[[fees.notices]]件，通知金额[[fees.asked]]元，实收[[fees.received]]元。"

_PROPOSALS = "办理人大代表建议、政协委员提案[[proposals.all]]件，其中主办件[[proposals.lead]]件，"
_SEPARATE = "分办件[[proposals.separate]]件，"
_JOINT = "会办件[[proposals.joint]]件。已公开答复全文[[proposals.published]]件。"
_TALKS = (
    "公开征求意见[[participation.calls]]次，[[participation.persons]]人提出意见[[participation.opinions]]条；"
    "举行听证会[[participation.hearings]]次，公众列席会议[[participation.meetings]]次，"
    "经公众参与程序作出重大行政决策[[participation.decisions]]项。"
)
_LETTERS = "受理群众来信来电[[letters.received]]件，答复[[letters.replied]]件。"

_PLACE = re.compile(r"\[\[([a-z0-9_.]+)\]\]")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: its heading of the form, and paragraphs with places for figures."""

    heading: str
    paragraphs: tuple[tuple[bool, str], ...]


def sections(
    bureau: str, year: int, words: Words, pin: Pin, values: Mapping[str, int]
) -> tuple[Section, ...]:
    """Return the six sections; a pair of a paragraph is (is it a sub-heading, text)."""
    told = (
        (DISCLOSED, NORMS),
        asked(year, values),
        (words.management, _MANAGED.format(size=pin.size, root=pin.root[:16])),
        (words.platform, _PLATFORM),
        (words.supervision, DISPUTED),
    )
    first: list[tuple[bool, str]] = [(False, HEAD.format(bureau=bureau, year=year))]
    for subhead, paragraphs in zip(SUBHEADS, told, strict=True):
        first += [(True, subhead), *((False, text) for text in paragraphs if text)]
    fifth = tuple((False, text) for text in (words.problems, words.improvements) if text)
    others = (fees(values), proposals(values), talks(values), letters(values))
    sixth = tuple((False, text) for text in others if text)
    bodies = (tuple(first), (), (), (), fifth, sixth)
    return tuple(Section(*each) for each in zip(forms.SECTIONS, bodies, strict=True))


def asked(year: int, values: Mapping[str, int]) -> tuple[str, ...]:
    """Return the sentences on the year's requests."""
    return (_CAME, _done(year), _ways(values))


def fees(values: Mapping[str, int]) -> str:
    """Return the sentence on the processing fee, which no report leaves out."""
    return _FEE if values["fees.received"] or values["fees.asked"] else _NO_FEE


def proposals(values: Mapping[str, int]) -> str:
    """Return the sentence on suggestions and proposals; nothing in a year without any."""
    separate = _SEPARATE if values["proposals.separate"] else ""
    return f"{_PROPOSALS}{separate}{_JOINT}" if values["proposals.all"] else ""


def talks(values: Mapping[str, int]) -> str:
    """Return the sentence on public participation; nothing in a year without any."""
    return _TALKS if any(values[f"participation.{name}"] for name in forms.PARTICIPATION) else ""


def letters(values: Mapping[str, int]) -> str:
    """Return the sentence on citizens' letters; nothing in a year without any."""
    return _LETTERS if values["letters.received"] or values["letters.replied"] else ""


def _done(year: int) -> str:
    """Return the sentence on how requests ended, group by group of the year's form."""
    form = forms.form_of(year)
    if form.version == "2008":
        rows = "、".join(f"{row.term}[[requests.{row.code}.{TOTAL}]]件" for row in form.rows)
        return f"办结的申请中，{rows}。"
    names = {row.code.partition(".")[0]: row.group for row in form.rows}
    groups = (f"{re.sub('（.*?）', '', name) or name}[[groups.{code}]]件" for code, name in names.items())
    return f"办结的申请中，{'、'.join(groups)}。"


def _ways(values: Mapping[str, int]) -> str:
    """Return the sentence on how requests arrived: the ways that were used."""
    used = [way for way in requests.WAYS if values[f"ways.{way.code}"]]
    if not used:
        return ""
    return f"按提交方式计，{'、'.join(f'{way.term}[[ways.{way.code}]]件' for way in used)}。"


Show = Callable[[str], str]
"""How a figure is shown where its place is."""


def filled(text: str, show: Show) -> str:
    """Return a paragraph with its figures in their places."""
    return _PLACE.sub(lambda match: show(match[1]), text)


def names_in(text: str) -> list[str]:
    """Return the figures that a paragraph names, in order."""
    return _PLACE.findall(text)


# What has digits and is no figure: dates, numbers of documents, articles, the state of the log, phones.
_NO_FIGURE = re.compile(
    r"\d{4}年(度)?(\d{1,2}月(\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号|第\d+(条|款|项|号)|7×24|"
    r"前\d+条记录|日志根值[0-9a-f]{16}|12345|12319"
)
_REFERENCE = re.compile(
    r'<a href="(?P<address>[^"]*/report/(?P<year>\d{4})/(?P<name>[a-z0-9_.]+)/)"[^>]*>(?P<said>[^<]*)</a>'
)
_TABLES = re.compile(r"<table.*?</table>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NUMBER = re.compile(r"[\d０-９][\d０-９,，.．%％万]*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A number in a report's page that leads to its figure."""

    year: int
    name: str
    said: str


def references(body: str) -> Iterator[Reference]:
    """Yield every number of a report's page that leads to a figure."""
    for match in _REFERENCE.finditer(body):
        yield Reference(int(match["year"]), match["name"], html.unescape(match["said"]))


def unreferenced(body: str) -> list[str]:
    """Return the numbers of the prose that lead to no figure (AR-I8)."""
    prose = _REFERENCE.sub("", _TABLES.sub("", body))
    text = _NO_FIGURE.sub("", html.unescape(_TAG.sub("\n", prose)))
    return [match[0] for match in _NUMBER.finditer(text)]


def known(words: Words, names: Container[str]) -> Verdict:
    """AR-I8: every place that an officer's words name is a figure or a recorded fact of the year."""
    text = _("The words name “%(name)s”, and there is no such figure and no such fact")
    places = ((each, name) for each in WORDS for name in names_in(getattr(words, each)))
    return all_of(
        fails(text, basis="AR-I8: own rule on 国办公开办函〔2021〕30号", field=each, name=name)
        for each, name in places
        if name not in names
    )


def agrees(body: str, values: Mapping[str, int | str], year: int) -> Verdict:
    """AR-I8: every number of the page is a figure or fact of the year and says what that says."""
    basis = "AR-I8: own rule on 国办公开办函〔2021〕30号"
    wrong = [
        fails(
            _("The page says %(said)s where %(place)s is %(meant)s"),
            basis=basis,
            field=each.name,
            said=each.said,
            place=each.name,
            meant=str(values[each.name]),
        )
        for each in references(body)
        if each.year == year and each.said != str(values[each.name])
    ]
    loose = [
        fails(_("The number %(said)s in the text leads to no figure"), basis=basis, field="body", said=said)
        for said in unreferenced(body)
    ]
    return all_of((HOLDS, *wrong, *loose))


def due_on(year: int) -> date:
    """Return the day by which a department's report for a year is out (AR-DUE-DEPT)."""
    # FOI 2019 art. 49; FOI 2008 art. 31 gave until the end of March.
    return date(year + 1, 1, 31) if year >= 2019 else date(year + 1, 3, 31)
