"""The forms of the yearly report, version by version; the national tables exact to the character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sunshine.lenses.reporting.rules import stated
from sunshine.lenses.reporting.rules.counting import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    DONE,
    NEW,
    RESULTS,
    TOTAL,
    TRACKS,
)
from sunshine.lenses.reporting.rules.stated import Stated
from sunshine.work.correspondence.rules import terms as letters
from sunshine.work.requests import rules as requests


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a text of the form, or the place of a figure."""

    text: str = ""
    figure: str = ""
    columns: int = 1
    rows: int = 1
    is_head: bool = True


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form under the section that it belongs to; `numbers` says where its heads end."""

    section: str
    heads: tuple[Line, ...]
    body: tuple[Line, ...]

    @property
    def figures(self) -> Iterator[str]:
        return (cell.figure for line in self.body for cell in line if cell.figure)


PROPOSALS = ("all", "lead", "separate", "joint", "replied", "opinions", "published", "returned")
PARTICIPATION = ("calls", "persons", "opinions", "hearings", "meetings", "decisions")
FIRST_PROSE = (
    "records.published",
    "records.interpretations",
    "fees.notices",
    "fees.asked",
    "fees.received",
    *(f"ways.{way.code}" for way in requests.WAYS),
)
"""What the sentences of a report of the first schema could name."""
PROSE = (
    *FIRST_PROSE,
    *(f"proposals.{name}" for name in PROPOSALS),
    *(f"participation.{name}" for name in PARTICIPATION),
    "letters.received",
    "letters.replied",
    *(f"letters.received.{channel.code}" for channel in letters.CHANNELS),
)

# AR-TITLE
TITLE = "{bureau}{year}年政府信息公开工作年度报告"
# AR-FORM-2008: no form was prescribed; title and headings are those of the bureaus' reports of the time.
NARRATIVE_TITLE = "{bureau}{year}年政务公开年度报告"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a report: its headings, its tables, and what of it an officer states.

    `words` names what an officer writes, `prose` the figures beside those of the tables. A form without
    tables is a narrative one: there each section is what the officer writes, every number in it a reference.
    """

    version: str
    basis: str
    first: int
    last: int | None
    sections: tuple[str, ...]
    tables: tuple[Table, ...]
    words: tuple[str, ...]
    stated: tuple[Stated, ...] = ()
    title: str = TITLE
    prose: tuple[str, ...] = PROSE

    def applies(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)

    @property
    def is_narrative(self) -> bool:
        return not self.tables

    @property
    def rows(self) -> tuple[requests.Row, ...]:
        """Return the rows of results that the version has."""
        return next(form.rows for form in requests.FORMS if form.version == self.version)


def _text(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns=columns, rows=rows)


def _number(name: str, columns: int = 1) -> Cell:
    return Cell(figure=name, columns=columns, is_head=False)


SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
ROW_NEW, ROW_IN = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
ROW_DONE, ROW_ALL, ROW_OUT = "三、本年度办理结果", "（七）总计", "四、结转下年度继续办理"


