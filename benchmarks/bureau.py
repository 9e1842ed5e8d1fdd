"""Bureaus to measure: a temporary installation with so many records, and the product serving it.

`python -m benchmarks.bureau COUNT` fills the installation named by SUNSHINE_HOME; `filled` calls it in a
process of its own, because settings are read once per process.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import processes

ROOT = Path(__file__).parent.parent
BATCH = 1000
SETTLES_WITHIN = 1200
SUBJECTS = (
    "停车泊位",
    "共享单车",
    "公共厕所",
    "垃圾分类",
    "渣土运输",
    "户外广告",
    "市容环境",
    "执法监督",
    "智慧城管",
    "便民服务",
)
DOINGS = ("管理", "整治", "建设", "考核", "收费", "规划", "检查", "公示", "招标", "服务")
KINDS = ("notice", "announcement", "plan", "statistics")


@contextmanager
def filled(records: int) -> Iterator[Path]:
    """Lend the folder of a set-up installation with so many published records."""
    with tempfile.TemporaryDirectory(prefix="bureau-") as folder:
        home = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.bureau", str(records)],
            cwd=ROOT,
            env=environment(home),
            check=True,
        )
        yield home


@contextmanager
def served(home: Path, *, port: int, workers: int = 2) -> Iterator[str]:
    """Serve an installation on a port and yield its address."""
    sunshine = Path(sys.executable).with_name("sunshine")
    before = dict(os.environ)
    os.environ.update(environment(home, port))
    try:
        with processes.running(
            [str(sunshine), "serve", "--port", str(port), "--workers", str(workers)],
            cwd=home,
            ready=lambda: processes.listens(port),
        ):
            yield f"http://127.0.0.1:{port}"
    finally:
        os.environ.clear()
        os.environ.update(before)


def settled(address: str) -> tuple[str, bytes]:
    """Wait until every record was heard of; return the path of one and its page, which may now be kept.

    Until the search index has heard them all, a page's relatives may change.
    """
    with urllib.request.urlopen(f"{address}/api/v1/records?limit=1", timeout=30) as answer:  # noqa: S310  # our own server's address
        path = f"/r/{json.load(answer)['records'][0]['reference']}/"
    deadline = time.monotonic() + SETTLES_WITHIN
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{address}{path}", timeout=30) as answer:  # noqa: S310  # as above
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                return path, answer.read()
        time.sleep(0.2)
    raise SystemExit(f"deliveries still wait after {SETTLES_WITHIN} s")


def environment(home: Path, port: int = 8000) -> dict[str, str]:
    """Return the environment of a process that works on an installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUNSHINE_")}
    return {**kept, "SUNSHINE_HOME": str(home), "SUNSHINE_SITE_URL": f"http://127.0.0.1:{port}"}


def text_of(number: int) -> tuple[str, str]:
    """Return (title, body) of an invented document; the same number gives the same text."""
    chance = random.Random(number)
    subject, doing = chance.choice(SUBJECTS), chance.choice(DOINGS)
    paragraphs = [
        f"<p>{place}、{chance.choice(SUBJECTS)}的{chance.choice(DOINGS)}由责任处室按月{chance.choice(DOINGS)}，"
        f"涉及{chance.randint(2, 900)}处点位，完成{chance.randint(1, 100)}%，"
        "群众可以拨打热线反映情况并查询办理结果。</p>"
        for place in range(1, chance.randint(8, 20))
    ]
    return f"关于加强{subject}{doing}工作的通告（第{number}期）", "".join(paragraphs)


def fill(count: int) -> None:
    """Set up the installation named in the environment and publish so many records in it."""
    from datetime import UTC, date, datetime, timedelta

    from sunshine.project.commands import ready

    ready.django_ready()
    from sunshine.core.publishing.operations import directory, importing
    from sunshine.project.commands import setup

    setup.setup()
    at = datetime.now(UTC)
    item = directory.list_item(
        actor=None,
        at=at,
        code="notices",
        column="statutory",
        subject="通知公告",
        basis="FOI 2019 art. 20",
        audience="社会公众",
    )
    for first in range(1, count + 1, BATCH):
        batch = []
        for number in range(first, min(first + BATCH, count + 1)):
            title, body = text_of(number)
            fields = {
                "title": title,
                "body": body,
                "department": "市容环境处",
                "formed_on": (date(2010, 1, 1) + timedelta(days=number % 5000)).isoformat(),
            }
            kind = KINDS[number % len(KINDS)]
            batch.append(importing.Import(kind, item, fields, (), f"bench/{number}", f"{number:064x}"))
        importing.publish_imported(batch, actor=None, at=at)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
