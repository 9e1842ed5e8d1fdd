"""The log itself: signature, tiles, entries, root, and that an earlier checkpoint still holds."""

from __future__ import annotations

from collections.abc import Sequence

from sunshine.kernel import merkle, note, tiles
from sunshine.project.verifying.found import Found, Step, silent
from sunshine.project.verifying.sites import Missing, Site

CHECKPOINT, KEY = "log/checkpoint", "log/key"

Hashes = list[bytes]


def verifier(site: Site, given: str, found: Found) -> note.Verifier | None:
    """Return the key to trust: the one that was given, else the one the site offers itself."""
    offered = _text(site, KEY, found)
    found.key_was_given = bool(given)
    if given and offered and given.strip() != offered.strip():
        found.fault(KEY, "it is not the key that was given")
    line = (given or offered).strip()
    try:
        trusted = note.Verifier.parse(line) if line else None
    except note.BadNote as error:
        found.fault("the key that was given" if given else KEY, str(error))
        return None
    found.key = line
    return trusted


def checkpoint(site: Site, key: note.Verifier, found: Found) -> note.Checkpoint | None:
    """Return the newest checkpoint, its signature checked."""
    signed = _text(site, CHECKPOINT, found)
    if not signed:
        return None
    try:
        head = note.verify_checkpoint(signed, key)
    except note.BadNote as error:
        found.fault(CHECKPOINT, str(error))
        return None
    found.origin, found.size = head.origin, head.size
    return head


def leaves(site: Site, head: note.Checkpoint, found: Found, step: Step = silent) -> dict[int, bytes]:
    """Check every tile and entry below a checkpoint; return the entries by their place in the log.

    An entry that does not lead to the signed root is named and left out of what is returned.
    """
    bundles = [_bundle(site, place, found, step) for place in tiles.entry_places(head.size)]
    told = [[merkle.leaf_hash(entry) for entry in bundle] for bundle in bundles]
    kept = _tiles(site, head, found, step)
    _check_upper(kept, told, found)
    wrong = _check_lowest(kept.get(0, {}), kept.get(1, {}), told, head, found)
    flat = [each for index, row in enumerate(told) for each in (kept.get(0, {}).get(index) or row)]
    if not found.faults and (len(flat) != head.size or merkle.root(flat) != head.root):
        found.fault(CHECKPOINT, "its root is not the root of the tiles")
    found.entries = sum(len(bundle) for bundle in bundles)
    return {
        index * tiles.WIDTH + place: entry
        for index, bundle in enumerate(bundles)
        for place, entry in enumerate(bundle)
        if index * tiles.WIDTH + place not in wrong
    }


def earlier(signed: str, entries: dict[int, bytes], key: note.Verifier, found: Found) -> None:
    """Check that the log still begins with all that a checkpoint kept elsewhere has signed."""
    try:
        head = note.verify_checkpoint(signed, key)
    except note.BadNote as error:
        found.fault("the earlier checkpoint", str(error))
        return
    found.earlier_size = head.size
    if head.size > found.size:
        found.fault(
            CHECKPOINT, f"the log was cut: it had {head.size} entries before and has {found.size} now"
        )
        return
    first = [merkle.leaf_hash(entries[index]) for index in range(head.size) if index in entries]
    if len(first) != head.size or merkle.root(first) != head.root:
        found.fault(
            CHECKPOINT, f"history was rewritten: the first {head.size} entries are not those signed before"
        )


def _text(site: Site, path: str, found: Found) -> str:
    try:
        return site.get(path).decode("utf-8")
    except Missing:
        found.fault(path, "it is missing")
    except UnicodeDecodeError:
        found.fault(path, "it is no text")
    return ""