def _block(number: str, columns: Sequence[str], *rows: tuple[str, Sequence[str]]) -> Iterator[Line]:
    """Yield a block of table 二: its full-width heading, the heads of its columns, its rows."""
    widths = [12 // (len(columns) + 1)] * (len(columns) + 1)
    yield (_text(f"第二十条第（{number}）项", 12),)
    yield tuple(_text(text, width) for text, width in zip(("信息内容", *columns), widths, strict=True))
    for name, figures in rows:
        yield (_text(name, widths[0]), *(_number(each, widths[0]) for each in figures))


def _of(name: str, *columns: str) -> list[str]:
    return [f"stated.{name}.{column}" for column in columns]


_DECIDED = ("decisions",)
_TABLE_2_SINCE_2021 = Table(
    SECTIONS[1],
    (),
    (
        *_block(
            "一",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", ["rules.made", "rules.ended", "rules.valid"]),
            ("行政规范性文件", ["norms.made", "norms.ended", "norms.valid"]),
        ),
        *_block("五", ("本年处理决定数量",), ("行政许可", _of("permits", *_DECIDED))),
        *_block(
            "六",
            ("本年处理决定数量",),
            ("行政处罚", _of("penalties", *_DECIDED)),
            ("行政强制", _of("coercion", *_DECIDED)),
        ),
        *_block("八", ("本年收费金额（单位：万元）",), ("行政事业性收费", _of("levies", "amount"))),
    ),
)
_THREE = ("上一年项目数量", "本年增/减", "处理决定数量")
_BEFORE_CHANGE_DECISIONS = ("before", "change", "decisions")
_TABLE_2_OF_2019 = Table(
    SECTIONS[1],
    (),
    (
        *_block(
            "一",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            ("规章", ["rules.made", "rules.opened", "rules.public"]),
            ("规范性文件", ["norms.made", "norms.opened", "norms.public"]),
        ),
        *_block(
            "五",
            _THREE,
            ("行政许可", _of("permits", *_BEFORE_CHANGE_DECISIONS)),
            ("其他对外管理服务事项", _of("services", *_BEFORE_CHANGE_DECISIONS)),
        ),
        *_block(
            "六",
            _THREE,
            ("行政处罚", _of("penalties", *_BEFORE_CHANGE_DECISIONS)),
            ("行政强制", _of("coercion", *_BEFORE_CHANGE_DECISIONS)),
        ),
        *_block("八", _THREE[:2], ("行政事业性收费", _of("levies", "before", "change"))),
        *_block("九", ("采购项目数量", "采购总金额"), ("政府集中采购", _of("purchases", "items", "amount"))),
    ),
)


def _numbers(row: str) -> Line:
    return tuple(_number(f"requests.{row}.{column}") for column in (*COLUMNS, TOTAL))


def _table_3(rows: Sequence[requests.Row]) -> Table:
    kinds = [kind.term for kind in requests.APPLICANT_KINDS]
    heads = (
        (_text(CORNER, 3, 3), _text("申请人情况", 7)),
        (_text(kinds[0], rows=2), _text("法人或其他组织", 5), _text("总计", rows=2)),
        tuple(_text(kind) for kind in kinds[1:]),
    )
    results = list(_results(rows))
    results[0] = (_text(ROW_DONE, rows=len(rows) + 1), *results[0])
    body = (
        (_text(ROW_NEW, 3), *_numbers(NEW)),
        (_text(ROW_IN, 3), *_numbers(CARRIED_IN)),
        *results,
        (_text(ROW_ALL, 2), *_numbers(DONE)),
        (_text(ROW_OUT, 3), *_numbers(CARRIED_OUT)),
    )
    return Table(SECTIONS[2], heads, body)


def _results(rows: Sequence[requests.Row]) -> Iterator[Line]:
    """Yield the result rows; a group of several spans its rows and has no number of its own."""
    for name, members in groupby(rows, key=lambda row: row.group):
        group = list(members)
        if group[0].term == name:
            yield (_text(name, 2), *_numbers(group[0].code))
            continue
        for place, row in enumerate(group):
            first = () if place else (_text(name, rows=len(group)),)
            yield (*first, _text(row.term), *_numbers(row.code))


_RESULT_TERMS = (*(result.term for result in requests.RESULTS), requests.PENDING.term, "总计")
_TABLE_4 = Table(
    SECTIONS[3],
    (
        (_text("行政复议", 5, 2), _text("行政诉讼", 10)),
        (_text("未经复议直接起诉", 5), _text("复议后起诉", 5)),
        tuple(_text(term) for _track in TRACKS for term in _RESULT_TERMS),
    ),
    (tuple(_number(f"remedies.{track}.{result}") for track in TRACKS for result in (*RESULTS, TOTAL)),),
)


NARRATIVE = {
    "organisation": "一、强化组织领导，扎实推进政务公开",
    "explaining": "二、坚持示范引领，着力加强公开解读回应政策",
    "five_openings": "三、着力推进“五公开”",
    "services": "四、着力提升政务服务工作实效",
    "participation": "五、扩大公众参与",
    "regulation": "六、着力推进政务公开制度化规范化",
}
"""The sections of the narrative form, under the names of the words that fill them."""
WORDS = ("management", "platform", "supervision", "problems", "improvements")


def _names_of_2008(rows: Sequence[requests.Row]) -> Iterator[str]:
    """Yield the figures of requests and remedies under the text of 2008; it knew no kinds of applicants."""
    yield from (f"requests.{row}.{TOTAL}" for row in (NEW, CARRIED_IN, DONE, CARRIED_OUT))
    yield from (f"requests.{row.code}.{TOTAL}" for row in rows)
    yield from (f"remedies.{track}.{result}" for track in TRACKS for result in (*RESULTS, TOTAL))


def _table_of_2008(rows: Sequence[requests.Row]) -> Table:
    """Return the table that reports of the years before 2019 had in the first schema."""
    given = [("收到申请数", NEW), ("上年结转数", CARRIED_IN), *((row.term, row.code) for row in rows)]
    given += [("申请办结数", DONE), ("结转下年度继续办理", CARRIED_OUT)]
    return Table(
        SECTIONS[2],
        ((_text("指标"), _text("数量")),),
        tuple((_text(term), _number(f"requests.{row}.{TOTAL}")) for term, row in given),
    )


_ROWS = {form.version: form.rows for form in requests.FORMS}
FORMS = (
    # AR-FORM-2008
    Form(
        "2008",
        "中华人民共和国政府信息公开条例（2007年国务院令第492号）第三十一、三十二条",
        2008,
        2018,
        tuple(NARRATIVE.values()),
        (),
        tuple(NARRATIVE),
        title=NARRATIVE_TITLE,
    ),
    # AR-FORM-2019
    Form(
        "2019",
        "国办公开办函〔2019〕60号",
        2019,
        2020,
        SECTIONS,
        (_TABLE_2_OF_2019, _table_3(_ROWS["2019"]), _TABLE_4),
        WORDS,
        stated.OF_2019,
    ),
    # AR-FORM-2021
    Form(
        "2021",
        "国办公开办函〔2021〕30号",
        2021,
        None,
        SECTIONS,
        (_TABLE_2_SINCE_2021, _table_3(_ROWS["2021"]), _TABLE_4),
        WORDS,
        stated.SINCE_2021,
    ),
)
FIRST_YEAR = FORMS[0].first
FIRST_FORMS = tuple(
    replace(form, prose=FIRST_PROSE)
    for form in (
        Form(
            "2008",
            "政府信息公开统计表 (2008年条例)",
            2008,
            2018,
            SECTIONS,
            (_table_of_2008(_ROWS["2008"]), _TABLE_4),
            WORDS,
        ),
        *FORMS[1:],
    )
)
"""The forms as reports of the first schema were published in them, for reading those."""


def _named(tables: Sequence[Table]) -> Iterator[str]:
    return (name for table in tables for name in table.figures if not name.startswith("stated."))


def form_of(year: int, among: Sequence[Form] = FORMS) -> Form:
    """Return the form in which a year is reported."""
    return next(form for form in among if form.applies(year))


def counted_names(form: Form) -> tuple[str, ...]:
    """Return the name of every counted figure of a report, in the order of its tables."""
    groups = dict.fromkeys(f"groups.{row.code.partition('.')[0]}" for row in form.rows)
    named: Iterator[str] = _names_of_2008(form.rows) if form.is_narrative else _named(form.tables)
    return tuple(dict.fromkeys((*named, "norms.made", "norms.ended", "norms.valid", *groups, *form.prose)))
