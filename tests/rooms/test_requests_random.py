"""Random people do random things to requests; what must never happen never does.

The acts come from the procedure's table itself, so that a new act is walked from its first day. Each
sequence has a seed of its own, told when it fails; `SEQUENCES=2000` walks more.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.kernel import clock, errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.requests import operations as requests
from sunshine.work.requests import paper, rules
from sunshine.work.requests.models import Answer, Consultation, Request
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db

SEQUENCES = int(os.environ.get("SEQUENCES", "40"))
STEPS = 18
WHO = ("clerk", "office_head", "drafter", "head", "leader", "legal", "proofreader", "applicant", "nobody")
SECRETS = ("测试人甲", "11010519491231002X", "13800001234")


@pytest.fixture(autouse=True)
def quick_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter costs a second to set; what it says is asked elsewhere, here only that there is one."""
    monkeypatch.setattr(paper, "pdf", lambda letter: f"%PDF {letter.title}".encode())


class Story:
    """One request and everybody who may act on it, at random."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a reproducible story, no secret
        self.cast = cast
        self.at: datetime = MONDAY + timedelta(days=self.chance.randrange(60), hours=2)
        way = self.chance.choice([each.code for each in rules.WAYS])
        if way == "web":
            self.request = story.file(cast, at=self.at)
        else:
            self.request, _ = requests.register(
                story.filing(way), office=cast.office, arrived_at=self.at, actor=cast.clerk, at=self.at
            )
        self.done: Counter[str] = Counter()

    def walk(self) -> None:
        for _step in range(STEPS):
            self.at += timedelta(hours=self.chance.choice((1, 3, 26, 75, 400)))
            matter = Matter.objects.get(pk=self.request.pk)
            procedure = matters.procedure_of(matter)
            here = procedure.acts_from(procedure.stage(matter.stage))
            among = here if here and self.chance.random() < 0.95 else procedure.acts
            # What usually comes next comes more often, what ends a request seldom, so that stories go on.
            weights = [4 if each.likely else 0.2 if each.target in procedure.final else 1 for each in among]
            act = self.chance.choices(among, weights)[0]
            who = self._somebody() if self.chance.random() < 0.15 else self._fitting(act.roles)
            try:
                self._do(act.name, who)
            except (errors.DomainError, KeyError):
                self.done["refused"] += 1
            else:
                self.done[act.name] += 1
            check(self.request.pk, self.at)

    def _somebody(self) -> Any:
        name = self.chance.choice(WHO)
        return {"applicant": APPLICANT, "nobody": None}.get(name) or getattr(self.cast, name, None)

    def _fitting(self, wanted: frozenset[str]) -> Any:
        named = {
            "office_clerk": self.cast.clerk,
            "office_head": self.cast.office_head,
            "drafter": self.cast.drafter,
            "department_head": self.cast.head,
            "leader": self.cast.leader,
            "applicant": APPLICANT,
            "clock": None,
        }
        return named[self.chance.choice(sorted(wanted & named.keys()))]

    def _do(self, name: str, who: Any) -> None:
        facts = self._facts(name)
        verb: Callable[..., object] = getattr(requests, name)
        if name == "rate":
            verb(self.request.pk, **facts, at=self.at)
        else:
            verb(self.request.pk, **facts, actor=who, at=self.at)

    def _facts(self, name: str) -> dict[str, Any]:
        """Return something for each fact that the act needs, mostly sound."""
        act = matters.procedure_of(Matter.objects.get(pk=self.request.pk)).act_named(name)
        if name == "draft_reply":
            return self._reply()
        if name == "enclose":
            return {"name": "a.txt", "data": "收费".encode()}
        if name == "make_public":
            return {"document": "D2026-00001"}
        return {fact: self._fact(fact) for fact in act.needs}

    def _fact(self, fact: str) -> Any:
        day = self.at.date() - timedelta(days=self.chance.choice((0, 0, 0, 1, -1)))
        asked = list(Consultation.objects.filter(request=self.request).values_list("pk", flat=True))
        made: dict[str, Any] = {
            "department": self.cast.department if self.chance.random() < 0.8 else self.cast.office,
            "until": self.at.date() + timedelta(days=self.chance.choice((5, 0, 40, 60))),
            "parts": ["公厕数量"],
            "other": "S2026-00001",
            "consultation": self.chance.choice([*asked, 0]),
            "answer": self.chance.choice(("consents", "refuses", "refuses_without_ground")),
            "sort": self.chance.choice(("co_maker", "other_body")),
            "scale": self.chance.choice(("item", "page")),
            "quantity": self.chance.choice((5, 11, 300)),
            "service": self.chance.choice(("electronic", "direct", "post")),
            "rating": self.chance.choice((1, 5, 9)),
            "found": True,
            "proof": self.chance.choice(("document", "post", "")),
            "enclosure": self.chance.randrange(3),
        }
        return made.get(fact, day if fact.endswith("_on") else "说明")

    def _reply(self) -> dict[str, Any]:
        outcome = self.chance.choice(rules.outcomes_open("2019"))
        details: dict[str, Any] = dict.fromkeys(outcome.needs, "说明")
        if "withheld" in details:
            details["withheld"] = [{"place": "第3页", "ground": "process", "why": "讨论记录"}]
        if outcome.choices:
            details["which"] = outcome.choices[0]
        if self.chance.random() < 0.1:
            details.popitem() if details else None
        return {
            "outcome": outcome.code,
            "finding": "查明",
            "public_subject": "停车收费",
            "details": details,
        }


def check(matter_id: int, at: datetime) -> None:
    """Look for everything that must never be."""
    matter = Matter.objects.get(pk=matter_id)
    request = Request.objects.get(pk=matter_id)
    procedure = matters.procedure_of(matter)
    readings = matters.readings(matter, now=at)
    is_final = procedure.stage(matter.stage) in procedure.final
    assert (matter.closed_at is not None) == is_final
    if is_final:
        assert request.closed_on is not None
        assert request.outcome
        assert request.row
        assert all(reading.state is clock.State.STOPPED for reading in readings.values())
    kinds = Counter(Entry.objects.filter(subject=matter.reference).values_list("kind", flat=True))
    assert (request.received_on is not None) >= bool(kinds["information_request.receive"])
    if kinds["information_request.receive"] and not kinds["information_request.defer"]:
        assert readings["reply"].total in (20, 40)
    if matter.stage == "deferred":
        assert readings["reply"].due_on == request.deferred_until
    for answer in Answer.objects.filter(request=request):
        assert answer.approved_by_id is None or answer.approved_by_id != answer.drafted_by_id
        assert answer.served_on is None or answer.approved_by_id is not None
        assert answer.served_on is None or answer.letter_digest
    assert kinds["information_request.extend"] <= 1
    assert kinds["information_request.charge_fee"] <= 1
    asks = ("ask_to_complete", "ask_while_handling", "ask_too_late")
    assert sum(kinds[f"information_request.{name}"] for name in asks) <= 1


def check_the_log() -> None:
    """Look through everything told to staff and public for who asked; and count again from the log alone."""
    facts = [json.dumps(row, ensure_ascii=False) for row in Entry.objects.values_list("facts", flat=True)]
    leaves = [bytes(data).decode() for data in Leaf.objects.values_list("data", flat=True)]
    assert not [text for text in (*facts, *leaves) for secret in SECRETS if secret in text]
    closed: dict[str, tuple[str, str]] = {}
    received: dict[str, str] = {}
    for line in map(json.loads, leaves):
        subject = line["subject"]
        if "received_on" in line:
            received[subject] = line["received_on"]
        if line["kind"].endswith(".admit_excuse"):
            closed.pop(subject, None)
        elif line.get("row"):
            closed[subject] = (line["row"], line["closed_on"])
    rows = Request.objects.select_related("matter")
    assert received == {
        row.matter.reference: row.received_on.isoformat() for row in rows if row.received_on is not None
    }
    assert closed == {
        row.matter.reference: (row.row, row.closed_on.isoformat())
        for row in rows
        if row.closed_on is not None
    }


@pytest.mark.parametrize("part", range(4))
def test_random_people_never_bring_a_request_where_it_must_not_be(part: int) -> None:
    cast = plays.make_cast()
    done: Counter[str] = Counter()
    for seed in range(part, SEQUENCES, 4):
        one = Story(cast, seed)
        try:
            one.walk()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, after {dict(one.done)}") from error
        done += one.done
    check_the_log()
    assert sum(done.values()) >= SEQUENCES // 4 * STEPS
    assert len(done) > min(15, SEQUENCES // 4), done


def test_the_clock_alone_never_brings_a_request_where_it_must_not_be() -> None:
    cast = plays.make_cast()
    for seed in range(8):
        one = Story(cast, seed)
        one.walk()
    for day in range(0, 200, 10):
        requests.end_what_is_over(at=one.at + timedelta(days=day))
    for request in Request.objects.all():
        check(request.pk, one.at + timedelta(days=200))
    check_the_log()
    assert isinstance(cast.clerk, Person)
    assert isinstance(one.at.date(), date)
