"""Count in how many texts each word stands: `python -m tools.common_words LAWS CORPUS`.

Reads an archive of laws (`*.tar.xz` of Markdown) and the newspaper of `tools.name_model`, thirty
paragraphs as one text; writes sunshine/text/data/common_words.txt.
"""

from __future__ import annotations

import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import rjieba

from tools import name_lessons

TARGET = Path("sunshine/text/data/common_words.txt")
PARAGRAPHS = 30
LEAST_SHARE = 8.0


def main() -> None:
    """Count and write."""
    laws, papers = Counter[str](), Counter[str]()
    of_laws = _count(_laws(Path(sys.argv[1])), laws)
    of_papers = _count(_papers(Path(sys.argv[2])), papers)
    shares = {
        word: (laws[word] / of_laws + papers[word] / of_papers) * 500 for word in laws.keys() | papers.keys()
    }
    common = {word: share for word, share in shares.items() if share >= LEAST_SHARE}
    head = (
        "# word, in how many of a thousand texts it stands (laws and a newspaper); see tools/common_words.py"
    )
    lines = [
        f"{word} {share:.0f}" for word, share in sorted(common.items(), key=lambda each: (-each[1], each[0]))
    ]
    TARGET.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(f"{len(lines)} words")


def _count(texts: Iterator[str], counts: Counter[str]) -> int:
    number = 0
    for text in texts:
        number += 1
        counts.update({word for word in rjieba.cut(text, False) if len(word) > 1 and word.isalpha()})
    return number


def _laws(path: Path) -> Iterator[str]:
    with tarfile.open(path) as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.name.endswith(".md") else None
            if opened is not None:
                yield opened.read().decode("utf-8")


def _papers(path: Path) -> Iterator[str]:
    lines = [text for text, _ in name_lessons.read(path)]
    for start in range(0, len(lines), PARAGRAPHS):
        yield "\n".join(lines[start : start + PARAGRAPHS])


if __name__ == "__main__":
    main()
