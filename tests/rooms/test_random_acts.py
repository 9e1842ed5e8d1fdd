"""Random people do random things to documents, thousands of times; what must never happen never does.

A sequence is what happens to one document in `STEPS` acts by random people. Sequences are walked as the
branches of a tree: those that begin alike share their beginning, which a savepoint brings back, and
part at the steps of `BRANCHES`. Every sequence is thus really performed, act by act, and asked after each
act; seed and branch are told when one fails. SQLite walks 10,000, PostgreSQL a smaller share.
"""

from __future__ import annotations

import math
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing.models import Draft, Record, RecordVersion, Review, Revision, Submission
from sunshine.core.publishing.operations import files
from sunshine.core.publishing.rules import Attribute, ReviewKind
from sunshine.kernel import commitment, errors
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from tests import cast as plays
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

ON_POSTGRES = os.environ.get("SUNSHINE_DATABASE_URL", "").startswith("postgres")
STEPS = 16
BRANCHES = {9: 2, 14: 5} if ON_POSTGRES else {9: 2, 14: 5, 16: 20}
"""Step -> in how many ways the story goes on there."""
OF_A_STORY = math.prod(BRANCHES.values())
SEQUENCES = int(os.environ.get("SEQUENCES", "240" if ON_POSTGRES else "10000"))
PARTS = 4
KINDS = ("notice", "normative_document", "plan", "statistics")


