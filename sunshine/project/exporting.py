"""The making of a mirror: page after page beside each other, able to go on, put in place in one step."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from sunshine.project import mirror
from sunshine.project.commands import ready
from sunshine.project.mirror import Made, Maker, Plan

DONE = ".done.jsonl"
STATE = ".state"
AT_ONCE = 16
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD

Make = Callable[[Sequence[str]], Iterator[Made]]
_maker: list[Maker] = []


class NotAMirror(Exception):
    """The folder holds something that a mirror must not replace."""


def begin(folder: Path, languages: tuple[str, ...], state: str) -> Plan:
    """Return where to work: beside the folder, going on with what a run of the same state left.

    :raises NotAMirror: the folder holds other things
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "log" / "checkpoint").exists():
        raise NotAMirror(f"{folder} is not empty and is no mirror: name a new folder")
    root = folder.parent / f".{folder.name}.partial"
    whole = f"{state} {' '.join(languages)}"
    kept = root / STATE
    if not kept.exists() or kept.read_text("utf-8") != whole:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        kept.write_text(whole, "utf-8")
    return Plan(root, languages, state)


def crawl(plan: Plan, seeds: Sequence[str], make: Make, tell: Callable[[int, int], None]) -> list[Made]:
    """Make every page that the seeds lead to; what was made before the run was cut off is kept."""
    done = _kept(plan)
    seen = set(seeds)
    waiting = [address for address in dict.fromkeys(seeds) if address not in done]
    for made in list(done.values()):
        waiting += _fresh(made, seen, done)
    with (plan.root / DONE).open("a", encoding="utf-8") as log:
        while waiting:
            tell(len(done), len(waiting))
            following: list[str] = []
            for made in make(waiting):
                done[made.address] = made
                log.write(json.dumps(asdict(made), ensure_ascii=False) + "\n")
                following += _fresh(made, seen, done)
                tell(len(done), len(waiting))
            log.flush()
            waiting = following
    return list(done.values())


def _fresh(made: Made, seen: set[str], done: dict[str, Made]) -> list[str]:
    fresh = [address for address in made.links if address not in seen and address not in done]
    seen.update(fresh)
    return fresh


def _kept(plan: Plan) -> dict[str, Made]:
    """Return what a run of the same state has made; a line cut off by the end of that run is passed over."""
    path = plan.root / DONE
    if not path.exists():
        return {}
    kept = {}
    for line in path.read_text("utf-8").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        made = Made(**{**told, "links": tuple(told["links"])})
        if made.problem or (plan.root / made.file).exists():
            kept[made.address] = made
    return kept


@contextmanager
def makers(plan: Plan, workers: int) -> Iterator[Make]:
    """Yield a function that makes pages, in this process or in some that all read the same state."""
    if workers <= 1:
        maker = Maker(plan)
        yield lambda addresses: map(maker.make, addresses)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), ready.child_ready) as pool:
        yield lambda addresses: pool.map(partial(_make, plan), addresses, chunksize=AT_ONCE)


def _make(plan: Plan, address: str) -> Made:
    """Make a page in a helping process, which reads one state from its first page on.

    :raises Moved: its state is not the mirror's
    """
    if not _maker:
        mirror.hold_still()
        _maker.append(Maker(plan))
        if mirror.state() != plan.state:
            raise mirror.Moved("something was published while the mirror was made: run it again")
    return _maker[0].make(address)


def add_assets(plan: Plan, static: Path) -> dict[str, str]:
    """Copy styles, scripts and pictures; return the digests of the copies by their paths."""
    digests = {}
    for source in sorted(static.rglob("*")):
        if source.is_dir() or source.suffix in (".gz", ".br"):
            continue
        path = f"static/{source.relative_to(static).as_posix()}"
        target = plan.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = source.read_bytes()
        target.write_bytes(data)
        digests[path] = hashlib.sha256(data).hexdigest()
    return digests


def tidy(plan: Plan, kept: set[str]) -> None:
    """Remove our own notes and whatever a run that was cut off has left half written."""
    for path in sorted(plan.root.rglob("*")):
        if path.is_file() and path.relative_to(plan.root).as_posix() not in kept:
            path.unlink()


def put_in_place(plan: Plan, folder: Path) -> None:
    """Let the finished mirror take the folder's place in one step: a server sees the old or the new."""
    if not folder.exists():
        plan.root.rename(folder)
        return
    if not _exchanged(plan.root, folder):  # a disk that cannot: the folder is away for a moment
        aside = folder.parent / f".{folder.name}.old"
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
        plan.root.rename(folder)
        shutil.rmtree(aside)
        return
    shutil.rmtree(plan.root)


def _exchanged(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
