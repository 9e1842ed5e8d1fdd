"""Export, verify, backup, restore and check, as an operator runs them on a small installation."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from sunshine.project.verifying import checking, sites
from tests.services import servers


def environment(home: Path, database: str = "") -> dict[str, str]:
    return {
        **os.environ,
        "SUNSHINE_HOME": str(home),
        "SUNSHINE_DATABASE_URL": database,
        "SUNSHINE_SECRET_KEY": "",
        "PYTEST_PLUGINS": "",
    }


def sunshine(home: Path, *arguments: object, database: str = "") -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("sunshine")), *map(str, arguments)]
    return subprocess.run(
        command,
        env=environment(home, database),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def story(home: Path, step: str, database: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.rooms.drilling", step],
        env=environment(home, database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout) if done.stdout else {}
    return told


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of an installation where nothing happened yet."""
    home = tmp_path_factory.mktemp("kept") / "empty"
    done = sunshine(home, "setup")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def bureau(empty: Path) -> Path:
    """Return the data folder of a small installation; tests that change it take a copy."""
    home = Path(shutil.copytree(empty, empty.parent / "home"))
    story(home, "begin")
    return home


@pytest.fixture(scope="module")
def exported(bureau: Path) -> Path:
    """Return a mirror of the small installation; tests that change it take a copy."""
    folder = bureau.parent / "mirror"
    done = sunshine(bureau, "export", folder, "--workers", "1")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def home(bureau: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bureau, tmp_path / "home"))


@pytest.fixture
def mirror(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "mirror"))


def flip(path: Path, place: int = -20) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as the plainest web server does."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002  # the base's name

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_mirror_holds_every_page_in_every_language_and_verify_accepts_it(mirror: Path):
    for path in (
        "index.html",
        "en/r/2026-00001/index.html",
        "zh-hant/r/2026-00001/index.html",
        "r/2026-00001/v1.json",
        "r/2026-00001/v1.tlog-proof",
        "r/2026-00001/v1/files/1/收费表.txt",
        "log/checkpoint",
        "log/key",
        "feeds/all.atom",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "static/staticfiles.json",
    ):
        assert (mirror / path).exists(), path
    done = sunshine(mirror, "verify", mirror)
    assert done.returncode == 0, done.stderr
    assert "everything holds" in done.stdout
    listed = subprocess.run(
        ["sha256sum", "--quiet", "-c", "manifest.sha256"], cwd=mirror, capture_output=True, check=False
    )
    assert listed.returncode == 0


def test_no_link_of_a_mirror_leads_nowhere(mirror: Path):
    from sunshine.project.mirror import _LINK

    for page in mirror.rglob("*.html"):
        for match in _LINK.finditer(page.read_text("utf-8")):
            path = match["address"].partition("#")[0].partition("?")[0]
            file = mirror / unquote(path).strip("/")
            assert file.exists(), f"{page.relative_to(mirror)} leads to {path}"


def test_a_withdrawn_record_is_a_tombstone_in_a_mirror_and_nothing_of_its_content(mirror: Path):
    page = (mirror / "r/2026-00002/index.html").read_text("utf-8")
    assert "数字有误" in page
    assert not (mirror / "r/2026-00002/v1.json").exists()
    for file in mirror.rglob("*"):
        if file.is_file() and "static" not in file.parts:
            assert "写错了的通知".encode() not in file.read_bytes(), file


def test_a_plain_web_server_serves_a_mirror_that_verifies(mirror: Path):
    with served(mirror) as address:
        done = sunshine(mirror, "verify", address, "--key", mirror / "log/key")
        assert done.returncode == 0, done.stderr
        flip(mirror / "r/2026-00001/v1/files/1/收费表.txt", 0)
        done = sunshine(mirror, "verify", address)
    assert done.returncode == 1
    assert "files/1" in done.stderr


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("r/2026-00001/index.html", "r/2026-00001/index.html"),
        ("r/2026-00001/v1.json", "r/2026-00001/v1.json"),
        ("r/2026-00001/v1/files/1/收费表.txt", "收费表.txt"),
        ("log/tile/0/000.p/8", "log/tile/0/000"),
        ("log/tile/entries/000.p/8", "log/tile/entries/000"),
        ("log/checkpoint", "log/checkpoint"),
        ("feeds/all.atom", "feeds/all.atom"),
        ("static/staticfiles.json", "static/staticfiles.json"),
        ("manifest.sha256", "manifest.sha256"),
        ("manifest.note", "manifest.note"),
    ],
)
def test_one_flipped_bit_anywhere_in_a_mirror_is_named(mirror: Path, path: str, named: str):
    size = (mirror / "log/checkpoint").read_text().split("\n")[1]
    flip(mirror / path.replace(".p/8", f".p/{size}"), -4)
    faults = checking.verify(sites.Folder(mirror)).faults
    assert named in " ".join(map(str, faults))


