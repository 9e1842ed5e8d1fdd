"""Crashes while publishing: at every single write, and by SIGKILL at any moment."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Attachment, Record, Revision
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.rules import ReviewKind
from sunshine.work.documents import operations as documents
from tests import cast as plays
from tests.cast import MONDAY

LATER = MONDAY + timedelta(hours=2)
RUNS = 100
KILLS = int(os.environ.get("KILLS", "50"))


class PowerCut(BaseException):
    """The machine is gone; nothing below may catch this as a refusal."""


@contextmanager
def power_cut_at_write(number: int) -> Iterator[list[int]]:
    """Raise at the `number`th write that reaches the database; yield a list whose item counts the writes."""
    count = [0]

    def on_query(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            count[0] += 1
            if count[0] == number:
                raise PowerCut(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(on_query):
        yield count


def _public_of(reference: str) -> list[str]:
    return list(Record.objects.filter(matter_reference=reference).values_list("title", flat=True))


Step = tuple[str, Callable[[], object]]


def _steps(cast: plays.Cast, matter_id: int) -> list[Step]:
    """Return the way of a regulation and its interpretation from the first word to the public page."""
    minutes = (MONDAY + timedelta(minutes=minute) for minute in itertools.count(1))

    def step(act: str, **given: Any) -> Step:
        return act, partial(getattr(documents, act), matter_id, at=next(minutes), **given)

    def review(kind: ReviewKind, who: str) -> Step:
        given = {"kind": kind, "passed": True, "actor": getattr(cast, who), "at": next(minutes)}
        return "review", lambda: documents.review(matter_id, digest=plays.digest_of(matter_id), **given)

    told = {"body": "<p>解读</p>", "form": "text", "formed_on": MONDAY.date().isoformat()}
    signed = next(minutes)
    return [
        step("add_interpretation", title="办法解读", fields=told, actor=cast.drafter),
        step("attach", part=0, name="表.txt", data=f"table {matter_id}".encode(), actor=cast.drafter),
        ("scan", partial(files.scan_waiting, at=next(minutes))),
        step("set_attribute", attribute="proactive", item=cast.item, actor=cast.drafter),
        step("submit", actor=cast.drafter),
        step("accept", actor=cast.clerk),
        *(review(kind, who) for kind, who in plays.REVIEWS),
        step("pass_on", actor=cast.clerk),
        (
            "sign_off",
            lambda: documents.sign_off(
                matter_id,
                digest=plays.digest_of(matter_id),
                actor=cast.leader,
                at=signed + timedelta(hours=1),
            ),
        ),
        ("publish", partial(documents.publish, matter_id, actor=cast.office_head, at=LATER)),
    ]


def _what_stands(matter: Matter) -> tuple[object, ...]:
    """Return what a crash must leave as it was: the matter, the entries, the log, what is public."""
    matter.refresh_from_db()
    entries = Entry.objects.count(), ledger.size(), Revision.objects.count(), Attachment.objects.count()
    return matter.stage, matter.version, *entries, _public_of(matter.reference)


@pytest.mark.django_db
def test_a_crash_at_any_write_from_draft_to_publication_loses_nothing_and_shows_all_or_nothing():
    """Every write of the whole way is the last one once; then the act is done again, to the end."""
    cast = plays.make_cast()
    plays.make_record(cast)  # the year's first record also begins its series of numbers
    crashes = 0
    for kind in ("normative_document", "plan"):
        matter = plays.make_document(
            cast,
            kind=kind,
            fields={"plan": [{"outline": "要点", "form": "text", "ways": "网站", "time": "同步"}]},
        ).matter
        for name, perform in _steps(cast, matter.pk):
            for place in itertools.count(1):
                before = _what_stands(matter)
                here = transaction.savepoint()
                with power_cut_at_write(place) as writes, suppress(PowerCut), transaction.atomic():
                    perform()
                if writes[0] < place:
                    break
                crashes += 1
                assert _what_stands(matter) == before, f"{name} was half done at write {place}"
                transaction.savepoint_rollback(here)
            assert place > 1, f"{name} wrote nothing"
        assert len(_public_of(matter.reference)) == 2
    assert crashes >= RUNS


def test_fifty_kills_while_publishing_lose_nothing_that_was_acknowledged_and_double_nothing(tmp_path: Path):
    environment = {**os.environ, "SUNSHINE_HOME": str(tmp_path), "SUNSHINE_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.rooms.killing", str(KILLS), "7"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["begun"] >= KILLS * 4 // 5
    assert found["acknowledged"] >= 10
    assert found["published"] >= 10
    assert {name: found[name] for name in ("refused", "lost", "doubled", "alone", "gaps")} == {
        "refused": [],
        "lost": [],
        "doubled": [],
        "alone": [],
        "gaps": False,
    }
    assert found["log_holds"]
