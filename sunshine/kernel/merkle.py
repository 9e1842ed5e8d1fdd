"""The Merkle tree of RFC 6962: hashes, inclusion and consistency proofs.

A proof is thought of as a list of *spans*, the runs of leaves (first, end) whose hashes it holds, from
the bottom up. `tiles` reads the same spans out of stored tiles. Hashes are 32 bytes of SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Span = tuple[int, int]


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Return the root above a run of neighbouring hashes; a lone last one rises unchanged."""
    if not hashes:
        return EMPTY_ROOT
    row = list(hashes)
    while len(row) > 1:
        above = [node_hash(row[place], row[place + 1]) for place in range(0, len(row) - 1, 2)]
        if len(row) % 2:
            above.append(row[-1])
        row = above
    return row[0]


def largest_power_below(size: int) -> int:
    """Return the largest power of two smaller than `size` (at least 2): where RFC 6962 splits a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the spans of the proof that leaf `index` stands in the tree of `size` leaves.

    :raises ValueError: the tree has no such leaf
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    spans = []
    first, end = 0, size
    while end - first > 1:
        middle = first + largest_power_below(end - first)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Return the spans of the proof that the tree of `old` leaves is the beginning of the one of `new`.

    :raises ValueError: the old tree is larger than the new one
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves is not the beginning of one of {new}")
    if old == 0:
        return []
    spans = []
    first, end = 0, new
    while end != old:
        middle = first + largest_power_below(end - first)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    if first > 0:  # else the old root itself is the first hash, and the verifier knows it
        spans.append((first, end))
    return spans[::-1]


def inclusion(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """Return the inclusion proof of one leaf in the tree of all these leaf hashes."""
    return [root(hashes[first:end]) for first, end in inclusion_spans(index, len(hashes))]


def consistency(hashes: Sequence[bytes], old: int) -> list[bytes]:
    """Return the proof that the first `old` leaves are the beginning of the tree of all these."""
    return [root(hashes[first:end]) for first, end in consistency_spans(old, len(hashes))]


def verify_inclusion(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Answer whether the proof leads from a leaf's hash at its place to the root."""
    if not 0 <= index < size or not _are_hashes(proof):
        return False
    spans = inclusion_spans(index, size)
    if len(spans) != len(proof):
        return False
    reached = leaf
    for (first, _), sibling in zip(spans, proof, strict=True):
        reached = node_hash(reached, sibling) if first > index else node_hash(sibling, reached)
    return reached == root


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Answer whether the proof shows that the new tree begins with the whole old tree."""
    if not 0 <= old <= new or not _are_hashes(proof):
        return False
    spans = consistency_spans(old, new)
    if len(spans) != len(proof):
        return False
    if old == 0:
        return old_root == EMPTY_ROOT
    rest = list(zip(spans, proof, strict=True))
    begins_with_old_root = old & (old - 1) == 0  # the old tree is one whole subtree of the new
    reached_old = reached_new = old_root if begins_with_old_root or not rest else rest.pop(0)[1]
    for (first, _), sibling in rest:
        if first >= old:
            reached_new = node_hash(reached_new, sibling)
        else:
            reached_old = node_hash(sibling, reached_old)
            reached_new = node_hash(sibling, reached_new)
    return reached_old == old_root and reached_new == new_root


def _are_hashes(proof: Sequence[bytes]) -> bool:
    return all(len(part) == HASH_BYTES for part in proof)
