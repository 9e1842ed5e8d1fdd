"""Count the characters that stand alone between words: `python -m tools.lone_characters FOLDER`.

Reads Markdown files, writes sunshine/text/data/lone_characters.txt; run when the corpus of laws is renewed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import rjieba

TARGET = Path("sunshine/text/data/lone_characters.txt")
OFTEN = 50
PER_LINE = 50


def main() -> None:
    """Count and write."""
    files = sorted(Path(sys.argv[1]).rglob("*.md"))
    counts: Counter[str] = Counter()
    for file in files:
        words = rjieba.cut(file.read_text("utf-8"), False)
        counts.update(word for word in words if len(word) == 1 and "\u3400" <= word <= "\u9fff")
    often = "".join(sorted(character for character, count in counts.items() if count >= OFTEN))
    lines = [often[start : start + PER_LINE] for start in range(0, len(often), PER_LINE)]
    head = (
        f"# Characters that stand alone at least {OFTEN} times in {len(files)} laws and regulations;"
        " see tools/lone_characters.py"
    )
    TARGET.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    sys.stdout.write(f"{len(often)} characters\n")


if __name__ == "__main__":
    main()
