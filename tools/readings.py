"""Write the table of readings that the search brings along: `python -m tools.readings`.

Draws on pypinyin: for each character of GB 2312 its usual reading without tone, and others that at
least one in six of its words has.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, phrases_dict, pinyin_dict

TARGET = Path("sunshine/text/data/readings.txt")
OFTEN, LEAST = 1 / 6, 3
_HEAD = "# Characters by reading, without tones; drawn by tools/readings.py from pypinyin {version} (MIT)"


def main() -> None:
    """Gather and write."""
    by_reading: dict[str, list[str]] = defaultdict(list)
    told = _readings_in_words()
    characters = [each for each in map(chr, sorted(pinyin_dict.pinyin_dict)) if _is_common(each)]
    for character in characters:
        usual = lazy_pinyin(character, style=Style.NORMAL, v_to_u=False)[0]
        counted = told[character]
        others = [
            reading
            for reading, count in counted.items()
            if count >= max(LEAST, OFTEN * counted.total()) and reading != usual
        ]
        for reading in (usual, *others):
            by_reading[reading].append(character)
    lines = [f"{reading} {''.join(by_reading[reading])}" for reading in sorted(by_reading)]
    TARGET.write_text("\n".join([_HEAD.format(version=_version()), *lines]) + "\n", "utf-8")
    sys.stdout.write(f"{len(characters)} characters, {len(lines)} readings\n")


def _readings_in_words() -> dict[str, Counter[str]]:
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for word in phrases_dict.phrases_dict:
        for character, reading in zip(word, lazy_pinyin(word, v_to_u=False), strict=False):
            told[character][reading] += 1
    return told


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2 and "\u4e00" <= character <= "\u9fff"
    except UnicodeEncodeError:
        return False


def _version() -> str:
    from importlib.metadata import version

    return version("pypinyin")


if __name__ == "__main__":
    main()
