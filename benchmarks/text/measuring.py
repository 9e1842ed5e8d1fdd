"""The measurements themselves, a function a part; each prints a line for us and a line for a peer."""

from __future__ import annotations

import argparse
import itertools
import re
import tarfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import datasketch
import jieba.posseg
import rjieba

from benchmarks import questions
from benchmarks.text import lac, made, posts, readers, slips_made
from sunshine.text import normal, parties, people, privacy, proofread, script, similarity, wordlists
from sunshine.text import slips as known

SHARED = Path(__file__).parents[3] / "shared"
WRITTEN = (made.DATA / "news.txt", made.DATA / "people.txt")
PLAIN_PATTERNS = {
    "resident_id": re.compile(r"\d{17}[\dXx]"),
    "mobile": re.compile(r"1[3-9]\d{9}"),
    "bank_card": re.compile(r"\d{16,19}"),
    "plate": re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}"),
    "organisation_code": re.compile(r"[0-9A-Z]{18}"),
    "email": re.compile(r"[\w.]+@[\w.]+"),
    "passport": re.compile(r"E\d{8}"),
}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for."""

    sets: Path | None
    data: Path
    seed: int
    count: int


def main(arguments: Sequence[str] = ()) -> None:
    """Measure the parts asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.text")
    parser.add_argument("--sets", type=Path, help="a folder of public evaluation sets")
    parser.add_argument("--data", type=Path, default=SHARED / "data", help="the folder with laws.tar.xz")
    parser.add_argument("--seed", type=int, default=2019)
    parser.add_argument("--count", type=int, default=2000, help="documents to make")
    parser.add_argument("--part", action="append", choices=sorted(PARTS))
    asked = parser.parse_args(arguments)
    options = Options(asked.sets, asked.data, asked.seed, asked.count)
    for part in asked.part or PARTS:
        print(f"-- {part}", flush=True)
        PARTS[part](options)


def search(options: Options) -> None:
    """Ask the sets of questions that were laid into the folder; those made from laws have their own run."""
    from benchmarks import search as engines

    if options.sets is None or not engines.of_sets(options.sets):
        print("   no set of questions was laid; `python -m benchmarks search` asks made ones")


def timed(act: Callable[[], object]) -> float:
    """Return the processor's seconds that an act took."""
    begun = time.process_time()
    act()
    return max(1e-9, time.process_time() - begun)


def bytes_of(texts: Iterable[str]) -> int:
    """Return the size of texts in UTF-8."""
    return sum(len(each.encode("utf-8", "ignore")) for each in texts)


