"""A worklist is a walk along an index: the same few questions at twenty matters and at many thousands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunshine.core.matters import operations as matters
from sunshine.core.matters import queries, worklists
from sunshine.core.matters.models import Expectation, Matter
from sunshine.core.matters.operations import expecting
from sunshine.core.people.models import Person
from sunshine.project import inspecting
from sunshine.work.documents import operations as documents
from tests import cast as plays

pytestmark = pytest.mark.django_db
MANY = 3000
MIGRATION = import_module("sunshine.core.matters.migrations.0003_write_down_what_is_expected")
WHOSE = ("waiting", "mine", "department", "resting")


IS_POSTGRES = connection.vendor == "postgresql"


def fill(cast: plays.Cast, count: int, *, stage: str = "at_office", first: int = 0) -> list[Matter]:
    """Write open documents in a stage, each due an hour after the one before."""
    is_under_way = stage != "published"
    made = Matter.objects.bulk_create(
        Matter(
            reference=f"F-{place}",
            kind="document",
            procedure_version="2008",
            stage=stage,
            title=f"第{place}件",
            department=cast.department,
            officer=cast.drafter,
            opened_at=plays.MONDAY,
            next_due_at=plays.MONDAY + timedelta(hours=place) if is_under_way else None,
            is_under_way=is_under_way,
        )
        for place in range(first, first + count)
    )
    Expectation.objects.bulk_create(row for matter in made for row in expecting.rows(matter, ()))
    return made


def asked(person: Person, whose: str) -> tuple[list[str], Sequence[dict[str, str]]]:
    """Return the references of a worklist's first page, and what was asked for them."""
    with CaptureQueriesContext(connection) as captured:
        page = worklists.of(person, at=plays.MONDAY, whose=whose)[:50]
    return [matter.reference for matter in page], captured.captured_queries


def plans_of(told: Sequence[dict[str, str]]) -> str:
    """Return how the database answers the questions about matters."""
    about = [each["sql"] for each in told if "matters_" in each["sql"]]
    plans = []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for sql in about:
            cursor.execute(
                f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {sql}"
            )
            plans += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(plans)


def test_as_many_questions_are_asked_of_many_matters_as_of_few():
    cast = plays.make_cast()
    fill(cast, 20)
    fill(cast, 20, stage="published", first=100)
    few = {whose: len(asked(cast.drafter, whose)[1]) for whose in WHOSE}
    few["clerk"] = len(asked(cast.clerk, "waiting")[1])
    fill(cast, MANY, first=1000)
    fill(cast, MANY, stage="published", first=100_000)
    many = {whose: len(asked(cast.drafter, whose)[1]) for whose in WHOSE}
    many["clerk"] = len(asked(cast.clerk, "waiting")[1])
    assert few == many
    assert max(many.values()) <= 6


def test_every_worklist_walks_along_its_index():
    cast = plays.make_cast()
    fill(cast, MANY)
    fill(cast, MANY, stage="drafting", first=50_000)
    fill(cast, MANY, stage="published", first=100_000)
    index = {"waiting": "expected_by_due", "mine": "work_by_officer"}
    for whose in WHOSE:
        person = cast.clerk if whose == "waiting" else cast.drafter
        _page, told = asked(person, whose)
        plan = plans_of(told)
        # PostgreSQL chooses among the indexes by its statistics; here everything is one officer's.
        known = (index.get(whose, "work_by_department"), *(("open_by_due",) if IS_POSTGRES else ()))
        assert any(name in plan for name in known), plan
        assert not re.search(r"Seq Scan on matters_|SCAN matters_\w+\b(?! USING)", plan), plan


def test_what_is_late_stands_first_and_what_is_never_due_last():
    cast = plays.make_cast()
    late, later = fill(cast, 2)
    never = fill(cast, 1, first=10)[0]
    Matter.objects.filter(pk=never.pk).update(next_due_at=None)
    Expectation.objects.filter(matter=never).update(due_at=None)
    wanted = [late.reference, later.reference, never.reference]
    assert asked(cast.clerk, "waiting")[0] == wanted
    assert asked(cast.drafter, "mine")[0] == wanted


def test_of_a_long_worklist_a_thousand_can_be_paged_through_and_it_says_so():
    cast = plays.make_cast()
    fill(cast, worklists.MOST + 1)
    found = worklists.of(cast.clerk, at=plays.MONDAY)
    assert (found.is_cut, len(found), len(found[990:1040])) == (True, worklists.MOST, 10)
    assert not worklists.of(cast.clerk, at=plays.MONDAY, words="第7件").is_cut


