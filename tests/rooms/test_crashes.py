"""Crashes while publishing: at every single write, and by SIGKILL at any moment."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Record
from sunshine.work.documents import operations as documents
from tests import cast as plays
from tests.cast import MONDAY

LATER = MONDAY + timedelta(hours=2)
RUNS = 100
KILLS = int(os.environ.get("KILLS", "50"))


class PowerCut(Exception):
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


@pytest.mark.django_db
def test_a_crash_at_any_write_of_a_publication_shows_all_of_it_or_nothing():
    cast = plays.make_cast()

    def approved() -> Matter:
        bundle = plays.make_document(
            cast, upto="approved", kind="plan", interpretation="<p>解读</p>", attachments={"表.txt": b"table"}
        )
        return bundle.matter

    for _ in range(2):  # the year's first record also begins its series of numbers
        matter = approved()
        with power_cut_at_write(0) as writes:
            documents.publish(matter.pk, actor=cast.office_head, at=LATER)
    assert writes[0] > 10
    for run, place in zip(range(RUNS), itertools.cycle(range(1, writes[0] + 1)), strict=False):
        matter, size, at = approved(), ledger.size(), LATER + timedelta(minutes=run)
        with power_cut_at_write(place), pytest.raises(PowerCut):
            documents.publish(matter.pk, actor=cast.office_head, at=at)
        assert _public_of(matter.reference) == [], f"half a bundle after a crash at write {place}"
        assert ledger.size() == size
        documents.publish(matter.pk, actor=cast.office_head, at=at)
        assert len(_public_of(matter.reference)) == 2


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
    assert found["acknowledged"] >= 10
    assert {name: found[name] for name in ("refused", "lost", "doubled", "alone", "gaps")} == {
        "refused": [],
        "lost": [],
        "doubled": [],
        "alone": [],
        "gaps": False,
    }
    assert found["log_holds"]
