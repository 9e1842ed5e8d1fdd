"""The same cases read from the public log alone: what anyone with the log can count again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sunshine.kernel import period
from sunshine.lenses.reporting.rules.cases import Cases, FeeCase, RecordCase, RemedyCase, RequestCase

Line = tuple[int, Mapping[str, Any]]
"""An entry of the log: its place and what it says."""

REQUEST, REMEDY, RECORD = "information_request.", "remedy.", "record."


class Reader:
    """Follows the lines of a log in their order and keeps what each case has become."""

    def __init__(self) -> None:
        self._requests: dict[str, RequestCase] = {}
        self._remedies: dict[str, RemedyCase] = {}
        self._fees: dict[str, list[FeeCase]] = {}
        self._records: dict[str, RecordCase] = {}

    def read(self, lines: Iterable[Line]) -> Cases:
        """Return every case of the lines.

        :raises KeyError, ValueError, TypeError: a line does not say what its kind must say
        """
        for index, line in lines:
            kind = str(line["kind"])
            if kind.startswith(REQUEST):
                self._request(index, kind.removeprefix(REQUEST), line)
            elif kind.startswith(REMEDY):
                self._remedy(index, line)
            elif kind.startswith(RECORD):
                self._record(index, kind.removeprefix(RECORD), line)
        fees = (fee for asked in self._fees.values() for fee in asked)
        return Cases(
            tuple(self._requests.values()),
            tuple(self._remedies.values()),
            tuple(fees),
            tuple(self._records.values()),
        )

    def _request(self, index: int, act: str, line: Mapping[str, Any]) -> None:
        reference = str(line["subject"])
        if "received_on" in line:
            self._requests[reference] = RequestCase(
                reference, str(line["applicant"]), str(line["way"]), _day(line["received_on"])
            )
        known = self._requests.get(reference)
        if known is None:
            return
        known = replace(known, entries=(*known.entries, index))
        if act == "admit_excuse":
            known = replace(known, closed_on=None, outcome="", row="")
        elif "row" in line:
            outcome, row = str(line["outcome"]), str(line["row"])
            known = replace(known, closed_on=_day(line["closed_on"]), outcome=outcome, row=row)
        self._requests[reference] = known
        self._fee(index, act, reference, line)

    def _fee(self, index: int, act: str, reference: str, line: Mapping[str, Any]) -> None:
        asked = self._fees.setdefault(reference, []) if act in ("charge_fee", "record_payment") else []
        if act == "charge_fee":
            asked.append(FeeCase(reference, int(line["amount"]), _day(line["notified_on"]), entries=(index,)))
        elif act == "record_payment":
            entries = (*asked[-1].entries, index)
            asked[-1] = replace(asked[-1], paid_on=_day(line["paid_on"]), entries=entries)

    def _remedy(self, index: int, line: Mapping[str, Any]) -> None:
        reference = str(line["subject"])
        if "filed_on" in line:
            self._remedies[reference] = RemedyCase(
                reference,
                str(line["request"]),
                str(line["sort"]),
                bool(line["after_reconsideration"]),
                _day(line["filed_on"]),
                entries=(index,),
            )
        elif "result" in line:
            known = self._remedies[reference]
            decided_on, result = _day(line["decided_on"]), str(line["result"])
            entries = (*known.entries, index)
            self._remedies[reference] = replace(known, decided_on=decided_on, result=result, entries=entries)

    def _record(self, index: int, act: str, line: Mapping[str, Any]) -> None:
        reference = str(line["subject"])
        if act == "published":
            published_on = period.day_of(datetime.fromisoformat(str(line["at"])))
            self._records[reference] = RecordCase(reference, "", published_on, entries=(index,))
        elif act == "withdrawn":
            self._records.pop(reference, None)
        elif reference in self._records:
            known = self._records[reference]
            known = replace(known, entries=(*known.entries, index))
            if act == "repealed":
                known = replace(known, repealed_on=_day(line["on"]))
            self._records[reference] = known


def read(lines: Iterable[Line]) -> Cases:
    """Return every case that the lines of a log tell of; of records only what the log itself says."""
    return Reader().read(lines)


def with_fields(case: RecordCase, fields: Mapping[str, Any]) -> RecordCase:
    """Return a record with what the sealed fields of its newest version say."""
    return replace(
        case,
        kind=str(fields.get("kind", "")),
        formed_on=_maybe_day(fields.get("formed_on")),
        effective_from=_maybe_day(fields.get("effective_from")),
        valid_until=_maybe_day(fields.get("valid_until")),
        repealed_on=case.repealed_on or _maybe_day(fields.get("repealed_on")),
    )


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


def _maybe_day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