class Story:
    """One document and the people who act on it at random; refusals are part of the story."""

    def __init__(self, cast: plays.Cast, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)  # noqa: S311  # a reproducible story, no secret
        self.cast = cast
        everyone = (getattr(cast, name) for name in cast.__slots__)
        self.people = [value for value in everyone if isinstance(value, Person)]
        self.at = MONDAY + timedelta(days=self.chance.randrange(20))
        document = plays.make_document(
            cast,
            upto=plays.STAGES[seed % len(plays.STAGES)],
            kind=self.chance.choice(KINDS),
            title="随机文件",
            interpretation="<p>解读</p>",
            at=self.at,
        )
        self.at += timedelta(hours=1)
        self.matter_id: int = document.matter_id
        self.outcomes: Counter[str] = Counter()
        self.sequences = 0

    def walk(self, branch: tuple[int, ...] = ()) -> None:
        """Walk every branch from here on."""
        if len(branch) == STEPS:
            self.sequences += 1
            return
        ways = BRANCHES.get(len(branch) + 1, 1)
        tried: set[tuple[str, int]] = set()
        for way in range(ways):
            with self._undone(ways > 1):
                self._go((*branch, way), tried)

    @contextmanager
    def _undone(self, is_undone: bool) -> Iterator[None]:
        """Take back afterwards what happened inside, where another branch begins here."""
        if not is_undone:
            yield
            return
        at, here = self.at, transaction.savepoint()
        yield
        transaction.savepoint_rollback(here)
        self.at = at

    def _go(self, branch: tuple[int, ...], tried: set[tuple[str, int]]) -> None:
        self.chance = random.Random(f"{self.seed} {branch}")  # noqa: S311
        self.at += timedelta(minutes=self.chance.randrange(1, 600))
        name, who = self._something_else(tried)
        try:
            getattr(self, f"_{name}")(who)
            self.outcomes[name] += 1
        except errors.DomainError:
            self.outcomes["refused"] += 1
        else:
            self._check(branch)
        self.walk(branch)

    def _check(self, branch: tuple[int, ...]) -> None:
        try:
            check_what_must_never_happen(self.matter_id)
        except AssertionError as broken:
            raise AssertionError(f"seed {self.seed}, branch {branch}: {broken}") from broken

    def _something_else(self, tried: set[tuple[str, int]]) -> tuple[str, Person]:
        """Return an act and a person; where a story branches, rather one not tried there yet."""
        stage = Matter.objects.values_list("stage", flat=True).get(pk=self.matter_id)
        for _ in range(8):
            name = self._next_act(stage)
            who = self._somebody(name)
            if (name, who.pk) not in tried:
                break
        tried.add((name, who.pk))
        return name, who

    def _next_act(self, stage: str) -> str:
        if self.chance.random() < 0.1:
            return self.chance.choice(ALL_ACTS)
        return self.chance.choice(LIKELY.get(stage, ALL_ACTS))

    def _somebody(self, act: str) -> Person:
        who = GOOD.get(act)
        if who is None or self.chance.random() < 0.15:
            return self.chance.choice(self.people)
        chosen = getattr(self.cast, self.chance.choice(who))
        assert isinstance(chosen, Person)
        return chosen

    # --- what people do -------------------------------------------------------------------------------

    def _write(self, who: Person) -> None:
        draft = Draft.objects.get(matter=self.matter_id, part=0)
        fields: dict[str, Any] = {"body": f"<p>{self.chance.randrange(10**6)}</p>"}
        dated = "changed_on" if "changed_on" in draft.fields else "formed_on"
        fields[dated] = self.at.date().isoformat()
        if self.chance.random() < 0.7:
            fields["plan"] = [{"outline": "要点", "form": "text", "ways": "网站", "time": "同步"}]
        documents.write(self.matter_id, part=0, fields=fields, revision=draft.revision, actor=who, at=self.at)

    def _interpret(self, who: Person) -> None:
        fields = {"body": "<p>解读</p>", "formed_on": self.at.date().isoformat()}
        documents.add_interpretation(self.matter_id, title="解读", fields=fields, actor=who, at=self.at)

    def _attach(self, who: Person) -> None:
        data = f"附件 {self.chance.randrange(5)}".encode()
        documents.attach(
            self.matter_id, part=0, name=f"{self.chance.randrange(9)}.txt", data=data, actor=who, at=self.at
        )
        if self.chance.random() < 0.8:
            files.scan_waiting(at=self.at)

    def _attribute(self, who: Person) -> None:
        attribute = self.chance.choices(["proactive", "on_request", "not_public", ""], (8, 1, 1, 1))[0]
        documents.set_attribute(
            self.matter_id,
            attribute=attribute,
            ground=self.chance.choice(["", "internal_affairs"]) if attribute == "not_public" else "",
            item=self.cast.item if self.chance.random() < 0.9 else None,
            actor=who,
            at=self.at,
        )

    def _submit(self, who: Person) -> None:
        documents.submit(self.matter_id, actor=who, at=self.at)

    def _accept(self, who: Person) -> None:
        documents.accept(self.matter_id, actor=who, at=self.at)

    def _return(self, who: Person) -> None:
        documents.return_without_interpretation(self.matter_id, reason="缺解读", actor=who, at=self.at)

    def _send_back(self, who: Person) -> None:
        documents.send_back(self.matter_id, reason="请修改", actor=who, at=self.at)

    def _review(self, who: Person) -> None:
        reviewers = {getattr(self.cast, name).pk: kind for kind, name in plays.REVIEWS}
        kind = reviewers.get(who.pk) or self.chance.choice(list(ReviewKind))
        documents.review(
            self.matter_id,
            kind=kind,
            digest=self._some_digest(),
            passed=self.chance.random() < 0.9,
            remark="看过",
            actor=who,
            at=self.at,
        )

    def _pass_on(self, who: Person) -> None:
        documents.pass_on(self.matter_id, actor=who, at=self.at)

    def _sign_off(self, who: Person) -> None:
        documents.sign_off(self.matter_id, digest=self._some_digest(), actor=who, at=self.at)

    def _publish(self, who: Person) -> None:
        documents.publish(self.matter_id, actor=who, at=self.at)

    def _file(self, who: Person) -> None:
        documents.file(self.matter_id, actor=who, at=self.at)

    def _correct(self, who: Person) -> None:
        documents.correct(self.matter_id, reason="更正", actor=who, at=self.at)

    def _propose_withdrawal(self, who: Person) -> None:
        documents.propose_withdrawal(
            self.matter_id, ground="inaccurate", reason="有误", actor=who, at=self.at
        )

    def _withdraw(self, who: Person) -> None:
        documents.withdraw(self.matter_id, ground="inaccurate", reason="有误", actor=who, at=self.at)

    def _propose_lower(self, who: Person) -> None:
        documents.propose_lower_attribute(
            self.matter_id,
            attribute="on_request",
            ground="internal_affairs",
            reason="限制",
            actor=who,
            at=self.at,
        )

    def _lower(self, who: Person) -> None:
        documents.lower_attribute(self.matter_id, reason="限制", actor=who, at=self.at)

    def _abandon(self, who: Person) -> None:
        documents.abandon(self.matter_id, reason="不再需要", actor=who, at=self.at)

    def _drop_correction(self, who: Person) -> None:
        documents.drop_correction(self.matter_id, reason="无需更正", actor=who, at=self.at)

    def _open_up(self, who: Person) -> None:
        documents.open_up(self.matter_id, reason="可以公开", actor=who, at=self.at)

    def _tamper(self, _who: Person) -> None:
        """Somebody with the database in hand changes a draft past every rule."""
        draft = Draft.objects.get(matter=self.matter_id, part=0)
        Draft.objects.filter(pk=draft.pk).update(fields={**draft.fields, "body": "<p>偷换</p>"})

    def _some_digest(self) -> str:
        digests = list(Submission.objects.filter(matter=self.matter_id).values_list("digest", flat=True))
        if not digests or self.chance.random() < 0.05:
            return "0" * 64
        return digests[-1] if self.chance.random() < 0.95 else self.chance.choice(digests)


