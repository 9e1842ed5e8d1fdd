"""Every act leaves an entry; a public one a leaf; whoever must hear of it hears of it, once it is true."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from sunshine.core.ledger import operations, queries
from sunshine.core.ledger.models import Delivery, Entry, Leaf
from sunshine.core.ledger.signing import signer
from sunshine.core.people.models import Person
from sunshine.kernel import errors, merkle, note
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db

heard: list[int | list[int]] = []


def listener(entry: Entry) -> None:
    """Remember what was told."""
    heard.append(entry.pk)


def broken(entry: Entry) -> None:
    """Fail like a handler whose server is gone."""
    raise ConnectionError("nobody there")


def choir(entries: Sequence[Entry]) -> None:
    """Remember what was told together; refuse anything about T2."""
    if any(entry.subject == "T2" for entry in entries):
        raise ValueError("not this one")
    heard.append([entry.pk for entry in entries])


together = operations.Together(choir)

WIRING = {
    "test.many": ("tests.rooms.test_ledger.together",),
    "test.told": ("tests.rooms.test_ledger.listener",),
    "test.broken": ("tests.rooms.test_ledger.broken", "tests.rooms.test_ledger.listener"),
}


@pytest.fixture(autouse=True)
def wired() -> Any:
    heard.clear()
    with override_settings(WIRING="tests.rooms.test_ledger.WIRING"):
        yield


def _record(kind: str = "test.told", **more: Any) -> Entry:
    return operations.record(kind, "T1", actor=None, at=MONDAY, **more)


def test_each_public_entry_is_a_leaf_that_the_signed_checkpoint_holds():
    for number in range(5):
        _record(public={"version": number})
        checkpoint = note.verify_checkpoint(queries.checkpoint(), signer().verifier)
        leaves = [bytes(data) for data in Leaf.objects.order_by("index").values_list("data", flat=True)]
        assert checkpoint.size == number + 1
        assert checkpoint.root == merkle.root([merkle.leaf_hash(leaf) for leaf in leaves])
    proof = queries.proof_of_leaf(2)
    leaf = merkle.leaf_hash(leaves[2])
    assert note.verify_tlog_proof(proof.as_file(), leaf, signer().verifier).size == 5


def test_a_leaf_says_nothing_of_who_acted_nor_what_staff_noted():
    _record(facts={"reason": "内部说明"}, public={"version": 1})
    line = json.loads(bytes(Leaf.objects.get().data))
    assert set(line) == {"v", "kind", "subject", "at", "version"}


def test_what_was_rolled_back_was_never_public():
    with transaction.atomic():
        _record(public={})
        transaction.set_rollback(True)
    assert (queries.size(), Leaf.objects.count(), Delivery.objects.count()) == (0, 0, 0)
    _record(public={})
    assert Leaf.objects.get().index == 0


def test_a_handler_hears_of_an_entry_once():
    entry = _record()
    assert operations.deliver(at=MONDAY) == 1
    assert operations.deliver(at=MONDAY) == 0
    assert heard == [entry.pk]


def test_a_handler_that_fails_stops_nobody_and_is_tried_again_ever_later():
    _record("test.broken")
    assert operations.deliver(at=MONDAY) == 1
    stuck = queries.stuck_deliveries()
    assert (len(stuck), stuck[0].attempts, "nobody there" in stuck[0].error) == (1, 1, True)
    assert operations.deliver(at=MONDAY + timedelta(seconds=1)) == 0
    operations.deliver(at=MONDAY + timedelta(seconds=3))
    assert queries.stuck_deliveries()[0].attempts == 2
    assert len(heard) == 1


def test_a_handler_that_can_hears_many_entries_in_one_go_and_once():
    entries = [_record("test.many") for _ in range(5)]
    assert operations.deliver(at=MONDAY) == 5
    assert operations.deliver(at=MONDAY) == 0
    assert heard == [[entry.pk for entry in entries]]


def test_one_entry_that_cannot_be_heard_keeps_nobody_else_waiting():
    entries = [
        operations.record("test.many", subject, actor=None, at=MONDAY) for subject in ("T1", "T2", "T3")
    ]
    assert operations.deliver(at=MONDAY) == 2
    assert heard == [[entries[0].pk], [entries[2].pk]]
    assert [delivery.entry_id for delivery in queries.stuck_deliveries()] == [entries[1].pk]


def test_appending_asks_the_same_number_of_questions_however_long_the_log_is(
    django_assert_max_num_queries: Any,
):
    for _ in range(300):
        _record(public={})
    with django_assert_max_num_queries(12):
        _record(public={})


def test_a_delivery_that_was_heard_meanwhile_is_not_tried_again():
    somebody = Person.objects.create_user("somebody", name="某人")
    with pytest.raises(errors.StaleStage):
        operations.retry(404, actor=somebody, at=MONDAY)