def test_a_file_that_nobody_signed_is_named(mirror: Path):
    (mirror / "added.html").write_text("<p>未公开</p>", "utf-8")
    (only,) = checking.verify(sites.Folder(mirror)).faults
    assert only.place == "added.html"


def test_an_export_goes_on_where_it_was_cut_off_and_replaces_only_mirrors(home: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("keep me", "utf-8")
    assert sunshine(home, "export", other).returncode == 2
    assert (other / "letter.txt").exists()
    folder = tmp_path / "mirror2"
    command = [str(Path(sys.executable).with_name("sunshine")), "export", str(folder), "--workers", "1"]
    running = subprocess.Popen(
        command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    done = tmp_path / ".mirror2.partial" / ".done.jsonl"
    while running.poll() is None and not (tmp_path / ".mirror2.partial" / "index.html").exists():
        time.sleep(0.02)
    running.kill()
    running.wait()
    assert done.exists()
    assert not folder.exists()
    assert sunshine(home, "export", folder, "--workers", "1").returncode == 0
    assert sunshine(home, "verify", folder).returncode == 0
    assert not done.parent.exists()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE publishing_record SET title = title || '。' WHERE id = 1", "record 2026-00001"),
        ("UPDATE publishing_record SET withdrawn_at = NULL WHERE id = 2", "record 2026-00002"),
        (
            "UPDATE publishing_recordversion SET sealed = replace(sealed, '2026-03-02', '2026-03-03')",
            "r/2026-00001/v1.json: formed_on",
        ),
        ("UPDATE ledger_tile SET data = zeroblob(length(data))", "log/tile/0/000"),
        ("UPDATE ledger_leaf SET data = CAST(replace(data, 'norms', 'forms') AS BLOB)", "entry 0"),
        (
            "UPDATE ledger_log SET checkpoint = replace(checkpoint, 'localhost', 'otherhost')",
            "log/checkpoint",
        ),
        ("UPDATE ledger_entry SET subject = '2026-00009' WHERE kind = 'record.withdrawn'", "ledger entry"),
    ],
)
def test_a_changed_field_of_the_database_is_named(home: Path, statement: str, named: str):
    with sqlite3.connect(home / "sunshine.sqlite3") as database:
        assert database.execute(statement).rowcount > 0
    database.close()
    done = sunshine(home, "verify", home)
    assert done.returncode == 1, done.stdout
    assert named in done.stderr


def test_a_changed_file_of_the_store_is_named(home: Path):
    (stored,) = (path for path in (home / "files" / "blobs").rglob("*") if path.is_file())
    flip(stored, 0)
    done = sunshine(home, "verify", home)
    assert (done.returncode, "files/1" in done.stderr) == (1, True)


def test_a_rewritten_history_is_found_with_a_checkpoint_kept_elsewhere(
    home: Path, empty: Path, tmp_path: Path
):
    kept = tmp_path / "checkpoint"
    with sqlite3.connect(home / "sunshine.sqlite3") as database:
        kept.write_text(database.execute("SELECT checkpoint FROM ledger_log").fetchone()[0], "utf-8")
    database.close()
    story(home, "more")
    assert sunshine(home, "verify", home, "--checkpoint", kept).returncode == 0
    other = Path(shutil.copytree(empty, tmp_path / "other"))  # whoever rewrites history holds the key
    story(other, "begin")
    done = sunshine(other, "verify", other, "--checkpoint", kept)
    assert done.returncode == 1
    assert "history was rewritten" in done.stderr


def test_what_cannot_be_verified_ends_with_two(tmp_path: Path):
    assert sunshine(tmp_path, "verify", tmp_path / "nothing").returncode == 2
    assert sunshine(tmp_path, "verify", "http://127.0.0.1:9").returncode == 2


def number_after(home: Path, more: int) -> int:
    """Let the series of records give so many numbers more, and return the last it gave."""
    with sqlite3.connect(home / "sunshine.sqlite3") as database:
        database.execute("UPDATE matters_series SET last = last + ? WHERE name = 'record-2026'", [more])
        (last,) = database.execute("SELECT last FROM matters_series WHERE name = 'record-2026'").fetchone()
    database.close()
    return int(last)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_the_drill_of_a_restore_keeps_erased_what_was_erased(home: Path, tmp_path: Path, kind: str):
    backup = tmp_path / "backup.tar.gz"
    assert sunshine(home, "backup", backup).returncode == 0
    assert backup.stat().st_mode & 0o077 == 0
    before = story(home, "told")
    assert before["person"]
    story(home, "more")
    assert not story(home, "told")["person"]
    assert sunshine(home, "restore", backup).returncode == 2, "it would have replaced an installation"
    if kind == "sqlite":
        given = number_after(home, 7)
        done = sunshine(home, "restore", backup, "--replace")
        after = story(home, "told")
        assert number_after(home, 0) == given, "an address that was given could be given again"
    else:
        other = tmp_path / "other"
        with servers.postgres() as url:
            done = sunshine(other, "restore", backup, "--erasures", home / "erasures.jsonl", database=url)
            after = story(other, "told", database=url)
            assert sunshine(other, "verify", other, database=url).returncode == 0
    assert done.returncode == 0, done.stderr
    assert "the log verifies" in done.stdout
    assert not after["person"], "what was erased has come back"
    assert after["records"] == before["records"]
    assert after["size"] == before["size"] + 1, "the log says again what was erased"


