"""When -> which operation: everything that happens by time, in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sunshine.core.matters import operations as matters
from sunshine.core.publishing.operations import files, mending
from sunshine.lenses.search import operations as search
from sunshine.project import looking_back
from sunshine.work.correspondence import operations as letters
from sunshine.work.documents import operations as documents
from sunshine.work.participation.operations import answering, gathering
from sunshine.work.participation.operations import calls as comment_calls
from sunshine.work.proposals import operations as proposals
from sunshine.work.requests import operations as requests


class TimedOperation(Protocol):
    """Something that happens by time and says how much it did."""

    def __call__(self, *, at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Job:
    """An operation and how often it looks whether there is something to do."""

    name: str
    every: timedelta
    operation: TimedOperation


JOBS = (
    Job("publish what is due", timedelta(seconds=1), documents.publish_due),
    Job("check files for viruses", timedelta(seconds=1), files.scan_waiting),
    Job("end what is over in requests", timedelta(minutes=1), requests.end_what_is_over),
    Job("let letters go on that nobody looked at", timedelta(minutes=5), letters.release_unlooked),
    Job("forget what was set aside", timedelta(hours=6), letters.forget_set_aside),
    Job("forget what went on at once", timedelta(hours=1), letters.forget_at_once),
    Job("forget lists that nobody took in", timedelta(hours=1), letters.forget_lists),
    Job("accept proposals not handed back", timedelta(minutes=1), proposals.accept_what_was_not_handed_back),
    Job("write erasures beside the database", timedelta(hours=1), mending.write_missing_beside),
    Job("forget pages that were sent", timedelta(hours=1), matters.forget_pages),
    Job("throw away saved forms", timedelta(hours=1), requests.throw_away_saved_forms),
    Job("close calls that are over", timedelta(seconds=20), comment_calls.close_what_is_over),
    Job("group opinions that say the same", timedelta(seconds=20), answering.group_what_is_new),
    Job("close sign-ups and draw", timedelta(seconds=20), gathering.close_what_is_due),
    Job("throw away saved opinions", timedelta(hours=1), comment_calls.throw_away_what_was_saved),
    Job("look back", timedelta(hours=6), looking_back.look_back),
    Job("keep the search index whole", timedelta(minutes=5), search.mend),
)

_last: dict[str, datetime] = {}


def due(*, at: datetime) -> Iterator[Job]:
    """Yield the jobs whose turn it is in this process."""
    for job in JOBS:
        last = _last.get(job.name)
        if last is None or at - last >= job.every:
            _last[job.name] = at
            yield job
