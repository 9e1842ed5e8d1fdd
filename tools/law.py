"""Compares the rules that the code cites with docs/law.md.

python -m tools.law          name the rules that one has and the other lacks
python -m tools.law where    write into the table where the code cites each rule
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "law.md"

# The families of rule ids; a new one is entered here when its first rule is.
FAMILIES = [
    "AR",
    "ARC",
    "ASM",
    "ATTR",
    "BIKE",
    "CAL",
    "CASE",
    "CH",
    "CRED",
    "DEC",
    "DOC",
    "FEE",
    "FOI",
    "HEAR",
    "INT",
    "LIB",
    "MUCK",
    "NORM",
    "OPN",
    "PARK",
    "PART",
    "PEN",
    "PII",
    "POW",
    "PRO",
    "PRP",
    "REM",
    "RULE",
    "SEC",
    "SIGN",
    "SM",
    "SRV",
    "STD",
    "WASTE",
    "WC",
    "WEB",
    "XF",
]
ID = re.compile(rf"(?<![A-Za-z0-9_-])(?:{'|'.join(FAMILIES)})(?:-[A-Z0-9]+)+(?![A-Za-z0-9_-])")
MARK = re.compile(r"\[(S|K|\?|own)\]")
CITING = {".py", ".html", ".js"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `confidence` is [S] seen in a source, [K] known, [?] unsure or [own]."""

    id: str
    what: str
    basis: str
    confidence: str
    where: str


def ids_in(text: str) -> list[str]:
    """Return every rule id in a text, in order."""
    return ID.findall(text)


def cited(root: Path = ROOT) -> dict[str, list[str]]:
    """Return each rule that the product's code cites, with the modules that do."""
    places: dict[str, set[str]] = {}
    for path in sorted((root / "sunshine").rglob("*")):
        if path.suffix in CITING and path.is_file() and "migrations" not in path.parts:
            for rule in ids_in(path.read_text("utf-8")):
                places.setdefault(rule, set()).add(path.relative_to(root / "sunshine").as_posix())
    return {rule: sorted(names) for rule, names in sorted(places.items())}


def where(places: list[str]) -> str:
    """Return the last column of a row: the modules, as links from docs/."""
    return ", ".join(f"[{place}](../sunshine/{place})" for place in places)


def listed(table: Path = TABLE) -> list[Row]:
    """Return the rows of docs/law.md."""
    rows = []
    for line in table.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 5 and ID.fullmatch(cells[0]):
            rows.append(Row(*cells))
    return rows


def write_where(table: Path = TABLE) -> None:
    """Write the last column anew from the code."""
    places = cited()
    lines = []
    for line in table.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 5 and ID.fullmatch(cells[0]):
            cells[4] = where(places.get(cells[0], []))
            lines.append(f"| {' | '.join(cells)} |")
        else:
            lines.append(line)
    table.write_text("\n".join(lines) + "\n", "utf-8")


def main(command: str = "") -> int:
    """Print what is missing on either side; the exit status says whether the two agree."""
    if command == "where":
        write_where()
    code, table = cited(), {row.id for row in listed()}
    for rule in sorted(set(code) - table):
        print(f"not in docs/law.md: {rule} ({', '.join(code[rule])})")
    for rule in sorted(table - set(code)):
        print(f"cited nowhere: {rule}")
    return 1 if set(code) != table else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
