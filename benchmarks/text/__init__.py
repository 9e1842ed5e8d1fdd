"""Measures the floor of texts, part by part, each beside a peer in the same run: `python -m benchmarks.text`.

Options: `--sets FOLDER` for public evaluation sets (see `readers`), `--data FOLDER` for the archive of laws
and `--seed N`; `--part NAME` (again for more) picks identifiers, persons, slips, posts, words, scripts or
search.
Speeds are of one core, in time of the processor. What no public set is there for is said so.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] = ()) -> None:
    """Measure; the peers are loaded only now, because they warn when they are."""
    from benchmarks.text import measuring

    measuring.main(arguments)
