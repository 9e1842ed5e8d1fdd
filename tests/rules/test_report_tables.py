"""The yearly report without a database: headings, counting, carrying over, what must add up, the words."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sunshine.lenses.reporting.rendering import markup
from sunshine.lenses.reporting.rules import (
    cases,
    counting,
    forms,
    identities,
    labels,
    log,
    narrative,
    prose,
    report,
)
from sunshine.lenses.reporting.rules.cases import Cases, FeeCase, Pin, RecordCase, RemedyCase, RequestCase
from sunshine.lenses.reporting.rules.prose import Words
from sunshine.lenses.reporting.rules.report import Report
from sunshine.work.requests import rules as requests

KINDS = [kind.code for kind in requests.APPLICANT_KINDS]
OUTCOMES = [outcome.code for outcome in requests.OUTCOMES]
PIN = Pin("example.org/log", 40, "ab" * 32)
WORDS = Words(problems="公开内容的检索还不够方便。", improvements="完善检索，及时更新目录。")


def year_of(year: int, some: Cases, **stated: str) -> Report:
    """Return the report of a year with every stated cell given."""
    given = {cell.name: "0" for cell in forms.form_of(year).stated}
    return Report("某市城市管理局", year, PIN, cases.of_year(year, some), given | stated, WORDS)


def invented(seed: int, *, years: range, count: int) -> Cases:
    """Return requests of some years with every class, many of them carried over one new year or two."""
    chance = random.Random(seed)  # noqa: S311  # the same years at every run
    made = []
    for number in range(count):
        received_on = date(chance.choice(years), 1, 1) + timedelta(days=chance.randrange(365))
        closed_on = received_on + timedelta(days=chance.choice((0, 5, 20, 30, 90, 400)))
        outcome = chance.choice(OUTCOMES)
        reference, kind = f"S{received_on.year}-{number:05d}", chance.choice(KINDS)
        case = RequestCase(reference, kind, "web", received_on)
        if chance.random() < 0.9:
            row = requests.row_of(outcome, closed_on)
            case = replace(case, closed_on=closed_on, outcome=outcome, row=row)
        made.append(case)
    return Cases(requests=tuple(made))


def texts(table: forms.Table) -> list[str]:
    return [cell.text for line in (*table.heads, *table.body) for cell in line if cell.text]


# What the national form of 2021 says, copied from two real reports (rulebook 2.4 and 4.4), not from the code.
RESULTS_2021 = [
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
]


def test_table_three_of_2021_is_exact_to_the_character() -> None:
    said = texts(forms.form_of(2021).tables[1])
    assert said == [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "申请人情况",
        "自然人",
        "法人或其他组织",
        "总计",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        *RESULTS_2021,
        "四、结转下年度继续办理",
    ]


def test_the_form_of_2019_has_its_sixth_group_as_one_row() -> None:
    rows = [row.term for row in forms.form_of(2020).rows]
    assert len(rows) == 19
    assert rows[-1] == "（六）其他处理"
    assert len(forms.form_of(2021).rows) == 21
    assert {year: forms.form_of(year).version for year in (2019, 2020, 2021, 2018)} == {
        2019: "2019",
        2020: "2019",
        2021: "2021",
        2018: "2008",
    }


def test_table_two_of_each_form_has_its_own_columns() -> None:
    since = texts(forms.form_of(2021).tables[0])
    assert since == [
        "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章",
        "行政规范性文件",
        "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可",
        "第二十条第（六）项", "信息内容", "本年处理决定数量", "行政处罚", "行政强制",
        "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费",
    ]  # fmt: skip
    before = texts(forms.form_of(2019).tables[0])
    assert before[:7] == [
        "第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量", "规章",
        "规范性文件",
    ]  # fmt: skip
    assert before[-5:] == ["第二十条第（九）项", "信息内容", "采购项目数量", "采购总金额", "政府集中采购"]


def test_table_four_has_fifteen_numbers_under_its_three_heads() -> None:
    table = forms.form_of(2023).tables[2]
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert texts(table) == ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *five, *five, *five]
    assert len(list(table.figures)) == 15


@pytest.mark.parametrize("year", [2018, 2020, 2023])
def test_every_table_is_a_full_grid(year: int) -> None:
    for table in forms.form_of(year).tables:
        lines = (*table.heads, *table.body)
        width = sum(cell.columns for cell in lines[0])
        assert sum(cell.columns * cell.rows for line in lines for cell in line) == width * len(lines)


@pytest.mark.parametrize("seed", range(20))
def test_in_ten_years_of_random_requests_every_figure_is_its_list_and_all_adds_up(seed: int) -> None:
    some = invented(seed, years=range(2017, 2027), count=400)
    before = None
    for year in range(2017, 2027):
        made = year_of(year, some)
        assert all(counting.agrees(made.figure(name)) for name in made.values)
        assert identities.proven(made.reported, before).reasons == ()
        identities.strange(made.reported, before)  # warns, whatever the two years' forms have
        before = made.reported


def test_a_request_counts_where_it_was_received_and_where_it_was_answered() -> None:
    one = RequestCase(
        "S2022-00001", "business", "web", date(2022, 12, 30), date(2024, 1, 5), "disclosed", "1"
    )
    some = Cases(requests=(one,))
    rows = {
        year: {name for name, value in year_of(year, some).values.items() if value and ".business" in name}
        for year in (2021, 2022, 2023, 2024, 2025)
    }
    assert rows == {
        2021: set(),
        2022: {"requests.new.business", "requests.carried_out.business"},
        2023: {"requests.carried_in.business", "requests.carried_out.business"},
        2024: {"requests.carried_in.business", "requests.1.business", "requests.done.business"},
        2025: set(),
    }


def test_changing_one_class_changes_two_cells_a_column_and_breaks_nothing() -> None:
    some = invented(3, years=range(2023, 2024), count=200)
    place = next(place for place, each in enumerate(some.requests) if each.row == "1")
    changed = replace(some.requests[place], outcome="not_held", row="4.1")
    other = Cases(requests=(*some.requests[:place], changed, *some.requests[place + 1 :]))
    one, two = year_of(2023, some), year_of(2023, other)
    kind = changed.applicant
    assert [each.name for each in report.differences(two, one)] == [
        f"requests.1.{kind}", "requests.1.total", f"requests.4.1.{kind}", "requests.4.1.total",
        "groups.1", "groups.4",
    ]  # fmt: skip
    assert identities.proven(two.reported, None).holds


PLANTED = (
    ("AR-I1", "requests.done.business", {"requests.carried_out.business": 9}),
    ("AR-I2", "requests.done.total", {"requests.4.1.total": 99}),
    ("AR-I3", "requests.3.4.total", {"requests.3.4.research": 77}),
    ("AR-I5", "remedies.reconsideration.total", {"remedies.reconsideration.pending": 5}),
)


@pytest.mark.parametrize(("rule", "place", "wrong"), PLANTED)
def test_a_planted_slip_is_named_with_its_rule_and_cell(rule: str, place: str, wrong: dict[str, int]) -> None:
    made = year_of(2023, invented(1, years=range(2022, 2024), count=300))
    slipped = replace(made.reported, values={**made.values, **wrong})
    named = {
        (reason.basis.partition(":")[0], reason.field) for reason in identities.proven(slipped, None).reasons
    }
    assert (rule, place) in named


def test_what_is_carried_in_must_be_what_the_year_before_carried_out() -> None:
    some = invented(5, years=range(2021, 2024), count=300)
    before = year_of(2022, some).reported
    wrong = replace(before, values={**before.values, "requests.carried_out.research": 50})
    reasons = identities.proven(year_of(2023, some).reported, wrong).reasons
    assert [(reason.basis.partition(":")[0], reason.field) for reason in reasons] == [
        ("AR-I4", "requests.carried_in.research")
    ]


@pytest.mark.parametrize(
    ("value", "is_sound"),
    [
        ("0", True),
        ("12", True),
        ("不适用", True),
        ("", False),
        ("—", False),
        ("-1", False),
        ("007", False),
        ("无", False),
    ],
)
def test_zero_empty_and_not_applicable_are_three_things(value: str, is_sound: bool) -> None:
    made = year_of(2023, Cases(), **{"stated.permits.decisions": value})
    assert identities.all_cells_are_given(made.reported).holds is is_sound
    assert made.said("stated.permits.decisions") == value
    assert made.said("rules.made") == "0"


def test_a_document_that_lapses_counts_as_ended_in_the_year_after_its_last_day() -> None:
    last_day = RecordCase("2020-1", "normative_document", date(2020, 3, 1), valid_until=date(2022, 12, 31))
    repealed = RecordCase("2020-2", "normative_document", date(2020, 3, 1), repealed_on=date(2022, 12, 31))
    some = Cases(records=(last_day, repealed))
    told = {
        year: [year_of(year, some).values[f"norms.{name}"] for name in ("made", "ended", "valid")]
        for year in (2020, 2021, 2022, 2023)
    }
    assert told == {2020: [2, 0, 2], 2021: [0, 0, 2], 2022: [0, 1, 1], 2023: [0, 1, 0]}


def test_money_is_the_sum_of_its_list_and_counts_when_it_was_paid() -> None:
    fee = FeeCase("S2022-00009", 2400, date(2022, 12, 20), date(2023, 1, 4))
    years = {year: year_of(year, Cases(fees=(fee,))) for year in (2022, 2023)}
    assert [years[2022].values[f"fees.{name}"] for name in ("notices", "asked", "received")] == [1, 2400, 0]
    assert [years[2023].values[f"fees.{name}"] for name in ("notices", "asked", "received")] == [0, 0, 2400]


def test_a_lawsuit_counts_by_whether_a_reconsideration_came_before() -> None:
    some = Cases(
        remedies=(
            RemedyCase("F1", "S1", "reconsideration", False, date(2023, 2, 1), date(2023, 4, 1), "upheld"),
            RemedyCase("F2", "S1", "lawsuit", True, date(2023, 5, 1)),
            RemedyCase("F3", "S2", "lawsuit", False, date(2022, 5, 1), date(2023, 1, 3), "corrected"),
        )
    )
    values = year_of(2023, some).values
    counted = {name: value for name, value in values.items() if name.startswith("remedies.") and value}
    assert counted == {
        "remedies.reconsideration.upheld": 1, "remedies.reconsideration.total": 1,
        "remedies.lawsuit_direct.corrected": 1, "remedies.lawsuit_direct.total": 1,
        "remedies.lawsuit_after.pending": 1, "remedies.lawsuit_after.total": 1,
    }  # fmt: skip


@pytest.mark.parametrize("year", [2018, 2020, 2023])
def test_every_number_of_the_page_leads_to_its_figure(year: int) -> None:
    made = year_of(year, invented(2, years=range(year - 1, year + 1), count=120))
    if made.form.is_narrative:
        made = replace(made, words=Words(**narrative.drafted(year, made.values, ())))
    body = markup.body(made)
    assert prose.agrees(body, made.quoted, year).reasons == ()
    assert len(list(prose.references(body))) > 20


def test_a_number_typed_into_the_prose_is_found_out() -> None:
    made = replace(
        year_of(2023, Cases()), words=replace(WORDS, supervision="全年组织培训16次，2023年3月起实行。")
    )
    said = [str(reason) for reason in prose.agrees(markup.body(made), made.quoted, 2023).reasons]
    assert len(said) == 1
    assert "16" in said[0]


def test_a_figure_whose_number_was_edited_is_found_out() -> None:
    made = year_of(2023, invented(2, years=range(2023, 2024), count=50))
    edited = markup.body(made).replace('requests.new.total/">50<', 'requests.new.total/">51<', 1)
    assert [reason.field for reason in prose.agrees(edited, made.quoted, 2023).reasons] == [
        "requests.new.total"
    ]


def test_the_machine_readable_file_tells_the_whole_report() -> None:
    made = year_of(2023, invented(4, years=range(2022, 2024), count=80))
    again = report.from_json(report.to_json(made))
    assert again == made
    assert again.values == made.values
    with pytest.raises(report.NotAReport):
        report.from_json({**report.to_json(made), "cases": {"requests": [{}]}})


def test_every_figure_of_every_form_has_a_name_for_people() -> None:
    for form in forms.FORMS:
        names = (*forms.counted_names(form), *(cell.name for cell in form.stated))
        assert [name for name in names if labels.of(form, name) == name] == []


def test_the_log_tells_a_request_that_was_excused_and_answered_anew() -> None:
    def line(index: int, act: str, **facts: object) -> log.Line:
        return index, {"kind": f"information_request.{act}", "subject": "S1", **facts}

    lines = [
        line(3, "receive", received_on="2023-12-20", way="fax", applicant="research"),
        line(4, "lapse", outcome="lapsed", row="6.1", closed_on="2024-02-01"),
        line(7, "admit_excuse"),
        line(9, "reply", outcome="disclosed", row="1", closed_on="2024-03-01"),
        line(12, "reply", outcome="partial", anew=True, closed_on="2024-09-01"),
    ]
    (told,) = log.read(lines).requests
    assert told == RequestCase(
        "S1", "research", "fax", date(2023, 12, 20), date(2024, 3, 1), "disclosed", "1", (3, 4, 7, 9, 12)
    )


def test_the_report_is_due_a_month_after_the_year_since_the_text_of_2019() -> None:
    assert [prose.due_on(year) for year in (2018, 2019, 2025)] == [
        date(2019, 3, 31), date(2020, 1, 31), date(2026, 1, 31)
    ]  # fmt: skip
