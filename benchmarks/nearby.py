"""What is public already, while somebody writes a request: how long each look takes, through the real door.

Somebody writes a sentence; after each pause the words so far are sent, as the page's script does it. The
peer is the search page asked for the same words on the same installation: a look must not cost more.
`python -m benchmarks nearby [-- --size N]`.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http.cookiejar import CookieJar

from benchmarks import bureau
from tests.services import processes

SIZES = (1_000, 10_000)
WRITERS = 60
PAUSES = (4, 8, 14, 24)
"""Characters after which a writer stops for a moment."""


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print, a block for each size."""
    parser = argparse.ArgumentParser(prog="nearby")
    parser.add_argument("--size", type=int, action="append", help="published records")
    for size in parser.parse_args(list(arguments)).size or SIZES:
        with bureau.filled(size) as home, bureau.served(home, port=processes.free_port()) as address:
            bureau.settled(address)  # until the index has heard of every record, nothing is near
            ask, token = _reader(address)
            print(f"\n{size:,} records, {WRITERS} people who write, {WRITERS * len(PAUSES)} looks")
            _measure("what is near", partial(_look, ask, address, token))
            _measure("the search page", partial(_search, ask, address))


def _typed() -> Iterator[str]:
    """Yield what stands in the field at each pause; no two writers write the same."""
    chance = random.Random(20260302)
    for number in range(WRITERS):
        subject, doing = chance.choice(bureau.SUBJECTS), chance.choice(bureau.DOINGS)
        text = f"申请公开{number}号路段{subject}{doing}工作的标准、批准文件和办理结果"
        yield from (text[:length] for length in PAUSES)


Ask = Callable[[str, bytes | None], bytes]


def _reader(address: str) -> tuple[Ask, str]:
    """Return somebody with cookies, and the token of the form that lies open."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(url: str, data: bytes | None) -> bytes:
        with opener.open(url, data, timeout=30) as answer:
            said: bytes = answer.read()
            return said

    page = ask(f"{address}/requests/new/", None).decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise LookupError("the form has no token")
    return ask, found[1]


def _look(ask: Ask, address: str, token: str, words: str) -> bool:
    body = urllib.parse.urlencode({"words": words, "csrfmiddlewaretoken": token}).encode()
    return b"/r/" in ask(f"{address}/requests/new/near/", body)


def _search(ask: Ask, address: str, words: str) -> bool:
    return b"/r/" in ask(f"{address}/search/?q={urllib.parse.quote(words)}", None)


def _measure(name: str, look: Callable[[str], bool]) -> None:
    """Print how long the looks took and how many of them found something; the first warms up."""
    look("停车收费标准")
    times, found = [], 0
    for words in _typed():
        begun = time.perf_counter()
        found += look(words)
        times.append(time.perf_counter() - begun)
    print(f"  {name:<16} {_spread(times)}   {found} found something")


def _spread(times: Sequence[float]) -> str:
    ordered = sorted(each * 1e3 for each in times)
    p50, p95, slowest = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1]
    return f"p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   slowest {slowest:6.1f} ms"
