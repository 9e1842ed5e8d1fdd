"""The simulated bureau enters what the operations enter; its years add up in record and log alike."""

from __future__ import annotations

import json

import pytest

from benchmarks import simulated
from sunshine.core.ledger.models import Leaf
from sunshine.lenses.reporting import queries
from sunshine.lenses.reporting.rules import cases, counting, identities, log
from tests import cast
from tests.rooms import reporting_story as story

pytestmark = pytest.mark.django_db


def of_the_log() -> list[log.Line]:
    return [(leaf.index, json.loads(bytes(leaf.data))) for leaf in Leaf.objects.order_by("index")]


def shapes(lines: list[log.Line]) -> dict[str, set[str]]:
    """Return the names of what each kind of public entry says."""
    kinds = (*simulated.ACTS.values(), "receive", "reply", "charge_fee", "record_payment")
    wanted = {f"information_request.{act}" for act in kinds} | {
        "remedy.take_in_ordinary",
        "remedy.take_in_court",
        "remedy.decide_remedy",
    }
    return {str(line["kind"]): set(line) for _index, line in lines if line["kind"] in wanted}


def test_its_public_entries_say_what_the_operations_say() -> None:
    story.two_years(cast.make_cast())
    real = shapes(of_the_log())
    planned = simulated.plan(400, 4)
    made = {
        kind: {*public, "v", "kind", "subject", "at"}
        for each in planned
        for _day, (kind, _subject, public) in simulated.happenings(each)
        if public is not None
    }
    assert {"information_request.receive", "information_request.reply", "remedy.decide_remedy"} <= set(real)
    assert {kind: made[kind] for kind in real} == real


def test_ten_years_of_it_count_alike_in_record_and_log_and_add_up() -> None:
    simulated.write(simulated.plan(600, 10), cast.make_cast())
    told = log.read(of_the_log())
    before = None
    for year in range(2016, 2026):
        made = queries.report(year)
        from_log = cases.of_year(year, told)
        assert (made.of_year.requests, made.of_year.remedies, made.of_year.fees) == (
            from_log.requests,
            from_log.remedies,
            from_log.fees,
        )
        assert all(counting.agrees(made.figure(name)) for name in made.values)
        assert identities.numbers_hold(made.reported, before).reasons == ()
        before = made.reported
    assert told.fees
    assert told.remedies


def test_the_same_seed_gives_the_same_bureau() -> None:
    assert simulated.plan(50, 3) == simulated.plan(50, 3)
    assert simulated.plan(50, 3) != simulated.plan(50, 3, seed=1)