def _bundle(site: Site, place: tiles.Place, found: Found, step: Step) -> list[bytes]:
    name = f"log/{place.path}"
    step("entries", place.width)
    try:
        entries = tiles.decode_bundle(site.get(name))
    except Missing:
        found.fault(name, "it is missing")
        return []
    except tiles.BadTile as error:
        found.fault(name, str(error))
        return []
    if len(entries) < place.width:
        found.fault(name, f"it holds {len(entries)} entries, not {place.width}")
    return entries[: place.width]


def _tiles(site: Site, head: note.Checkpoint, found: Found, step: Step) -> dict[int, dict[int, Hashes]]:
    """Return the hashes of every tile: level -> index -> hashes."""
    kept: dict[int, dict[int, Hashes]] = {}
    for place in tiles.tile_places(head.size):
        name = f"log/{place.path}"
        step("tiles", 1)
        try:
            hashes = tiles.split_hashes(site.get(name))
        except Missing:
            found.fault(name, "it is missing")
            continue
        except tiles.BadTile as error:
            found.fault(name, str(error))
            continue
        if len(hashes) < place.width:
            found.fault(name, f"it holds {len(hashes)} hashes, not {place.width}")
            continue
        kept.setdefault(place.level or 0, {})[place.index] = hashes[: place.width]
        found.tiles += 1
    return kept


def _check_upper(kept: dict[int, dict[int, Hashes]], told: Sequence[Hashes], found: Found) -> None:
    """Check that each hash above a full tile is the root of that tile; name the one that is wrong."""
    for level in range(1, max(kept, default=0) + 1):
        for index, hashes in kept.get(level, {}).items():
            for place, expected in enumerate(hashes):
                below = kept.get(level - 1, {}).get(index * tiles.WIDTH + place)
                if below is None or merkle.root(below) == expected:
                    continue
                child = index * tiles.WIDTH + place
                row = told[child] if level == 1 and child < len(told) else []
                if row and merkle.root(row) == expected:
                    continue  # the entries lead up to it: the comparison with them names the tile exactly
                if row == below:
                    name = tiles.tile_path(level, index, len(hashes))
                    found.fault(f"log/{name}", f"hash {place} is not the root of the tile below it")
                else:
                    name = tiles.tile_path(level - 1, child)
                    found.fault(f"log/{name}", "its hashes do not lead to the hash above it")


def _check_lowest(
    kept: dict[int, Hashes],
    above: dict[int, Hashes],
    told: Sequence[Hashes],
    head: note.Checkpoint,
    found: Found,
) -> set[int]:
    """Compare entries with the tiles of their hashes; return the places of entries that were changed."""
    wrong: set[int] = set()
    for index, row in enumerate(told):
        hashes = kept.get(index)
        if hashes is None or hashes == row or len(row) != len(hashes):
            continue
        places = [place for place, pair in enumerate(zip(hashes, row, strict=True)) if pair[0] != pair[1]]
        if _leads_up(row, index, kept, above, told, head):
            name = tiles.tile_path(0, index, len(hashes))
            found.fault(
                f"log/{name}", f"it does not hold the hash of entry {index * tiles.WIDTH + places[0]}"
            )
            kept[index] = row
            continue
        name = tiles.entries_path(index, len(row))
        for place in places:
            wrong.add(index * tiles.WIDTH + place)
            found.fault(f"log/{name}", f"entry {index * tiles.WIDTH + place} is not the one that was signed")
    return wrong


def _leads_up(
    row: Hashes,
    index: int,
    kept: dict[int, Hashes],
    above: dict[int, Hashes],
    told: Sequence[Hashes],
    head: note.Checkpoint,
) -> bool:
    """Say whether the entries themselves, not their tile, lead to what was signed."""
    parent = above.get(index // tiles.WIDTH)
    if len(row) == tiles.WIDTH and parent is not None and index % tiles.WIDTH < len(parent):
        return merkle.root(row) == parent[index % tiles.WIDTH]
    flat = [
        each for other, one in enumerate(told) for each in (row if other == index else kept.get(other) or one)
    ]
    return len(flat) == head.size and merkle.root(flat) == head.root
