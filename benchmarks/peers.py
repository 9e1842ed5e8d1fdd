"""The engines that our search is measured beside, each with the same tokens."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg

from benchmarks.questions import Paragraph
from sunshine.text import query, tokens
from tests.services import servers

Answers = Callable[[str], list[int]]
Engine = Callable[[Sequence[Paragraph]], AbstractContextManager[Answers]]


def _kept(paragraph: Paragraph) -> str:
    runs = tokens.pieces(tokens.folded(f"{paragraph.title}\n{paragraph.text}"))
    return " ".join([*tokens.singles(runs), *tokens.pairs(runs)])


def _asked(words: str) -> list[str]:
    runs = query.asked(tokens.folded(words)).runs
    return list(dict.fromkeys([*tokens.singles(runs), *tokens.pairs(runs)]))


@contextmanager
def sqlite(paragraphs: Sequence[Paragraph]) -> Iterator[Answers]:
    """Lend SQLite's own full-text index, ranked by its bm25."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as file:
        database = sqlite3.connect(file.name)
        database.execute("CREATE VIRTUAL TABLE kept USING fts5(words, content='', tokenize='unicode61')")
        rows = ((place, _kept(each)) for place, each in enumerate(paragraphs))
        database.executemany("INSERT INTO kept (rowid, words) VALUES (?, ?)", rows)
        database.commit()

        def answers(words: str) -> list[int]:
            wanted = " OR ".join(f'"{token}"' for token in _asked(words))
            found = database.execute(
                "SELECT rowid FROM kept WHERE kept MATCH ? ORDER BY rank LIMIT 10", (wanted,)
            )
            return [row[0] for row in found]

        yield answers
        database.close()


@contextmanager
def postgresql(paragraphs: Sequence[Paragraph]) -> Iterator[Answers]:
    """Lend PostgreSQL's GIN index over a tsvector, ranked by ts_rank."""
    with servers.postgres() as address, psycopg.connect(address, autocommit=True) as database:
        database.execute("CREATE TABLE kept (place integer, words tsvector)")
        with database.cursor().copy("COPY kept (place, words) FROM STDIN") as rows:
            for place, each in enumerate(paragraphs):
                rows.write_row((place, " ".join(f"'{token}'" for token in set(_kept(each).split()))))
        database.execute("CREATE INDEX ON kept USING gin (words)")
        database.execute("ANALYZE kept")

        def answers(words: str) -> list[int]:
            wanted = " | ".join(f"'{token}'" for token in _asked(words))
            found = database.execute(
                "SELECT place FROM kept, to_tsquery('simple', %s) asked WHERE words @@ asked "
                "ORDER BY ts_rank(words, asked, 1) DESC LIMIT 10",
                (wanted,),
            )
            return [row[0] for row in found]

        yield answers


@contextmanager
def whoosh(paragraphs: Sequence[Paragraph]) -> Iterator[Answers]:
    """Lend whoosh, ranked by its BM25F."""
    from whoosh import analysis, fields, index
    from whoosh import query as wanted

    schema: Any = fields.Schema(
        place=fields.STORED, words=fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=False)
    )
    with tempfile.TemporaryDirectory() as folder:
        kept = index.create_in(folder, schema)
        writer = kept.writer(limitmb=256)
        for place, each in enumerate(paragraphs):
            writer.add_document(place=place, words=_kept(each))
        writer.commit()
        with kept.searcher() as searcher:

            def answers(words: str) -> list[int]:
                terms = [wanted.Term("words", token) for token in _asked(words)]
                return [hit["place"] for hit in searcher.search(wanted.Or(terms), limit=10)]

            yield answers


ENGINES: Mapping[str, Engine] = {
    "SQLite FTS5": sqlite,
    "PostgreSQL": postgresql,
    "whoosh": whoosh,
}
