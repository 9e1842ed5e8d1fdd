"""Every due date explains itself: in a sentence, in its arithmetic, with its rules, and as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunshine.kernel import calendar, clock, explanation, period
from sunshine.kernel.clock import DROP, EXTEND, PAUSE, RESTART, RESUME, START, STOP, Clock, Event
from sunshine.kernel.period import CALENDAR_DAYS, HOURS, MONTHS, WORKING_DAYS, Period
from tools import law

CALENDAR = calendar.bundled()
TWENTY = Period(20, WORKING_DAYS, "FOI 2019 art. 33", id="FOI-20WD", starts="received")
REPLY = Clock("reply", TWENTY)
MONTH = Clock("suggestion", Period(1, MONTHS, "an article"))
DAYS_30 = Clock("comment", Period(30, CALENDAR_DAYS, "国务院令第713号 art. 15"))
FIVE_HOURS = Clock("statement", Period(5, HOURS, "国办发〔2016〕80号"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=period.SHANGHAI)


def read(which: Clock, *events: Event, now: str) -> clock.Reading:
    return clock.read(which, events, calendar=CALENDAR, now=at(now))


def said(reading: clock.Reading) -> str:
    return explanation.in_english(explanation.sentence(reading))


RECEIVED = Event(START, at("2026-02-13T16:50"))


@pytest.mark.parametrize(
    ("events", "now", "sentence"),
    [
        ([], "2026-03-02T10:00", "Not started"),
        ([RECEIVED], "2026-03-02T10:00", "Working day 7 of 20; due 2026-03-19 at 24:00"),
        (
            [RECEIVED, Event(PAUSE, at("2026-03-02T10:00"), "补正")],
            "2026-03-05T09:00",
            (
                "Working day 7 of 20; paused since 2026-03-02 for 补正; "
                "if resumed today, due 2026-03-24 at 24:00"
            ),
        ),
        (
            [RECEIVED, Event(PAUSE, at("2026-03-02T10:00")), Event(RESUME, at("2026-03-05T10:00"))],
            "2026-03-05T11:00",
            "Working day 7 of 20; working days paused: 3; due 2026-03-24 at 24:00",
        ),
        (
            [RECEIVED, Event(EXTEND, at("2026-03-10T09:00"), "", TWENTY)],
            "2026-03-10T11:00",
            "Working day 13 of 40; working days added: 20; due 2026-04-17 at 24:00",
        ),
        (
            [RECEIVED, Event(RESTART, at("2026-03-02T10:00"))],
            "2026-03-03T09:00",
            "started anew on 2026-03-02; Working day 1 of 20; due 2026-03-30 at 24:00",
        ),
        (
            [RECEIVED, Event(STOP, at("2026-03-05T10:00"))],
            "2026-06-05T10:00",
            "Done on working day 10 of 20; due 2026-03-19 at 24:00; in time",
        ),
        (
            [RECEIVED, Event(RESTART, at("2026-03-02T10:00")), Event(STOP, at("2026-03-02T15:00"))],
            "2026-06-05T10:00",
            (
                "started anew on 2026-03-02; Done before the first of 20 working days; "
                "due 2026-03-30 at 24:00; in time"
            ),
        ),
        (
            [RECEIVED, Event(STOP, at("2026-03-24T10:00"))],
            "2026-06-05T10:00",
            "Done on working day 23 of 20; due 2026-03-19 at 24:00; late; working days late: 3",
        ),
        (
            [RECEIVED, Event(DROP, at("2026-03-05T10:00"))],
            "2026-06-05T10:00",
            "Working day 10 of 20; due 2026-03-19 at 24:00; no longer asked for",
        ),
        (
            [RECEIVED, Event(PAUSE, at("2026-03-20T10:00"))],
            "2026-03-20T11:00",
            (
                "Working day 21 of 20; due 2026-03-19 at 24:00; overdue; working days late: 1; "
                "the pause of 2026-03-20 came after the period had ended and changes nothing"
            ),
        ),
    ],
)
def test_a_clock_says_in_one_sentence_where_it_stands(events, now, sentence):
    assert said(read(REPLY, *events, now=now)) == sentence


def test_an_hour_clock_says_the_minute():
    reading = read(FIVE_HOURS, Event(START, at("2026-02-16T23:30")), now="2026-02-17T02:00")
    assert said(reading) == "2.5 of 5 hours; due 2026-02-17 at 04:30"


def test_the_arithmetic_names_what_a_plain_count_would_miss():
    reading = read(REPLY, RECEIVED, now="2026-03-02T10:00")
    assert explanation.in_english(explanation.arithmetic(reading)) == (
        "not counted: days off 2026-02-15 to 2026-02-23; "
        "counted: 2026-02-14, a rest day swapped into a working day; "
        "counted: 2026-02-28, a rest day swapped into a working day"
    )


@pytest.mark.parametrize(
    ("which", "start", "arithmetic"),
    [
        (
            MONTH,
            "2026-09-01T09:00",
            "the last day falls on 2026-10-01, a day off, and rolls on to 2026-10-08",
        ),
        (DAYS_30, "2026-03-02T09:00", ""),
        (FIVE_HOURS, "2026-03-02T09:00", ""),
    ],
)
def test_a_last_day_that_rolls_says_so(which, start, arithmetic):
    reading = read(which, Event(START, at(start)), now=start)
    assert explanation.in_english(explanation.arithmetic(reading)) == arithmetic


def test_a_date_that_may_still_move_says_why():
    reading = read(REPLY, Event(START, at("2026-12-14T10:00")), now="2026-12-15T10:00")
    assert "the days off of 2027 are not announced yet, so this date may still move" in said(reading)
    assert explanation.provisional_because(read(REPLY, RECEIVED, now="2026-03-02T10:00")) == ()


@pytest.mark.parametrize(
    ("which", "names"),
    [
        (REPLY, ("CAL-DAY1", "CAL-END", "CAL-WD")),
        (DAYS_30, ("CAL-DAY1", "CAL-END", "CAL-ROLL")),
        (MONTH, ("CAL-DAY1", "CAL-END", "CAL-ROLL", "CAL-MONTH")),
        (FIVE_HOURS, ("CAL-HOUR",)),
    ],
)
def test_a_due_date_names_the_counting_rules_it_rests_on(which, names):
    assert explanation.rules(read(which, RECEIVED, now="2026-03-02T10:00")) == names


def test_every_counting_rule_named_to_readers_stands_in_the_law_table():
    assert set(explanation.RULES) <= {row.id for row in law.listed()}


def test_the_json_holds_the_whole_reading_and_every_day():
    reading = read(REPLY, RECEIVED, now="2026-03-02T10:00")
    told = json.loads(json.dumps(explanation.as_json(reading)))
    assert told["due_at"] == "2026-03-20T00:00:00+08:00"
    assert told["period"]["id"] == "FOI-20WD"
    assert told["days"][0] == {
        "date": "2026-02-13",
        "kind": "working",
        "counted": False,
        "number": None,
        "paused": False,
        "extension": False,
        "today": False,
        "due": False,
        "provisional": False,
    }
    assert [day["date"] for day in told["days"] if day["due"]] == ["2026-03-19"]
    assert told["calendar"] == [
        {"year": 2026, "source": "国务院办公厅年度节假日安排通知", "known_from": "2025-11-04"}
    ]


def test_a_door_puts_the_phrases_into_its_own_words():
    reading = read(REPLY, RECEIVED, now="2026-03-02T10:00")
    told = explanation.as_json(reading, say=lambda message: f"{len(message)} phrases")
    assert (told["sentence"], told["arithmetic"]) == ("2 phrases", "3 phrases")


@given(
    which=st.sampled_from([REPLY, MONTH, DAYS_30, FIVE_HOURS]),
    start=st.dates(date(2018, 1, 1), date(2026, 11, 30)),
    later=st.integers(0, 400),
)
def test_every_reading_can_be_explained(which, start, later):
    begin = datetime(start.year, start.month, start.day, 9, tzinfo=period.SHANGHAI)
    reading = clock.read(
        which, [Event(START, begin)], calendar=CALENDAR, now=begin + timedelta(hours=later * 7)
    )
    sentence = said(reading)
    assert "%" not in sentence
    assert str(reading.due_on) in sentence
    assert json.dumps(explanation.as_json(reading))