def test_a_backup_goes_on_without_a_file_that_was_lost_and_names_it(home: Path, tmp_path: Path):
    (stored,) = (path for path in (home / "files" / "blobs").rglob("*") if path.is_file())
    stored.unlink()
    done = sunshine(home, "check")
    assert (done.returncode, stored.name in done.stderr) == (1, True)
    backup = tmp_path / "backup.tar.gz"
    done = sunshine(home, "backup", backup)
    assert (done.returncode, stored.name in done.stderr) == (1, True)
    assert sunshine(tmp_path / "other", "restore", backup).returncode == 1, (
        "the lost file is a fault there too"
    )
    assert story(tmp_path / "other", "told") == story(home, "told")


def test_a_backup_holds_what_people_sent_and_names_what_of_it_was_lost(home: Path, tmp_path: Path):
    backup, other, place = tmp_path / "backup.tar.gz", tmp_path / "other", Path("files", "sealed")
    assert not sunshine(home, "backup", backup).returncode + sunshine(other, "restore", backup).returncode
    sent = [{path.name: path.read_bytes() for path in (at / place).iterdir()} for at in (home, other)]
    assert (len(sent[0]), sent[1]) == (2, sent[0])
    shutil.rmtree(home / place)
    for command in (("check",), ("backup", backup)):
        done = sunshine(home, *command)
        assert (done.returncode, done.stderr.count("sealed/")) == (1, 1), "a row names one of the two"


def test_a_damaged_backup_is_refused_before_anything_is_changed(home: Path, tmp_path: Path):
    backup = tmp_path / "backup.tar.gz"
    assert sunshine(home, "backup", backup).returncode == 0
    before = story(home, "told")
    erasures = home / "erasures.jsonl"
    erasures.write_text('{"reference": "2026-0', "utf-8")
    done = sunshine(home, "restore", backup, "--replace")
    assert (done.returncode, "line 1" in done.stderr) == (2, True)
    erasures.unlink()
    middle = backup.stat().st_size // 2
    for place in range(middle, middle + 16):  # one bit alone may be one that the packing leaves unused
        flip(backup, place)
    done = sunshine(home, "restore", backup, "--replace")
    assert done.returncode == 2, done.stdout
    assert story(home, "told") == before


def test_a_sound_installation_passes_the_check_and_a_broken_one_does_not(home: Path):
    done = sunshine(home, "check")
    assert done.returncode == 0, done.stderr
    assert "procedures have no flaw" in done.stdout
    assert "is announced through" in done.stdout
    with sqlite3.connect(home / "sunshine.sqlite3") as database:
        database.execute("UPDATE ledger_tile SET data = zeroblob(length(data))")
        database.execute(
            "INSERT INTO ledger_delivery (entry_id, handler, attempts, error)"
            " VALUES (1, 'a.b.c', 3, 'ImportError: no')"
        )
    database.close()
    done = sunshine(home, "check")
    assert done.returncode == 1
    assert "do not lead to the signed root" in done.stderr
    assert "a.b.c" in done.stderr


@pytest.mark.parametrize("command", ["import", "verify", "export", "check", "backup", "restore"])
def test_every_command_explains_itself(command: str, tmp_path: Path):
    done = sunshine(tmp_path, command, "--help")
    assert done.returncode == 0
    assert "Ends with 0" in " ".join(done.stdout.split()).replace("│", "")


@pytest.mark.parametrize("command", [("export", "x"), ("backup", "x"), ("check",), ("import", ".")])
def test_a_command_before_the_setup_says_so(command: tuple[str, ...], tmp_path: Path):
    done = sunshine(tmp_path, *command)
    assert done.returncode == 2
    assert "sunshine setup" in done.stderr
    assert not (tmp_path / "secret.key").exists(), "a command in a wrong folder leaves nothing there"


def test_a_key_that_is_none_is_the_only_fault_that_is_named(bureau: Path, tmp_path: Path):
    (tmp_path / "key").write_text("junk", "utf-8")
    done = sunshine(bureau, "verify", bureau, "--key", tmp_path / "key")
    assert done.returncode == 1
    assert "signs 0" not in done.stderr