def test_words_and_a_stage_find_also_what_rests():
    cast = plays.make_cast()
    fill(cast, 3)
    fill(cast, 3, stage="published", first=10)
    at = plays.MONDAY
    assert [each.stage for each in worklists.of(cast.drafter, at=at, whose="mine", words="第11件")] == [
        "published"
    ]
    assert len(worklists.of(cast.drafter, at=at, whose="department", stage="published")) == 3
    assert len(worklists.of(cast.drafter, at=at, whose="department")) == 3
    assert len(worklists.of(cast.drafter, at=at, whose="resting")) == 3


def test_what_stands_wrong_beside_a_matter_is_counted_and_mended():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office")
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 0
    Expectation.objects.filter(matter=document.matter).delete()
    assert not len(worklists.of(cast.clerk, at=plays.MONDAY))
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 1
    assert [each.pk for each in worklists.of(cast.clerk, at=plays.MONDAY)] == [document.matter_id]
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 0


def test_an_act_done_while_worklists_are_looked_at_is_no_mistake(monkeypatch: pytest.MonkeyPatch):
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office")
    asked, later = queries.next_due_at, plays.MONDAY + timedelta(hours=3)

    def meanwhile(matter: Matter, *, now: datetime) -> datetime | None:
        """Ask when a matter is due, read before the office accepts it."""
        monkeypatch.setattr(queries, "next_due_at", asked)
        documents.accept(document.matter_id, actor=cast.clerk, at=later)
        return asked(matter, now=now)

    monkeypatch.setattr(queries, "next_due_at", meanwhile)
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 0
    assert "document.accept.2008" not in set(Expectation.objects.values_list("act", flat=True))
    assert Expectation.objects.filter(matter=document.matter).exists()
    assert matters.rebuild_due_moments(now=later) == 0


def test_nothing_stays_expected_on_a_matter_that_is_closed():
    cast = plays.make_cast()
    document = plays.make_document(cast, upto="at_office")
    Matter.objects.filter(pk=document.matter_id).update(closed_at=plays.MONDAY)
    assert len(worklists.of(cast.clerk, at=plays.MONDAY))
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 1
    assert not len(worklists.of(cast.clerk, at=plays.MONDAY))
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 0


def forget_what_is_expected() -> None:
    """Leave the tables as an installation from before has them."""
    Expectation.objects.all().delete()
    Matter.objects.update(is_under_way=False)


def test_an_installation_from_before_gets_written_down_what_its_matters_wait_for(
    monkeypatch: pytest.MonkeyPatch,
):
    cast = plays.make_cast()
    for stage in ("in_review", "at_office", "published"):
        plays.make_document(cast, upto=stage)
    kept = Expectation.objects.count()
    forget_what_is_expected()
    monkeypatch.setattr(MIGRATION, "BATCH", 2)
    MIGRATION.write_down(apps, None)
    MIGRATION.write_down(apps, None)  # as after one that was cut off
    assert Expectation.objects.count() == kept > 0
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 0
    assert not MIGRATION.Migration.atomic


def test_a_matter_of_a_procedure_that_is_no_more_does_not_stop_what_is_written_down_of_others():
    cast = plays.make_cast()
    retired, kept, unknown = (plays.make_document(cast, upto="at_office").matter_id for _each in range(3))
    forget_what_is_expected()
    Matter.objects.filter(pk=retired).update(procedure_version="1949")
    Matter.objects.filter(pk=unknown).update(stage="no more")
    MIGRATION.write_down(apps, None)
    assert set(Expectation.objects.values_list("matter_id", flat=True)) == {kept}
    assert list(Matter.objects.filter(is_under_way=True).values_list("pk", flat=True)) == [kept]


def test_a_matter_of_a_procedure_that_is_no_more_is_named_and_stops_nothing():
    cast = plays.make_cast()
    retired, kept, unknown = (plays.make_document(cast, upto="at_office").matter for _each in range(3))
    assert [each.tone for each in inspecting._procedures(plays.MONDAY)] == ["good"]
    Matter.objects.filter(pk=retired.pk).update(procedure_version="1949")
    Matter.objects.filter(pk=unknown.pk).update(stage="no more")
    Matter.objects.filter(pk=kept.pk).update(next_due_at=plays.MONDAY)
    said = list(inspecting._procedures(plays.MONDAY))
    assert {each.tone for each in said} == {"fault"}
    assert [each.sentence.split()[0] for each in said] == [retired.reference, unknown.reference]
    assert matters.rebuild_due_moments(now=plays.MONDAY) == 1


def test_no_more_is_asked_for_many_matters_than_for_few_when_they_are_written_down():
    cast = plays.make_cast()
    counts = []
    for many in (5, 500):
        fill(cast, many, first=many * 10)
        forget_what_is_expected()
        with CaptureQueriesContext(connection) as captured:
            MIGRATION.write_down(apps, None)
        counts.append(sum(each["sql"].startswith(("SELECT", "UPDATE")) for each in captured.captured_queries))
    assert counts[0] == counts[1] < 10