def _laws(options: Options, count: int) -> list[str]:
    """Return laws from the archive, spread over it; none where the archive is not there."""
    path = options.data / "laws.tar.xz"
    if not path.exists():
        print(f"   (no {path.name}: what needs laws is left out)")
        return []
    with tarfile.open(path) as archive:
        members = [each for each in archive if each.name.endswith(".md")]
        chosen = members[options.seed % 7 :: max(1, len(members) // count)][:count]
        read = [archive.extractfile(each) for each in chosen]
        texts = [each.read().decode("utf-8") for each in read if each is not None]
    return [text.partition("<!-- INFO END -->")[2] or text for text in texts]


# --- structured identifiers ----------------------------------------------------------------------------


def identifiers(options: Options) -> None:
    """Print recall, precision and speed of structured data, beside plain patterns."""
    papers = list(made.Maker(options.seed).papers(options.count))
    texts = [each.text for each in papers]
    ours = [[(f.start, f.end, f.kind) for f in privacy.identifiers_in(text)] for text in texts]
    plain = [_plain(text) for text in texts]
    print(f"   {len(papers)} made documents, half of the numbers disguised, seed {options.seed}")
    for name, found, kinds in (
        ("ours", ours, None),
        ("plain patterns", plain, set(PLAIN_PATTERNS)),
    ):
        wanted = [[span for span in paper.spans if kinds is None or span[2] in kinds] for paper in papers]
        right, false, missed = _compared(found, wanted)
        print(f"   {name:<16} recall {right / (right + missed):.4f}  precision {right / (right + false):.4f}")
    _speeds("these documents, dense with data", texts)
    if laws := _laws(options, 100):
        _speeds("laws", laws)


def _speeds(name: str, texts: Sequence[str]) -> None:
    size = bytes_of(texts)
    structured = size / timed(lambda: [privacy.identifiers_in(each) for each in texts])
    everything = size / timed(lambda: [privacy.find(each) for each in texts])
    plain = size / timed(lambda: [_plain(each) for each in texts])
    print(f"   {name}: structured {structured / 1e6:.2f} MB/s, everything {everything / 1e3:.0f} KB/s,")
    print(f"      plain patterns {plain / 1e6:.2f} MB/s")


def _plain(text: str) -> list[tuple[int, int, str]]:
    return [(*m.span(), kind) for kind, pattern in PLAIN_PATTERNS.items() for m in pattern.finditer(text)]


def _compared(
    found: Sequence[Sequence[tuple[int, int, str]]], wanted: Sequence[Sequence[tuple[int, int, str]]]
) -> tuple[int, int, int]:
    """Return right, false, missed; an address or a date is right when it covers what was wanted."""
    right = false = missed = 0
    for got, gold in zip(found, wanted, strict=True):
        held = [any(_is_same(each, other) for other in got) for each in gold]
        right += sum(held)
        missed += len(held) - sum(held)
        counted = [each for each in got if each[2] not in ("landline", "service_number")]
        false += sum(not any(_is_same(each, other) for each in gold) for other in counted)
    return right, false, missed


def _is_same(gold: tuple[int, int, str], found: tuple[int, int, str]) -> bool:
    if gold[2] != found[2]:
        return False
    if gold[2] == "address":
        return found[0] <= gold[0] + 3 and found[1] >= gold[1]
    return gold[:2] == found[:2]


# --- persons -------------------------------------------------------------------------------------------


def persons(options: Options) -> None:
    """Print how well names are found: parties of made papers, written news, and every public set given."""
    papers = list(made.Maker(options.seed + 1).papers(options.count))
    _parties(papers)
    print("   by hand: sentences in the manner of news, written for this measurement and never learned from")
    network = lac.Lac()
    for path in WRITTEN:
        _named(f"{path.stem} by hand", list(readers.written(path)), network)
    if options.sets is None:
        print("   no public set was given (--sets): nothing is said about CLUENER, MSRA or Weibo")
        return
    for name, sentences in readers.named_sets(options.sets):
        _named(name, sentences, network)


def _parties(papers: Sequence[made.Paper]) -> None:
    right = found = wanted = masked = 0
    for paper in papers:
        got = {(f.start, f.end) for f in privacy.find(paper.text) if f.kind == "person_name" and f.is_private}
        right += len(got & set(paper.parties))
        found += len(got)
        wanted += len(set(paper.parties))
        masked += len(got & set(paper.officials))
    print(
        f"   parties in made papers: recall {right / wanted:.4f}  precision {right / found:.4f}"
        f"  ({masked} officials among the false)"
    )


def _named(name: str, sentences: Sequence[readers.Named], network: lac.Lac) -> None:
    texts = [each.text for each in sentences]
    folded = [normal.fold(each) for each in texts]
    finders: Mapping[str, Callable[[], list[list[Span]]]] = {
        "ours": lambda: [[f.origin(p.start, p.end) for p in people.find(f.text)] for f in folded],
        "ours as findings": lambda: [_persons_in(each) for each in texts],
        "ours, doubtful too": lambda: [_persons_in(each, with_doubtful=True) for each in texts],
        "LAC small (numpy)": lambda: network.names(texts),
        "jieba tags": lambda: [_jieba(each) for each in texts],
    }
    print(f"   {name}: {len(texts)} sentences, {sum(len(each.names) for each in sentences)} names")
    for finder, find in finders.items():
        results: list[list[list[Span]]] = []
        seconds = timed(lambda find=find, results=results: results.append(find()))  # type: ignore[misc]  # bound now
        exact, covered = _name_scores(sentences, results[0])
        speed = bytes_of(texts) / seconds / 1e3
        print(f"     {finder:<18} exact F1 {exact:.4f}  covered {covered:.4f}  {speed:.0f} KB/s")


def _persons_in(text: str, *, with_doubtful: bool = False) -> list[Span]:
    found = privacy.find(text, with_doubtful=with_doubtful)
    return [(each.start, each.end) for each in found if each.kind in ("person_name", parties.POSSIBLE_NAME)]


def _jieba(text: str) -> list[Span]:
    spans, place = [], 0
    for pair in jieba.posseg.cut(text):
        if pair.flag in ("nr", "nrt", "nrfg") and len(pair.word) > 1:
            spans.append((place, place + len(pair.word)))
        place += len(pair.word)
    return spans


def _name_scores(sentences: Sequence[readers.Named], found: Sequence[Sequence[Span]]) -> tuple[float, float]:
    right = got = wanted = covered = 0
    for sentence, spans in zip(sentences, found, strict=True):
        right += len(sentence.names & set(spans))
        got += len(set(spans))
        wanted += len(sentence.names)
        seen = {place for start, end in spans for place in range(start, end)}
        covered += sum(seen.issuperset(range(*name)) for name in sentence.names)
    return 2 * right / max(1, got + wanted), covered / max(1, wanted)


# --- slips ---------------------------------------------------------------------------------------------


def slips(options: Options) -> None:
    """Print which slips are found in prose, false alarms in clean laws, and public spelling sets."""
    laws = _laws(options, 200)
    if laws:
        findings = [each for law in laws for each in proofread.check(law)]
        private = [each for law in laws for each in privacy.find(law) if _blocks(each)]
        blocking = sum(each.severity == proofread.ERROR for each in findings) + len(private)
        size = sum(map(len, laws))
        every = len(findings) + len(private)
        print(f"   {len(laws)} clean laws, {size} characters:")
        print(f"      {blocking / size * 20_000:.3f} blocking alarms in 20,000 characters")
        print(f"      {every / size * 1_000:.3f} alarms of any kind in 1,000 characters")
        prose = [
            line for law in laws for line in law.splitlines() if 60 < len(line) < 400 and "。" in line[:-5]
        ]
        _slips(slips_made.make(prose, 800, options.seed))
        _misheard(slips_made.misheard(prose, 800, options.seed))
        seconds = timed(lambda: [proofread.check(each) for each in laws])
        print(f"   speed {bytes_of(laws) / seconds / 1e3:.0f} KB/s")
    if options.sets is None:
        print("   no public set was given (--sets): nothing is said about SIGHAN")
        return
    for name, pairs in readers.misspelt_sets(options.sets):
        _spelling(name, pairs)


def _blocks(finding: privacy.Finding) -> bool:
    return finding.is_private and finding.confidence >= privacy.SURE


def _slips(made_slips: Sequence[slips_made.Slip]) -> None:
    counts: dict[str, list[bool]] = {}
    for slip in made_slips:
        found = proofread.check(slip.text)
        hit = any(f.start < slip.end and slip.start < f.end and f.kind == slip.kind for f in found)
        counts.setdefault(slip.kind, []).append(hit)
    shown = ", ".join(f"{kind} {sum(hits) / len(hits):.3f}" for kind, hits in sorted(counts.items()))
    print(f"   {len(made_slips)} slips put into laws, recall: {shown}")
    plain = wordlists.any_of(known.confused_words())
    hits = [bool(plain.search(slip.text)) for slip in made_slips]
    print(f"   peer, a list of wrong words alone: recall over all {sum(hits) / len(hits):.3f}")


def _misheard(made_slips: Sequence[slips_made.Slip]) -> None:
    hits = [
        any(f.start < slip.end and slip.start < f.end for f in proofread.check(slip.text))
        for slip in made_slips
    ]
    print(f"   any character for one that sounds the same: recall {sum(hits) / len(hits):.3f}")


def _spelling(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    right = found = wanted = 0
    for wrong, good in pairs:
        places = {place for place, (a, b) in enumerate(zip(wrong, good, strict=False)) if a != b}
        kinds = ("confused_word", "garbage", "doubled_word", "doubled_sign")
        got = {p for f in proofread.check(wrong) if f.kind in kinds for p in range(f.start, f.end)}
        wanted += bool(places)
        found += bool(got)
        right += bool(places & got)
    print(f"   {name}: sentences with an error found {right / max(1, wanted):.3f}")
    print(f"      sentences reported that have one {right / max(1, found):.3f}")


# --- posts ---------------------------------------------------------------------------------------------


def posts_in_streams(options: Options) -> None:
    """Print quality and speed of near-duplicates in a stream, beside datasketch."""
    sentences = [line for law in _laws(options, 200) for line in re.split(r"[。\n]", law) if len(line) > 80]
    sentences = sentences or [each.text * 4 for each in made.Maker(options.seed).papers(4000)]
    stream, groups = posts.make(sentences, 60_000, options.seed)
    clusters = similarity.Clusters()
    found: list[int] = []
    seconds = timed(lambda: found.extend(clusters.add(stream)))
    precision, recall = posts.scores(found, groups)
    print(f"   {len(stream)} posts of {sum(map(len, stream)) / len(stream):.0f} characters")
    print(
        f"   ours       precision {precision:.4f}  recall {recall:.4f}  {len(stream) / seconds:.0f} posts/s"
    )
    few = stream[:6_000]
    others: list[int] = []
    seconds = timed(lambda: others.extend(_datasketch(few)))
    precision, recall = posts.scores(others, groups[: len(few)])
    print(f"   datasketch precision {precision:.4f}  recall {recall:.4f}  {len(few) / seconds:.0f} posts/s")


def _datasketch(stream: Sequence[str]) -> list[int]:
    index = datasketch.MinHashLSH(similarity.THRESHOLD, similarity.PERMUTATIONS)
    hashes: dict[int, datasketch.MinHash] = {}
    numbers: list[int] = []
    for place, post in enumerate(stream):
        hashed = datasketch.MinHash(similarity.PERMUTATIONS)
        hashed.update_batch([post[at : at + 2].encode() for at in range(len(post) - 1)])
        like = [each for each in index.query(hashed) if hashed.jaccard(hashes[each]) >= similarity.THRESHOLD]
        numbers.append(min(like, default=place))
        if not like:
            index.insert(place, hashed)
            hashes[place] = hashed
    return numbers


# --- words and scripts ---------------------------------------------------------------------------------


def words(options: Options) -> None:
    """Print the speed of cutting into words, beside jieba, and how often both agree."""
    text = "\n".join(_laws(options, 30)) or "\n".join(p.text for p in made.Maker(options.seed).papers(2000))
    ours, theirs = _edges(rjieba.cut(text, True)), _edges(jieba.cut(text))
    print(f"   edges that both set: {len(ours & theirs) / len(ours | theirs):.4f} of all")
    print(f"   ours  {len(text) / timed(lambda: rjieba.cut(text, True)) / 1e6:.2f} M characters/s")
    print(f"   jieba {len(text) / timed(lambda: list(jieba.cut(text))) / 1e6:.2f} M characters/s")
    for name, sentences in readers.cut_sets(options.sets) if options.sets else ():
        wanted = list(itertools.chain.from_iterable(sentences))
        whole = "".join(wanted)
        cut, other = _agreed(rjieba.cut(whole, True), wanted), _agreed(jieba.lcut(whole), wanted)
        print(f"   {name}: F1 of words ours {cut:.4f}  jieba {other:.4f}")


def _agreed(cut: Sequence[str], wanted: Sequence[str]) -> float:
    """Return the F1 measure of words at the places where they are wanted."""
    spans, gold = (set(itertools.pairwise(sorted(_edges(each) | {0}))) for each in (cut, wanted))
    return 2 * len(spans & gold) / max(1, len(spans) + len(gold))


def _edges(cut: Iterable[str]) -> set[int]:
    edges, place = set[int](), 0
    for word in cut:
        place += len(word)
        edges.add(place)
    return edges


def scripts(options: Options) -> None:
    """Print what comes back from Traditional script, by phrases and, as the peer, by characters."""
    text = "\n".join(_laws(options, 30)) or "\n".join(p.text for p in made.Maker(options.seed).papers(2000))
    lost = sum(end - start for start, end, _ in script.lost_on_return(text))
    characters = {ord(each): script.to_traditional(each) for each in set(text)}
    naive = script.to_simplified(text.translate(characters))
    different = sum(a != b for a, b in zip(text, naive, strict=False))
    by_phrase = script.to_traditional(text)
    changed = sum(a != b for a, b in zip(by_phrase, text.translate(characters), strict=False))
    print(f"   characters that come back otherwise: by phrases {lost / len(text):.6f}")
    print(f"   the peer, character by character:    {different / len(text):.6f}")
    print(f"   phrases decide {changed / len(text):.5f} of the characters otherwise than characters alone")
    print(f"   {bytes_of([text]) / timed(lambda: script.to_traditional(text)) / 1e6:.2f} MB/s")
    for name, paragraphs, _asked in questions.sets(options.sets) if options.sets else ():
        joined = "\n".join(each.text for each in paragraphs)[:1_000_000]
        lost = sum(end - start for start, end, _ in script.lost_on_return(script.to_simplified(joined)))
        print(f"   {name}: comes back otherwise {lost / max(1, len(joined)):.6f}")


PARTS: Mapping[str, Callable[[Options], None]] = {
    "identifiers": identifiers,
    "persons": persons,
    "slips": slips,
    "posts": posts_in_streams,
    "words": words,
    "scripts": scripts,
    "search": search,
}
