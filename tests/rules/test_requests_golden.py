"""A thousand clock cases counted by a script that shares no code with the engine, compared to the day."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from sunshine.kernel import calendar, explanation
from sunshine.kernel.period import SHANGHAI
from sunshine.work.requests import rules
from tests.rules import golden_requests
from tests.rules.requests_play import Play

CASES: list[dict[str, Any]] = json.loads(golden_requests.FILE.read_text("ascii"))
PARTY = {"sort": "third_party", "answer": "consents", "received_on": None}


def played(case: dict[str, Any]) -> Play:
    """Play the story of a case through the procedure's table."""
    day = {name: date.fromisoformat(case[name]) for name in case if name.endswith("_on")}
    procedure = rules.REQUEST_2019 if case["version"] == "2019" else rules.REQUEST_2008
    play = Play(procedure, way="counter", arrived_on=day["received_on"], received_on=day["received_on"])
    play.do("receive", day["received_on"], received_on=day["received_on"])
    if "asked_on" in day:
        play.do("ask_to_complete", day["asked_on"], what="哪一年", notified_on=day["asked_on"])
        play.do("complete", day["completed_on"], text="2017年", completed_on=day["completed_on"])
    else:
        play.do("assign", day["received_on"], department=1)
    if "charged_on" in day:
        charged = day["charged_on"]
        play.do("charge_fee", charged, scale="page", quantity=100, notified_on=charged)
        play.do("record_payment", day["paid_on"], paid_on=day["paid_on"])
    for sent, back in case["pauses"]:
        began, ended = date.fromisoformat(sent), date.fromisoformat(back)
        play.matter["consultations"] = ({"id": 1, "answer": "", "sort": "third_party"},)
        play.do("consult_third_party", began, party="x", about="x", sent_on=began)
        play.do("third_party_received", ended, consultation=1, received_on=ended)
        play.matter["consultations"] = ({"id": 1, "answer": "consents", "sort": "third_party"},)
        play.do("conclude_consultation", ended, ended_on=ended)
    if "extended_on" in day:
        play.do("propose_extension", day["extended_on"], who=1, reason="量大")
        play.do("extend", day["extended_on"], who=2, reason="量大")
    return play


def test_there_are_a_thousand_cases_and_the_committed_ones_are_those_of_the_script() -> None:
    fresh = json.loads(json.dumps(golden_requests.cases(), default=str))
    assert len(CASES) == 1000
    assert fresh == CASES
    years = {case["received_on"][:4] for case in CASES}
    assert years == {str(year) for year in range(2008, 2028)}
    assert {case["version"] for case in CASES} == {"2008", "2019"}


@pytest.mark.parametrize("hundred", range(10))
def test_every_golden_case_agrees_to_the_day_with_its_explanation(hundred: int) -> None:
    wrong = [case["number"] for case in CASES[hundred * 100 : hundred * 100 + 100] if disagreements(case)]
    assert wrong == [], [disagreements(CASES[number]) for number in wrong[:3]]


def disagreements(case: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return where the engine and the script differ: name -> (engine, script)."""
    play = played(case)
    due_on = date.fromisoformat(case["due_on"])
    reading = play.reading("reply", datetime.combine(due_on, time(16), SHANGHAI))
    told = explanation.as_json(reading)
    days = [day for day in reading.days if day.date <= due_on]
    runs = explanation.arithmetic(reading)
    found = {
        "due_on": told["due_on"],
        "total": told["total"],
        "started_on": str(told["started_at"])[:10],
        "paused_days": [str(d.date) for d in days if d.paused and d.kind in calendar.AT_WORK],
        "swapped": [str(phrase.params["date"]) for phrase in runs if "swapped" in phrase.text],
        "days_off": [
            str(d.date) for d in days if d.kind is calendar.DayKind.HOLIDAY and d.date.weekday() < 5
        ],
        "counted": str([d.date for d in days if d.counted][-1]),
        "is_told": all(_is_told(day, runs) for day in case["days_off"]),
        "in_time": reading.met is None and not reading.overdue,
        "provisional": reading.provisional,
    }
    expected = {
        **{name: case[name] for name in ("due_on", "total", "paused_days", "swapped", "days_off")},
        "started_on": case["started_on"],
        "counted": case["counted"],
        "is_told": True,
        "in_time": True,
        "provisional": case["due_on"] >= "2026-12-29",
    }
    return {name: (found[name], value) for name, value in expected.items() if found[name] != value}


def _is_told(day: str, runs: explanation.Message) -> bool:
    """Say whether the arithmetic in words names a day off, alone or within a run."""
    return any(
        str(phrase.params.get("first", phrase.params.get("date"))) <= day
        and day <= str(phrase.params.get("last", phrase.params.get("date")))
        for phrase in runs
    )


def test_a_planted_wrong_day_is_seen() -> None:
    moved = {**CASES[0], "due_on": "2019-07-11"}
    assert "due_on" in disagreements(moved)
