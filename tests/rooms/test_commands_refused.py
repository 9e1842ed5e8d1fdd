"""What a command cannot do is said in a sentence, and its end says that nothing was begun."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rooms import test_commands_kept as kept


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of an installation where nothing happened yet."""
    home = tmp_path_factory.mktemp("refused") / "home"
    done = kept.sunshine(home, "setup")
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize(
    ("home_at", "command", "said"),
    [
        ("/proc/nope", ("setup",), "/proc"),
        ("/etc/hostname", ("check",), "sunshine setup"),
        ("", ("export", "/etc/hostname"), "/etc"),
        ("", ("import", "/nonexistent"), "/nonexistent"),
        ("", ("serve", "--port", "99999999"), "65535"),
    ],
)
def test_what_the_machine_refuses_is_a_sentence_and_ends_with_two(
    empty: Path, home_at: str, command: tuple[str, ...], said: str
):
    done = kept.sunshine(Path(home_at) if home_at else empty, *command)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "no files" not in done.stdout


def test_a_database_that_is_away_and_a_bad_setting_end_with_two_and_a_sentence(empty: Path):
    done = kept.sunshine(empty, "check", database="mongodb://x/y")
    assert (done.returncode, "SUNSHINE_DATABASE_URL" in done.stderr) == (2, True)
    done = kept.sunshine(empty, "check", database="postgres://nobody@127.0.0.1:1/none")
    assert (done.returncode, "database cannot be asked" in done.stderr) == (2, True)
    waited = re.search(r"after ([\d.]+) sec", done.stderr)
    assert waited is not None, done.stderr
    assert float(waited[1]) <= 5
    assert "Traceback (most recent call last)" not in done.stderr


def test_a_bureau_without_the_key_of_its_identities_is_not_served(tmp_path: Path):
    home = tmp_path / "home"
    kept.sunshine(home, "setup")
    kept.sunshine(home, "backup", str(tmp_path / "kept.tar.gz"))
    again = tmp_path / "again"
    restored = kept.sunshine(again, "restore", str(tmp_path / "kept.tar.gz"))
    assert restored.returncode == 0, restored.stderr
    assert "identities.key is missing" in restored.stdout
    served = kept.sunshine(again, "serve", "--port", "65000")
    assert (served.returncode, "identities.key is missing" in served.stderr) == (2, True)
