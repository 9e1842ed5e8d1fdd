"""What a reader may have meant, and what they may be about to write: always from titles that are public."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from tantivy import Occur, Query

from sunshine.lenses.search import matching, store
from sunshine.text import pinyin, spelling, tokens
from sunshine.text.query import Asked

LOOKED_AT = 30
"""Titles that are looked at for a guess."""
MOST_LETTERS = 60
ALIKE = 8
SAME_TOPIC = 2.0
"""What a shared topic counts beside the rare pairs of a title, which count about five each."""


def meant(searcher: Any, asked: Asked) -> tuple[list[store.Kept], tuple[str, ...]]:
    """Return pages whose titles sound like the query or nearly hold it, and its syllables if it is pinyin."""
    spelled = pinyin.syllables(asked.text[:MOST_LETTERS]) if asked.text.isascii() else ()
    if len(spelled) > 1:
        sounds = pinyin.sounds_of(spelled)
        return _pages(searcher, [_all("sounds", sounds)]), spelled
    han = [run for run in asked.runs if tokens.is_han(run)]
    if not han:
        return [], ()
    sounds = tuple(dict.fromkeys(pinyin.sounds(han)))
    return _pages(searcher, [_any("sounds", sounds), _any("title_pairs", tuple(tokens.pairs(han)))]), ()


def corrected(asked: Asked, known: Collection[str], syllables: tuple[str, ...], titles: Sequence[str]) -> str:
    """Return the query as it was probably meant, in words that stand in a title; empty for no guess.

    :param known: those of its tokens that stand anywhere; a run that has nothing else is no slip
    """
    if syllables:
        return spelling.spoken(syllables, titles)
    text, changed = asked.text, False
    for run in asked.runs:
        if not tokens.is_han(run) or all(pair in known for pair in tokens.pairs([run])):
            continue
        if better := spelling.nearest(run, titles):
            text, changed = text.replace(run, better, 1), True
    return text if changed else ""


def titled(searcher: Any, begun: str) -> list[store.Kept]:
    """Return pages whose titles hold what somebody has begun to write, in Han or in pinyin."""
    folded = tokens.folded(begun[:MOST_LETTERS])
    spelled = pinyin.syllables(folded) if folded.isascii() else ()
    if len(spelled) > 1:
        return _pages(searcher, [_all("sounds", pinyin.sounds_of(spelled))])
    runs = tokens.pieces(folded)
    if len(runs) > 1 and runs[-1].isascii() and runs[-1].isalpha():
        del runs[-1]  # the input method is still at work
    pairs, singles = tuple(tokens.pairs(runs)), tuple(tokens.singles(runs))
    if not singles:
        return []
    return _pages(searcher, [_all("title_pairs", pairs) if pairs else _all("title_singles", singles)])


def alike(searcher: Any, reference: str, title: str, topic: str) -> list[store.Kept]:
    """Return the pages of other records whose titles share most with a title, by how rare it is."""
    runs = tuple(tokens.pieces(tokens.folded(title)))
    asked = Asked(title, "", runs, tuple(dict.fromkeys(tokens.pairs(runs))), is_single=False)
    weights = list(matching.weights(searcher, "pairs", asked.tokens).items())[: matching.RAREST]
    if not weights:
        return []
    shared = [(Occur.Should, matching.term("title_pairs", token)) for token, _ in weights]
    enough = Query.boolean_query(shared, minimum_number_should_match=max(1, len(weights) // 3))
    clauses = [(Occur.Should, matching.constant("title_pairs", token, weight)) for token, weight in weights]
    if topic:
        clauses.append((Occur.Should, matching.constant("topic", topic, SAME_TOPIC)))
    query = Query.boolean_query(
        [
            (Occur.Must, matching.all_of([enough])),
            (Occur.MustNot, matching.term("reference", reference)),
            *clauses,
        ]
    )
    return [store.kept(searcher, address) for _, address in searcher.search(query, ALIKE, count=False).hits]


def _all(field: str, wanted: Sequence[str]) -> Any:
    return Query.boolean_query([(Occur.Must, matching.term(field, token)) for token in wanted])


def _any(field: str, wanted: Sequence[str]) -> Any:
    return Query.boolean_query([(Occur.Should, matching.term(field, token)) for token in wanted])


def _pages(searcher: Any, queries: Sequence[Any]) -> list[store.Kept]:
    query = Query.boolean_query([(Occur.Should, each) for each in queries])
    hits = searcher.search(query, LOOKED_AT, count=False).hits
    return [store.kept(searcher, address) for _, address in hits]
