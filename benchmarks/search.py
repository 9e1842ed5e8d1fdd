"""Search: is the right paragraph found, how fast, beside SQLite FTS5, PostgreSQL GIN and whoosh.

    python -m benchmarks search [--laws PATH] [--sets DIR] [--sizes 1000,10000,100000] [--questions N]

MRR@10 is the mean over the questions of 1 / (place of the right paragraph), 0 beyond the tenth. Every
engine gets the same tokens (single characters and pairs; ours alone looks closely at the first forty)
and answers on one thread; for ours the processor's time stands beside the clock's, which a busy machine
makes longer. Sets of the CMRC and DRCD form are read from a folder, and asked among the paragraphs of
all of them and of the laws. The made questions are described in `questions`: their figures compare engines
and sizes; they say little about people's questions, for which the sets are there.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bureau, peers, questions
from benchmarks.questions import Asked, Paragraph
from sunshine.lenses.search import counting, matching, ranking, snippets, store
from sunshine.text import query

TODAY = 2026_03_02
SEED = 20260302
ASKED_OF_PEERS = 100
"""Questions that the slower engines are asked."""
SAMPLED_TITLES = 200
WHOOSH_BEARS = 10_000
"""Paragraphs up to which whoosh is measured; beyond, building alone takes minutes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one engine did: quality and the times of its answers, in seconds."""

    mrr: float
    first: float
    times: tuple[float, ...]
    worked: tuple[float, ...]

    def __str__(self) -> str:
        middle, slow = _spread(self.times)
        return f"MRR@10 {self.mrr:.3f}   first {self.first:.3f}   p50 {middle:7.2f} ms   p99 {slow:7.2f} ms"


def _spread(times: Sequence[float]) -> tuple[float, float]:
    """Return the middle and the slowest of a hundred, in milliseconds."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2] * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    asked = _options(arguments)
    store.document(store.Page("", "", "", "热身", "先讀一次詞表。"))  # the tables of characters are read once
    paragraphs = _paragraphs(asked.laws)
    random.Random(SEED).shuffle(paragraphs)
    sizes = sorted({min(int(size), len(paragraphs)) for size in asked.sizes.split(",")})
    for size in sizes:
        _beside_peers(paragraphs[:size], asked.questions)
    made = {
        "made questions": questions.made(paragraphs, asked.questions, seed=SEED),
        "made questions that name their law": questions.named(paragraphs, asked.questions, seed=SEED),
    }
    _among_all("all paragraphs", paragraphs, made)
    if asked.sets:
        of_sets(asked.sets, paragraphs)
    if asked.laws.exists():
        _titles(asked.laws)


def of_sets(folder: Path, paragraphs: Sequence[Paragraph] = ()) -> bool:
    """Ask the sets of a folder among the paragraphs of all of them and of the laws; say whether there are."""
    whole: list[Paragraph] = []
    sets: dict[str, list[Asked]] = {}
    for name, own, put in questions.sets(folder):
        before = len(whole)
        sets[name] = [Asked(each.words, frozenset(place + before for place in each.answers)) for each in put]
        whole += own
    if sets:
        _among_all("sets among the laws", [*whole, *(paragraphs or _paragraphs(questions.LAWS))], sets)
    return bool(sets)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benchmarks search")
    reader.add_argument("--laws", type=Path, default=questions.LAWS)
    reader.add_argument("--sets", type=Path)
    reader.add_argument("--sizes", default="1000,10000,100000")
    reader.add_argument("--questions", type=int, default=400)
    return reader.parse_args(arguments)


def _paragraphs(laws: Path) -> list[Paragraph]:
    if laws.exists():
        return questions.laws(laws)
    print(f"{laws} is not there: invented documents stand in for the laws")
    bodies = (bureau.text_of(number) for number in range(20_000))
    return [
        Paragraph(title, line.removesuffix("</p>"))
        for title, body in bodies
        for line in body.split("<p>")
        if line
    ]


def _beside_peers(paragraphs: Sequence[Paragraph], count: int) -> None:
    print(f"-- {len(paragraphs):,} paragraphs")
    put = questions.made(paragraphs, count, seed=SEED)
    with tempfile.TemporaryDirectory() as folder:
        _show("sunshine", *_ours(Path(folder), paragraphs, put))
    for name, engine in _bearing(paragraphs):
        begun = time.perf_counter()
        with engine(paragraphs) as answers:
            _show(
                name, len(paragraphs) / (time.perf_counter() - begun), measured(answers, put[:ASKED_OF_PEERS])
            )


