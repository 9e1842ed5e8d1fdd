"""The log as tiles: 256 hashes to a file, as C2SP tlog-tiles asks (c2sp.org/tlog-tiles).

Level 0 holds leaf hashes; a hash of level L + 1 is the root above one full tile of level L. The last
tile of a level is partial and grows; a narrower partial tile is the beginning of the wider one, so a
store keeps one run of bytes per tile. Entries themselves lie in *bundles* of 256.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sunshine.kernel import merkle

WIDTH = 256
HEIGHT = 8  # levels of the tree inside one tile: 2 ** 8 = 256
HIGHEST_LEVEL = 63
LARGEST_ENTRY = 0xFFFF
ENTRIES = "entries"

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<groups>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class BadTile(ValueError):
    """A tile, a bundle or a path that is not what the format or the size of the log asks for."""


class TileReader(Protocol):
    """Whoever can hand out tiles: bytes as far as the tile has grown, empty when there is none."""

    def tile(self, level: int, index: int) -> bytes: ...


class TileStore(TileReader, Protocol):
    """Whoever keeps tiles; `put` replaces a tile by itself grown longer."""

    def put(self, level: int, index: int, data: bytes) -> None: ...


class MemoryTiles:
    """A store in memory."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, index: int) -> bytes:
        return self._tiles.get((level, index), b"")

    def put(self, level: int, index: int, data: bytes) -> None:
        self._tiles[(level, index)] = data


class SizedTiles:
    """A reader over files that are addressed with their width, as tlog-tiles serves them."""

    def __init__(self, read_tile: Callable[[int, int, int], bytes], size: int) -> None:
        self._read_tile = read_tile
        self._size = size

    def tile(self, level: int, index: int) -> bytes:
        width = tile_width(self._size, level, index)
        return self._read_tile(level, index, width) if width else b""


# --- places and paths ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tile lies; `level` is None for a bundle of entries."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The address below the log's prefix."""
        return _path(ENTRIES if self.level is None else str(self.level), self.index, self.width)


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Return the address of a tile below the log's prefix, as `tile/0/x001/x234/067.p/112`."""
    if not 0 <= level <= HIGHEST_LEVEL:
        raise BadTile(f"there is no level {level}")
    return _path(str(level), index, width)


def entries_path(index: int, width: int = WIDTH) -> str:
    """Return the address of a bundle of entries below the log's prefix."""
    return _path(ENTRIES, index, width)


def parse_path(path: str) -> Place:
    """Return the place that an address names.

    :raises BadTile: it is not the one way to write a place
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise BadTile(f"{path} is not the address of a tile")
    level = None if match["level"] == ENTRIES else int(match["level"])
    index = int(match["groups"].replace("x", "").replace("/", ""))
    width = int(match["width"] or WIDTH)
    place = Place(level, index, width)
    too_wide = match["width"] is not None and width >= WIDTH
    if too_wide or (level is not None and level > HIGHEST_LEVEL) or place.path != path:
        raise BadTile(f"{path} is not the address of a tile")
    return place


def tile_width(size: int, level: int, index: int) -> int:
    """Return how many hashes a tile has in a log of `size` leaves; 0 when there is no such tile."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def tile_places(size: int) -> Iterator[Place]:
    """Yield every tile of a log of `size` leaves, lowest level first."""
    level, hashes = 0, size
    while hashes:
        yield from _row(level, hashes)
        level, hashes = level + 1, hashes // WIDTH


def entry_places(size: int) -> Iterator[Place]:
    """Yield every bundle of entries of a log of `size` leaves."""
    return _row(None, size)


def _row(level: int | None, hashes: int) -> Iterator[Place]:
    full, rest = divmod(hashes, WIDTH)
    for index in range(full):
        yield Place(level, index)
    if rest:
        yield Place(level, full, rest)


def _path(kind: str, index: int, width: int) -> str:
    if index < 0 or not 1 <= width <= WIDTH:
        raise BadTile(f"there is no tile {index} of width {width}")
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    ending = "" if width == WIDTH else f".p/{width}"
    return f"tile/{kind}/{'/'.join(reversed(groups))}{ending}"


