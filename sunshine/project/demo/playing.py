"""The play: all stories told at once, each act at its moment, in the order of the days."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from sunshine.project.demo import opinions, proposals, verbs
from sunshine.project.demo.bureau import Bureau
from sunshine.project.demo.days import Days, Diary
from sunshine.project.demo.sources import Story
from sunshine.project.demo.verbs import Telling

WAY = (
    ("attribute", "drafting"),
    ("submit", "at_office"),
    ("accept", "in_review"),
    ("review_all", "reviewed"),
    ("pass_on", "at_leader"),
    ("sign_off", "approved"),
    ("publish", "published"),
)
"""The ordinary way of a document: each act with the name of how far it leads."""


class Told(Protocol):
    """What the play tells beside documents: a request, a letter."""

    def acts_told(self, bureau: Bureau, diary: Diary) -> Iterator[datetime]:
        """Yield the moment of each act, then do it when asked to go on."""
        ...


def play(
    stories: Sequence[Story],
    others: Sequence[Told],
    bureau: Bureau,
    days: Days,
    *,
    tell: Callable[[], object],
) -> int:
    """Tell every story, request and letter; return how many acts there were; `tell` hears of each end."""
    told = [
        *(partial(_acts, Telling(story, bureau, days)) for story in stories),
        *(partial(each.acts_told, bureau) for each in others),
    ]
    told += [partial(_at_its_own_hours, acts) for acts in proposals.acts(bureau, days)]
    queue = []
    for number, begin in enumerate(told):
        acts = begin(Diary(days, begins_late=number % 30))
        queue.append((next(acts), number, acts))
    for number, acts in enumerate(opinions.acts(stories, bureau, days), start=len(told)):
        queue.append((next(acts), number, acts))
    heapq.heapify(queue)
    done = 0
    while queue:
        _at, number, acts = queue[0]
        done += 1
        if (following := next(acts, None)) is None:
            heapq.heappop(queue)
            if number < len(told):
                tell()
        else:
            heapq.heapreplace(queue, (following, number, acts))
    return done


def _at_its_own_hours(acts: Iterator[datetime], _diary: Diary) -> Iterator[datetime]:
    """Return acts that know their moments themselves."""
    return acts


def _acts(telling: Telling, diary: Diary) -> Iterator[datetime]:
    """Yield the moment of each act, then do it when asked to go on."""
    story = telling.story
    yield (at := diary.moment(story.begun))
    verbs.begin(telling, at)
    yield from _go_on(telling, diary, "begun", story.upto, since=story.begun, last=story.last)
    for act in story.acts:
        given = {name: value for name, value in act.items() if name not in ("on", "do")}
        if act["do"] == "go_on":
            yield from _go_on(
                telling, diary, given["after"], given["upto"], since=act["on"], last=given["last"]
            )
        else:
            yield (at := diary.moment(act["on"]))
            verbs.VERBS[act["do"]](telling, at, **given)


def _go_on(
    telling: Telling, diary: Diary, after: str, upto: str, *, since: int, last: int
) -> Iterator[datetime]:
    """Go the ordinary way from one place to another, its acts spread over the days between."""
    places = ["begun", *(place for _act, place in WAY)]
    names = [name for name, _place in WAY[places.index(after) : places.index(upto)]]
    for number, name in enumerate(names, start=1):
        days_ago = since - round((since - last) * number / len(names))
        for step in verbs.STEPS[name](telling):
            yield (at := diary.moment(days_ago))
            step(telling, at)
