"""What must add up before a report may go out, and what only looks strange; each names its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.lenses.reporting.rules import labels
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
from sunshine.lenses.reporting.rules.forms import Form

# 国办公开办函〔2021〕30号 and 〔2019〕60号: the forms and their notes.
BASIS = "国办公开办函〔2021〕30号"
FACTOR = 5
FEW = 10
"""Below so many cases a year, a jump says nothing."""

Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reported:
    """A year's numbers as they stand in its tables; `stated` as typed."""

    year: int
    form: Form
    values: Values
    stated: Mapping[str, str]


def proven(reported: Reported, before: Reported | None) -> Verdict:
    """Return whether the tables hold together; a report that does not is not drafted.

    :param before: the report of the year before as it was published, or its count where there is none
    """
    return all_of((numbers_hold(reported, before), all_cells_are_given(reported)))


def numbers_hold(reported: Reported, before: Reported | None) -> Verdict:
    """Return whether what was counted adds up, whatever an officer has stated yet."""
    return all_of(
        (
            columns_balance(reported),
            results_add_up(reported),
            kinds_add_up(reported),
            carried_over(reported, before),
            remedies_add_up(reported),
        )
    )


def _columns(form: Form) -> tuple[str, ...]:
    return (TOTAL,) if form.version == "2008" else (*COLUMNS, TOTAL)


def _requests(reported: Reported, row: str, column: str) -> int:
    return reported.values[f"requests.{row}.{column}"]


def _differ(rule: str, form: Form, name: str, one: int, other: int, text: str) -> Verdict:
    if one == other:
        return HOLDS
    place = labels.of(form, name)
    return fails(text, basis=f"{rule}: {BASIS}", field=name, place=place, one=one, other=other)


def columns_balance(reported: Reported) -> Verdict:
    """AR-I1: in each column, new and carried in are what was done and is carried on."""

    def check(column: str) -> Verdict:
        came = _requests(reported, NEW, column) + _requests(reported, CARRIED_IN, column)
        went = _requests(reported, DONE, column) + _requests(reported, CARRIED_OUT, column)
        text = _("%(place)s: 一 + 二 is %(one)d, 三（七） + 四 is %(other)d")
        return _differ("AR-I1", reported.form, f"requests.{DONE}.{column}", came, went, text)

    return all_of(check(column) for column in _columns(reported.form))


def results_add_up(reported: Reported) -> Verdict:
    """AR-I2: in each column the rows of results make their total."""

    def check(column: str) -> Verdict:
        rows = sum(_requests(reported, row.code, column) for row in reported.form.rows)
        text = _("%(place)s: the rows make %(one)d, （七）总计 says %(other)d")
        done = _requests(reported, DONE, column)
        return _differ("AR-I2", reported.form, f"requests.{DONE}.{column}", rows, done, text)

    # The form of the text of 2008 has no row for what was withdrawn or merged.
    return all_of(check(column) for column in _columns(reported.form) if reported.form.version != "2008")


def kinds_add_up(reported: Reported) -> Verdict:
    """AR-I3: in each row natural persons and the five kinds of organisation make the total."""

    def check(row: str) -> Verdict:
        kinds = sum(_requests(reported, row, column) for column in COLUMNS)
        text = _("%(place)s: the kinds of applicants make %(one)d, 总计 says %(other)d")
        return _differ(
            "AR-I3", reported.form, f"requests.{row}.{TOTAL}", kinds, _requests(reported, row, TOTAL), text
        )

    if reported.form.version == "2008":
        return HOLDS
    rows = (NEW, CARRIED_IN, *(row.code for row in reported.form.rows), DONE, CARRIED_OUT)
    return all_of(check(row) for row in rows)


def carried_over(reported: Reported, before: Reported | None) -> Verdict:
    """AR-I4: in each column what is carried in is what the year before carried out."""
    if before is None:
        return HOLDS
    columns = [column for column in _columns(reported.form) if column in _columns(before.form)]
    text = _("%(place)s: carried in are %(one)d, the year before carried out %(other)d; correct that openly")
    return all_of(
        _differ(
            "AR-I4",
            reported.form,
            f"requests.{CARRIED_IN}.{column}",
            _requests(reported, CARRIED_IN, column),
            _requests(before, CARRIED_OUT, column),
            text,
        )
        for column in columns
    )


def remedies_add_up(reported: Reported) -> Verdict:
    """AR-I5: in section 四 each total is its four parts."""

    def check(track: str) -> Verdict:
        parts = sum(reported.values[f"remedies.{track}.{result}"] for result in RESULTS)
        total = reported.values[f"remedies.{track}.{TOTAL}"]
        text = _("%(place)s: the results make %(one)d, 总计 says %(other)d")
        return _differ("AR-I5", reported.form, f"remedies.{track}.{TOTAL}", parts, total, text)

    return all_of(check(track) for track in TRACKS)


def all_cells_are_given(reported: Reported) -> Verdict:
    """Zero is written 0, what does not apply says so, and no cell is left empty."""

    def check(name: str, is_sound: bool, value: str) -> Verdict:
        if is_sound:
            return HOLDS
        text = (
            _("%(place)s: “%(value)s” is no number of this cell")
            if value
            else _("%(place)s is empty: write 0, the number, or that it does not apply")
        )
        return fails(text, basis=BASIS, field=name, place=labels.of(reported.form, name), value=value)

    given = ((cell, reported.stated.get(cell.name, "")) for cell in reported.form.stated)
    return all_of(check(cell.name, cell.is_sound(value), value) for cell, value in given)


def strange(reported: Reported, before: Reported | None) -> Verdict:
    """Return what may be right and needs a word: warnings, never a refusal."""
    return all_of(_strange(reported, before))


def _strange(reported: Reported, before: Reported | None) -> Iterator[Verdict]:
    if before is None:
        return
    # AR-I6: what was pending a year ago is decided or still pending now.
    for track in TRACKS:
        waiting = before.values[f"remedies.{track}.pending"]
        now = reported.values[f"remedies.{track}.{TOTAL}"]
        if now < waiting:
            text = _("%(place)s: %(other)d were pending a year ago, only %(one)d are told of now")
            yield _differ("AR-I6", reported.form, f"remedies.{track}.{TOTAL}", now, waiting, text)
    # AR-I7: in force are those of the year before, with what was made and without what ended.
    expected = before.values["norms.valid"] + reported.values["norms.made"] - reported.values["norms.ended"]
    text = _("%(place)s: %(one)d are in force; the year before, made and ended give %(other)d")
    yield _differ("AR-I7", reported.form, "norms.valid", reported.values["norms.valid"], expected, text)
    yield from _jumps(reported, before, (f"requests.{NEW}.{TOTAL}", "records.published", "groups.3"))


def _jumps(reported: Reported, before: Reported, names: Iterable[str]) -> Iterator[Verdict]:
    text = _("%(place)s went from %(other)d to %(one)d within a year; say why")
    for name in names:
        if name not in reported.values or name not in before.values:  # the form of 2008 has other groups
            continue
        now, then = reported.values[name], before.values[name]
        if max(now, then) >= FEW and (now > FACTOR * then or now * FACTOR < then):
            place = labels.of(reported.form, name)
            yield fails(text, basis="own rule", field=name, place=place, one=now, other=then)