# --- bundles of entries -------------------------------------------------------------------------


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries one after the other, each behind its length in two bytes.

    :raises BadTile: an entry is longer than the format can say, or there are more than 256
    """
    if len(entries) > WIDTH:
        raise BadTile(f"a bundle holds {WIDTH} entries, not {len(entries)}")
    for entry in entries:
        if len(entry) > LARGEST_ENTRY:
            raise BadTile(f"an entry of {len(entry)} bytes is longer than {LARGEST_ENTRY}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    :raises BadTile: the bytes end inside an entry
    """
    entries = []
    start = 0
    while start < len(data):
        end = start + 2 + int.from_bytes(data[start : start + 2], "big")
        if end > len(data) or start + 2 > len(data):
            raise BadTile("the bundle ends inside an entry")
        entries.append(data[start + 2 : end])
        start = end
    return entries


# --- growing, root and proofs -------------------------------------------------------------------


def append(store: TileStore, size: int, leaf_hashes: Sequence[bytes]) -> int:
    """Add leaves to a log of `size` leaves, writing each tile that grows once; return the new size.

    :raises BadTile: the store does not hold exactly `size` leaves at its edge
    """
    level, position, hashes = 0, size, list(leaf_hashes)
    while hashes:
        full = _grow_row(store, level, position, hashes)
        level, position, hashes = level + 1, position // WIDTH, full
    return size + len(leaf_hashes)


def root(reader: TileReader, size: int) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _SpanHashes(reader).of(0, size) if size else merkle.EMPTY_ROOT


def inclusion(reader: TileReader, index: int, size: int) -> list[bytes]:
    """Return the proof that leaf `index` stands in the tree of `size` leaves, reading O(log size) tiles."""
    hashes = _SpanHashes(reader)
    return [hashes.of(first, end) for first, end in merkle.inclusion_spans(index, size)]


def consistency(reader: TileReader, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is the beginning of the one of `new`."""
    hashes = _SpanHashes(reader)
    return [hashes.of(first, end) for first, end in merkle.consistency_spans(old, new)]


def split_hashes(data: bytes) -> list[bytes]:
    """Return the hashes of a tile.

    :raises BadTile: the bytes are not a whole number of hashes
    """
    if len(data) % merkle.HASH_BYTES:
        raise BadTile(f"{len(data)} bytes are not a whole number of hashes")
    return [data[start : start + merkle.HASH_BYTES] for start in range(0, len(data), merkle.HASH_BYTES)]


def _grow_row(store: TileStore, level: int, position: int, hashes: Sequence[bytes]) -> list[bytes]:
    """Write `hashes` from `position` of a level on; return the roots of the tiles that became full."""
    full = []
    taken = 0
    while taken < len(hashes):
        index, held = divmod(position + taken, WIDTH)
        kept = store.tile(level, index)
        if len(kept) != held * merkle.HASH_BYTES:
            raise BadTile(
                f"{tile_path(level, index)} holds {len(kept)} bytes where {held} hashes were expected"
            )
        fresh = hashes[taken : taken + WIDTH - held]
        grown = kept + b"".join(fresh)
        store.put(level, index, grown)
        if len(grown) == WIDTH * merkle.HASH_BYTES:
            full.append(merkle.root(split_hashes(grown)))
        taken += len(fresh)
    return full


class _SpanHashes:
    """The hash above a run of leaves, out of tiles; each tile is read once."""

    def __init__(self, reader: TileReader) -> None:
        self._reader = reader
        self._held: dict[tuple[int, int], bytes] = {}

    def of(self, first: int, end: int) -> bytes:
        """Return the hash above leaves first … end - 1, a span as `merkle` makes them."""
        size = end - first
        if size & (size - 1) == 0:
            return self._of_whole_subtree(first, size)
        middle = first + merkle.largest_power_below(size)
        return merkle.node_hash(self._of_whole_subtree(first, middle - first), self.of(middle, end))

    def _of_whole_subtree(self, first: int, size: int) -> bytes:
        level, height_in_tile = divmod(size.bit_length() - 1, HEIGHT)
        index, offset = divmod(first >> (HEIGHT * level), WIDTH)
        start, end = offset * merkle.HASH_BYTES, (offset + (1 << height_in_tile)) * merkle.HASH_BYTES
        data = self._tile(level, index)
        if len(data) < end:
            raise BadTile(f"{tile_path(level, index)} is missing or too short")
        return merkle.root(split_hashes(data[start:end]))

    def _tile(self, level: int, index: int) -> bytes:
        place = (level, index)
        if place not in self._held:
            self._held[place] = self._reader.tile(level, index)
        return self._held[place]
