"""Who hears what: ledger entry kind -> the handlers that are told of it, in this one table.

A handler is named by its path; it is told at least once, after the commit, by the worker. What an import
publishes or corrects has a row of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

INDEX = "sunshine.lenses.search.handlers.index_record"
REPLIES = "sunshine.work.proposals.handlers.note_publication"
CALLS = "sunshine.work.participation.handlers.hear_record"
CALLED_OFF = "sunshine.work.participation.handlers.hear_withdrawal"

HANDLERS: Mapping[str, tuple[str, ...]] = {
    "record.published": (INDEX, REPLIES, CALLS),
    "record.imported": (INDEX,),
    "record.corrected": (INDEX,),
    "record.repealed": (INDEX,),
    "record.withdrawn": (INDEX, CALLED_OFF),
    "record.erased": (INDEX,),
}
