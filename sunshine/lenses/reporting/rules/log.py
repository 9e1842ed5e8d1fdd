"""The same cases read from the public log alone: what anyone with the log can count again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sunshine.kernel import period
from sunshine.lenses.reporting.rules import counting
from sunshine.lenses.reporting.rules.cases import (
    Cases,
    FeeCase,
    ProposalCase,
    RecordCase,
    RemedyCase,
    RequestCase,
    TalkCase,
    Tally,
)
from sunshine.work.proposals import rules as proposals

Line = tuple[int, Mapping[str, Any]]
"""An entry of the log: its place and what it says."""

REQUEST, REMEDY, RECORD = "information_request.", "remedy.", "record."
PROPOSALS = tuple(f"{kind}." for kind in (*sorted(proposals.LED), proposals.OPINION))
PUBLICATION, LETTER = f"{proposals.PUBLICATION}.", "citizen_case."
CALL, GATHERING, DECISION = "comment_call.", "gathering.", "decision."


class Reader:
    """Follows the lines of a log in their order and keeps what each case has become."""

    def __init__(self) -> None:
        self._requests: dict[str, RequestCase] = {}
        self._remedies: dict[str, RemedyCase] = {}
        self._fees: dict[str, list[FeeCase]] = {}
        self._records: dict[str, RecordCase] = {}
        self._proposals: dict[str, ProposalCase] = {}
        self._replies: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._talks: dict[str, TalkCase] = {}
        self._held: set[str] = set()
        self._heard: dict[str, list[int]] = defaultdict(list)
        self._received: dict[str, tuple[int, str]] = {}
        self._replied: dict[str, int] = {}

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
            elif kind.startswith((*PROPOSALS, PUBLICATION)):
                self._proposal(index, kind, line)
            elif kind.startswith(LETTER):
                self._letter(kind.removeprefix(LETTER), line)
            elif kind.startswith((CALL, GATHERING, DECISION)):
                self._talk(index, kind, line)
        fees = (fee for asked in self._fees.values() for fee in asked)
        return Cases(
            tuple(self._requests.values()),
            tuple(self._remedies.values()),
            tuple(fees),
            tuple(self._records.values()),
            tuple(self._told_proposals()),
            tuple(self._told_talks()),
            tuple(self._tallies()),
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

    def _proposal(self, index: int, kind: str, line: Mapping[str, Any]) -> None:
        act = kind.rpartition(".")[2]
        of_reply = kind.startswith(PUBLICATION)
        reference = str(line["proposal"] if of_reply else line["subject"])
        if act == "take_in":
            told = (str(line["session"]), str(line["number"]), str(line["role"]), _day(line["assigned_on"]))
            year = int(line.get("year") or told[-1].year)
            self._proposals[reference] = ProposalCase(reference, year, *told)
        known = self._proposals.get(reference)
        if known is None:  # an opinion that the bureau asked of somebody else
            return
        known = replace(known, entries=(*known.entries, index))
        if line.get("reply") == 1 and "replied_on" in line:
            known = replace(known, closed_on=_day(line["replied_on"]))
        elif "sent_on" in line:
            known = replace(known, closed_on=_day(line["sent_on"]))
        elif act in ("assigner_agrees", "call_off"):
            known = replace(known, returned_on=period.day_of(datetime.fromisoformat(str(line["at"]))))
        elif of_reply and "record" in line:
            self._replies[reference].append((int(line["reply"]), str(line["record"])))
        self._proposals[reference] = known

    def _told_proposals(self) -> Iterator[ProposalCase]:
        """Yield the proposals, each with its first reply that everybody may read."""
        for reference, case in self._proposals.items():
            replies = sorted(self._replies.get(reference, ()))
            record = next((name for _number, name in replies if name in self._records), "")
            day = self._records[record].published_on if record else None
            yield replace(case, record=record, published_on=day)

    def _talk(self, index: int, kind: str, line: Mapping[str, Any]) -> None:
        """Follow a call, a gathering or a decision; what was called off or cancelled does not count."""
        reference, act = str(line["subject"]), kind.rpartition(".")[2]
        day = period.day_of(datetime.fromisoformat(str(line["at"])))
        known = self._talks.get(reference)
        if act in ("open", "announce") or (kind.startswith(DECISION) and act == "publish"):
            sort = {CALL: "call", DECISION: "decision"}.get(kind.removesuffix(act), "")
            sort = sort or str(line.get("sort", ""))
            known = TalkCase(reference, sort, _starts(line) or day, str(line["record"]))
        self._heard[reference].append(index)
        if known is None:
            return
        if act == "change":
            known = replace(known, on=_starts(line) or known.on)
        elif act == "hold":
            self._held.add(reference)
        elif act == "close":
            persons, opinions = int(line["persons"]), int(line["opinions"])
            known = replace(known, closed_on=day, persons=persons, opinions=opinions)
        if act in ("call_off", "cancel"):
            self._talks.pop(reference)
        else:
            self._talks[reference] = known

    def _told_talks(self) -> Iterator[TalkCase]:
        """Yield what counts: with a record that everybody may read; of gatherings only what was held."""
        for case in self._talks.values():
            is_held = case.sort in ("call", "decision") or case.reference in self._held
            if case.record in self._records and case.sort in counting.TALKS and is_held:
                day = self._records[case.record].published_on if case.sort == "decision" else case.on
                yield replace(case, on=day, entries=tuple(self._heard[case.reference]))

    def _letter(self, act: str, line: Mapping[str, Any]) -> None:
        reference = str(line["subject"])
        if "received_on" in line:
            self._received.setdefault(reference, (_day(line["received_on"]).year, str(line["channel"])))
        if act == "take_apart_unregistered":  # it waits to be registered again, and tells then that it came
            self._received.pop(reference, None)
        if act == "send_reply":
            year = period.day_of(datetime.fromisoformat(str(line["at"]))).year
            self._replied.setdefault(reference, year)

    def _tallies(self) -> Iterator[Tally]:
        counted = Counter(("replied", year) for year in self._replied.values())
        for year, channel in self._received.values():
            counted.update([("received", year), (f"received.{channel}", year)])
        return (Tally(f"letters.{name}", year, count) for (name, year), count in counted.items())


def _starts(line: Mapping[str, Any]) -> date | None:
    """Return the day on which a gathering begins, where a line says so."""
    told = line.get("starts_at")
    return period.day_of(datetime.fromisoformat(str(told))) if told else None


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