def _among_all(title: str, paragraphs: Sequence[Paragraph], sets: Mapping[str, Sequence[Asked]]) -> None:
    """Ask sets of questions among all paragraphs, the peers the first of each."""
    print(f"-- {title}: {len(paragraphs):,} paragraphs")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rate = _built(place, paragraphs)
        for name, put in sets.items():
            print(f"   {len(put):,} {name}")
            _show("sunshine", rate, measured(_Ranked(place), put))
            _show("whole answer", None, measured(_Whole(place), put))
            _show("the first", None, measured(_Ranked(place), put[:ASKED_OF_PEERS]))
    print("             (a whole answer also counts all that was found, its facets, and cuts ten snippets)")
    for name, engine in _bearing(paragraphs):
        with engine(paragraphs) as answers:
            for asked, put in sets.items():
                print(f"   the first {len(put[:ASKED_OF_PEERS])} {asked}")
                _show(name, None, measured(answers, put[:ASKED_OF_PEERS]))


def _bearing(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, peers.Engine]]:
    for name, engine in peers.ENGINES.items():
        if name == "whoosh" and len(paragraphs) > WHOOSH_BEARS:
            print(f"{name:12} left out beyond {WHOOSH_BEARS:,} paragraphs: building alone takes minutes")
        else:
            yield name, engine


def _ours(folder: Path, paragraphs: Sequence[Paragraph], put: Sequence[Asked]) -> tuple[float, Measured]:
    return _built(folder, paragraphs), measured(_Ranked(folder), put)


def _built(folder: Path, paragraphs: Sequence[Paragraph]) -> float:
    begun, idle = time.perf_counter(), time.process_time()
    store.build(folder, _pages(paragraphs))
    passed, worked = time.perf_counter() - begun, time.process_time() - idle
    print(f"{'':12} built in {passed:.1f} s, {worked:.1f} s of them work: {len(paragraphs) / worked:,.0f}/s")
    return len(paragraphs) / passed


def _pages(paragraphs: Sequence[Paragraph]) -> Iterator[store.Page]:
    for place, each in enumerate(paragraphs):
        yield store.Page(str(place), "", "paragraph", each.title, each.text)


class _Ranked:
    """Our search as far as the order of the first ten."""

    def __init__(self, folder: Path) -> None:
        self._searcher = store.reader(folder).searcher()

    def __call__(self, words: str) -> list[int]:
        meanings = tuple(matching.weighed(self._searcher, each) for each in query.meanings(words))
        asked = ranking.Found(meanings, (), None, any_word=True)
        return [int(each.page.reference) for each in ranking.closely(self._searcher, asked, TODAY)[:10]]


class _Whole:
    """Our search as the page asks it, without the database."""

    def __init__(self, folder: Path) -> None:
        self._searcher = store.reader(folder).searcher()

    def __call__(self, words: str) -> list[int]:
        meanings = query.meanings(words)
        found = ranking.found(self._searcher, meanings, matching.Narrowing(), TODAY)
        kept = ranking.ranked(self._searcher, found, sort="relevance", first=0, last=10, on=TODAY)
        counting.counts(self._searcher, found.query, TODAY)
        for each in kept:
            snippets.of(each.text, meanings)
        return [int(each.page.reference) for each in kept]


def measured(answers: peers.Answers, put: Sequence[Asked]) -> Measured:
    """Ask every question once after a short warming up, and judge the answers."""
    for each in put[:20]:
        answers(each.words)
    query.meanings.cache_clear()
    ranks, times, worked = [], [], []
    for each in put:
        begun, idle = time.perf_counter(), time.thread_time()
        found = answers(each.words)
        times.append(time.perf_counter() - begun)
        worked.append(time.thread_time() - idle)
        right = (place for place, number in enumerate(found[:10], 1) if number in each.answers)
        ranks.append(1 / next(right, float("inf")))
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    return Measured(sum(ranks) / len(ranks), first, tuple(times), tuple(worked))


def _titles(laws: Path) -> None:
    """Say how often a law is found first by its title, among the whole laws."""
    whole: dict[str, list[str]] = {}
    for each in questions.laws(laws):
        whole.setdefault(each.title, []).append(each.text)
    paragraphs = [Paragraph(title, "\n".join(texts)) for title, texts in whole.items()]
    sampled = random.Random(SEED).sample(range(len(paragraphs)), SAMPLED_TITLES)
    put = [Asked(paragraphs[place].title, frozenset({place})) for place in sampled]
    print(f"-- {len(paragraphs):,} whole laws, {len(put)} of them asked by title")
    with tempfile.TemporaryDirectory() as folder:
        _show("sunshine", *_ours(Path(folder), paragraphs, put))


def _show(name: str, rate: float | None, told: Measured) -> None:
    built = f"   built {rate:7,.0f}/s" if rate else ""
    middle, slow = _spread(told.worked)
    work = "" if name in peers.ENGINES else f"   work {middle:.2f} and {slow:.2f} ms"
    print(f"{name:12} {told}{work}{built}", flush=True)


if __name__ == "__main__":
    main()
