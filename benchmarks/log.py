"""The public log: how fast it grows and proves, beside the bare hashing that any Merkle log must do.

    python -m benchmarks log -- 1000 10000 100000

The peer is SHA-256 itself in the same run: a log of n leaves needs about two hashes a leaf, so that rate is
what no log in this language can beat. Entries are of the size that a publication has.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Sequence

from sunshine.kernel import canonical, merkle, note, tiles

SIZES = (1_000, 10_000, 100_000)
BATCH = 64
PROOFS = 500
SIGNED = 200


def main(arguments: Sequence[str] = ()) -> None:
    """Measure growing, signing, proving and verifying at each size."""
    sizes = [int(each) for each in arguments] or SIZES
    print("entries a second; one core, in memory; peer: two SHA-256 a leaf and nothing else")
    print(f"{'entries':>9} {'peer':>10} {'append 64':>10} {'append 1':>10} {'ratio':>6} "
          f"{'sign':>8} {'prove':>8} {'verify':>8} {'consistency':>12}")  # fmt: skip
    for size in sizes:
        print(_row(size), flush=True)


def _row(size: int) -> str:
    leaves = [_leaf(number) for number in range(size)]
    peer = _rate(size, lambda: _hash_twice(leaves))
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    store = tiles.MemoryTiles()
    batched = _rate(size, lambda: _grow(store, leaves, BATCH))
    single = _rate(min(size, 5_000), lambda: _grow_from(store, size, leaves[: min(size, 5_000)]))
    root = tiles.root(store, size)
    assert root == merkle.root(hashes), "the tiles do not hold what was appended"
    signer = note.Signer.generate("bench.example")
    signing = _rate(
        SIGNED,
        lambda: [note.sign(note.checkpoint("bench.example", size, root), signer) for _ in range(SIGNED)],
    )
    chance = random.Random(size)
    places = [chance.randrange(size) for _ in range(PROOFS)]
    proofs: list[list[bytes]] = []
    proving = _rate(PROOFS, lambda: proofs.extend(tiles.inclusion(store, place, size) for place in places))

    def verify() -> None:
        for place, proof in zip(places, proofs, strict=True):
            assert merkle.verify_inclusion(leaf=hashes[place], index=place, size=size, proof=proof, root=root)

    verifying = _rate(PROOFS, verify)
    consistent = _rate(PROOFS, lambda: [tiles.consistency(store, place + 1, size) for place in places])
    return (
        f"{size:>9,} {peer:>10,.0f} {batched:>10,.0f} {single:>10,.0f} {batched / peer:>6.2f} "
        f"{signing:>8,.0f} {proving:>8,.0f} {verifying:>8,.0f} {consistent:>12,.0f}"
    )


def _leaf(number: int) -> bytes:
    return canonical.encode(
        {
            "v": 1,
            "kind": "record.published",
            "subject": f"2026-{number:05}",
            "at": "2026-03-02T09:00:00+08:00",
            "version": 1,
            "digest": f"{number:064x}",
        }
    )


def _hash_twice(leaves: Sequence[bytes]) -> None:
    for leaf in leaves:
        digest = hashlib.sha256(b"\x00" + leaf).digest()
        hashlib.sha256(b"\x01" + digest + digest).digest()


def _grow(store: tiles.MemoryTiles, leaves: Sequence[bytes], batch: int) -> None:
    size = 0
    for first in range(0, len(leaves), batch):
        size = tiles.append(store, size, [merkle.leaf_hash(leaf) for leaf in leaves[first : first + batch]])


def _grow_from(store: tiles.MemoryTiles, size: int, leaves: Sequence[bytes]) -> None:
    """Append one by one on top of a copy, each with the root that a checkpoint signs."""
    grown = tiles.MemoryTiles()
    grown._tiles = dict(store._tiles)  # noqa: SLF001  # a copy: the measured log stays as it is
    for leaf in leaves:
        size = tiles.append(grown, size, [merkle.leaf_hash(leaf)])
        tiles.root(grown, size)


def _rate(count: int, do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return count / (time.perf_counter() - begun)
