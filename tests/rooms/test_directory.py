"""The directory: what a page that is kept up counts as, and an item that closes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sunshine.core.ledger import queries as ledger
from sunshine.core.publishing.models import DirectoryItem, Draft
from sunshine.core.publishing.operations import directory as operations
from sunshine.core.publishing.queries import directory
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from tests import cast as plays

pytestmark = pytest.mark.django_db


def test_a_page_that_a_new_version_renewed_is_not_stale():
    cast = plays.make_cast()
    DirectoryItem.objects.filter(pk=cast.item.pk).update(renewed_every=30)
    record = plays.make_record(cast)
    later = plays.MONDAY + timedelta(days=60)
    assert directory.health(on=later.date()).stale == 1
    draft = Draft.objects.get(record=record)
    documents.correct(draft.matter_id, reason="更新", actor=cast.drafter, at=later)
    plays.go_on(cast, draft.matter_id, at=later)
    after = later.date() + timedelta(days=29)
    (kept,) = (each for _column, held in directory.columns(on=after) for each in held)
    assert (kept.is_stale, kept.newest is not None and kept.newest > later) == (False, True)
    assert directory.health(on=after + timedelta(days=2)).stale == 1


def test_a_repeal_renews_nothing():
    cast = plays.make_cast()
    DirectoryItem.objects.filter(pk=cast.item.pk).update(renewed_every=30)
    record = plays.make_record(cast)
    later = plays.MONDAY + timedelta(days=60)
    matter_id = Draft.objects.get(record=record).matter_id
    documents.repeal(matter_id, on=later.date(), reason="废止", actor=cast.leader, at=later)
    assert directory.health(on=later.date()).stale == 1


def test_an_item_is_closed_once():
    cast = plays.make_cast()
    operations.close_item("norms", reason="并入其他事项", actor=cast.keeper, at=plays.MONDAY)
    size = ledger.size()
    later = plays.MONDAY + timedelta(days=9)
    with pytest.raises(errors.StaleStage):
        operations.close_item("norms", reason="再次", actor=cast.keeper, at=later)
    assert DirectoryItem.objects.get(code="norms").closed_on == plays.MONDAY.date()
    assert ledger.size() == size