LIKELY: dict[str, tuple[str, ...]] = {
    "drafting": (
        "write",
        "write",
        "interpret",
        "attach",
        "attribute",
        "attribute",
        "submit",
        "submit",
        "propose_lower",
        "lower",
    ),
    "at_office": ("accept", "accept", "accept", "return", "send_back"),
    "in_review": (
        "review",
        "review",
        "review",
        "review",
        "review",
        "pass_on",
        "pass_on",
        "send_back",
    ),
    "at_leader": ("sign_off", "sign_off", "sign_off", "send_back"),
    "approved": ("publish", "publish", "publish", "publish", "file"),
    "published": ("correct", "propose_withdrawal", "withdraw", "propose_lower", "lower", "write"),
    "filed": ("open_up",),
}
OWN = {"go", "check", "undone", "something_else", "next_act", "somebody", "some_digest"}
ALL_ACTS = sorted({name[1:] for name in vars(Story) if name.startswith("_") and name[1:2].isalpha()} - OWN)

GOOD: dict[str, tuple[str, ...]] = {
    "write": ("drafter",),
    "interpret": ("drafter",),
    "attach": ("drafter",),
    "attribute": ("drafter",),
    "submit": ("drafter",),
    "accept": ("clerk", "office_head"),
    "return": ("clerk",),
    "send_back": ("clerk", "legal", "leader"),
    "review": tuple(name for _, name in plays.REVIEWS),
    "pass_on": ("clerk",),
    "sign_off": ("leader",),
    "publish": ("office_head",),
    "file": ("clerk",),
    "correct": ("drafter", "clerk"),
    "propose_withdrawal": ("head", "office_head"),
    "withdraw": ("leader", "office_head"),
    "propose_lower": ("head", "drafter"),
    "lower": ("leader", "office_head"),
}


def check_what_must_never_happen(matter_id: int) -> None:
    """Assert the promises that hold at every moment of a document's life."""
    matter = Matter.objects.get(pk=matter_id)
    drafts = list(Draft.objects.filter(matter=matter))
    if matter.stage not in {"drafting", "abandoned"}:
        assert all(draft.attribute for draft in drafts), f"{matter.stage} without an attribute"
    authors = set(Revision.objects.filter(draft__in=drafts).values_list("author_id", flat=True))
    approved = {
        (review.digest, review.by_id)
        for review in Review.objects.filter(submission__matter=matter, kind="sign_off", passed=True)
    }
    assert not {by for _, by in approved} & authors, "somebody approved their own draft"
    live = Record.objects.filter(matter_reference=matter.reference, withdrawn_at=None)
    if matter.stage != "drafting" and live.exists():
        assert {draft.attribute for draft in drafts} == {Attribute.PROACTIVE.value}
    for version in RecordVersion.objects.filter(record__matter_reference=matter.reference):
        assert _was_approved(version, matter), f"version {version} was never approved"


def _was_approved(version: RecordVersion, matter: Matter) -> bool:
    """Return whether a submission that held exactly this content passed every review it needed."""
    assert not commitment.verify(version.sealed)
    assert commitment.from_json(version.sealed).digest == version.digest
    holding = [
        submission
        for submission in Submission.objects.filter(matter=matter).prefetch_related("reviews")
        if version.digest in {member["digest"] for member in submission.members}
    ]
    return any(set(each.requirements["reviews"]) <= _passed(each) for each in holding)


def _passed(submission: Submission) -> set[str]:
    newest = {review.kind: review for review in submission.reviews.all()}
    return {kind for kind, review in newest.items() if review.passed and review.digest == submission.digest}


@pytest.mark.parametrize("part", range(PARTS))
def test_random_acts_by_random_people_never_break_a_promise(part: int):
    cast = plays.make_cast()
    happened: Counter[str] = Counter()
    stories = -(-SEQUENCES // OF_A_STORY)
    mine = range(stories * part // PARTS, stories * (part + 1) // PARTS)
    walked = 0
    for seed in mine:
        story = Story(cast, seed)
        story.walk()
        happened += story.outcomes
        walked += story.sequences
    assert walked == len(mine) * OF_A_STORY
    missing = {"publish", "sign_off", "review", "send_back", "correct", "refused"} - set(happened)
    assert not missing, f"these never happened, so nothing was proved of them: {missing}"


def test_the_parts_together_walk_every_sequence_that_was_asked_for():
    stories = -(-SEQUENCES // OF_A_STORY)
    parts = [range(stories * part // PARTS, stories * (part + 1) // PARTS) for part in range(PARTS)]
    assert [seed for part in parts for seed in part] == list(range(stories))
    assert stories * OF_A_STORY >= SEQUENCES


def test_the_stories_cover_every_act_of_the_procedure():
    names: dict[str, Callable[..., None]] = {name: getattr(Story, f"_{name}") for name in ALL_ACTS}
    assert {"write", "submit", "publish", "withdraw"} <= set(names)
    stages = {act.name for act in rules.DOCUMENT_2019.acts}
    assert {"submit", "accept", "review", "pass_on", "sign_off", "publish"} <= stages
