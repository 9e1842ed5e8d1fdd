"""Which public state stands is known at once after every commit, whoever made it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sunshine.project import states

ELSEWHERE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as rows:
    rows.execute("UPDATE ledger_log SET checkpoint = ?", (sys.argv[2],))
rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
rows.close()
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return a database that holds a log with its first checkpoint."""
    path = str(tmp_path / "rows.sqlite3")
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE ledger_log (id INTEGER PRIMARY KEY, checkpoint TEXT)")
        rows.execute("INSERT INTO ledger_log VALUES (1, 'first')")
    rows.close()
    return path


def put(path: str, checkpoint: str) -> None:
    with sqlite3.connect(path) as rows:
        rows.execute("UPDATE ledger_log SET checkpoint = ?", (checkpoint,))
    rows.close()


def test_every_commit_of_this_process_is_seen_by_the_next_question(file: str):
    state = states.OfSqlite(file)
    seen = [state()]
    for number in range(50):
        put(file, f"checkpoint {number}")
        seen.append(state())
        assert state() == seen[-1]
    assert len(set(seen)) == 51
    assert "" not in seen


def test_a_commit_of_another_process_that_clears_the_log_is_seen_too(file: str):
    state = states.OfSqlite(file)
    seen = [state()]
    for number in range(5):
        subprocess.run([sys.executable, "-c", ELSEWHERE, file, f"checkpoint {number}"], check=True)
        seen.append(state())
    assert len(set(seen)) == 6


def test_threads_that_come_and_go_neither_miss_a_commit_nor_let_the_shared_memory_go(file: str):
    state = states.OfSqlite(file)
    before = state()
    for number in range(10):
        with ThreadPoolExecutor(4) as pool:  # its threads, and their connections, end here
            assert set(pool.map(lambda _each: state(), range(20))) == {before}
        # Were SQLite's locks dropped, this process would begin the shared memory anew, under our eyes.
        subprocess.run([sys.executable, "-c", ELSEWHERE, file, f"checkpoint {number}"], check=True)
        after = state()
        assert after not in ("", before)
        before = after


def test_a_log_without_a_line_and_a_database_that_is_not_there_have_no_state(file: str, tmp_path: Path):
    with sqlite3.connect(file) as rows:
        rows.execute("DELETE FROM ledger_log")
    rows.close()
    assert states.OfSqlite(file)() == ""
    assert states.OfSqlite(str(tmp_path / "nowhere.sqlite3"))() == ""
