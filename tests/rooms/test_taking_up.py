"""A record of the former site gets a matter, and with it every act on public documents."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sunshine.core.publishing.models import Blob, Record
from sunshine.core.publishing.operations import importing
from sunshine.core.publishing.queries import records
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from tests import cast as plays

pytestmark = pytest.mark.django_db
LATER = plays.MONDAY + timedelta(days=1)


@pytest.fixture
def cast() -> plays.Cast:
    return plays.make_cast()


@pytest.fixture
def imported(cast: plays.Cast) -> Record:
    fields = {
        "title": "旧停车办法",
        "body": "<p>旧办法全文。</p>",
        "department": "某处",
        "formed_on": "2017-03-01",
    }
    given = importing.Import("notice", cast.item, fields, (), "old/1.md", "0" * 64)
    (record,) = importing.publish_imported([given], actor=None, at=plays.MONDAY)
    return record


def test_a_taken_up_record_stands_as_published_and_is_withdrawn_by_two(cast: plays.Cast, imported: Record):
    document = documents.take_up(imported.reference, department=cast.department, actor=cast.clerk, at=LATER)
    assert document.matter.kind == rules.KIND
    document.matter.refresh_from_db()
    assert document.matter.stage == rules.PUBLISHED.name
    for act, who in ((documents.propose_withdrawal, cast.clerk), (documents.withdraw, cast.leader)):
        act(document.matter_id, ground="inaccurate", reason="内容已不准确", actor=who, at=LATER)
    assert records.tombstone(imported.reference) is not None


def test_a_taken_up_record_is_corrected_into_its_own_next_version(cast: plays.Cast, imported: Record):
    document = documents.take_up(imported.reference, department=cast.department, actor=cast.clerk, at=LATER)
    documents.correct(document.matter_id, reason="改错字", actor=cast.drafter, at=LATER)
    fields = {"body": "<p>旧办法全文，已改正。</p>"}
    documents.write(document.matter_id, part=0, fields=fields, revision=3, actor=cast.drafter, at=LATER)
    plays.go_on(cast, document.matter_id, at=LATER + timedelta(hours=1))
    shown = records.shown(imported.reference, on=LATER.date())
    assert shown.version.number == 2
    assert "已改正" in shown.version.fields["body"]
    assert Record.objects.count() == 1
    assert Blob.objects.count() == 0


def test_a_record_is_taken_up_once_and_only_if_it_is_the_former_sites(cast: plays.Cast, imported: Record):
    documents.take_up(imported.reference, department=cast.department, actor=cast.clerk, at=LATER)
    with pytest.raises(errors.StaleStage):
        documents.take_up(imported.reference, department=cast.department, actor=cast.clerk, at=LATER)
    own = plays.make_record(cast)
    Record.objects.filter(pk=own.pk).update(matter_reference="")
    with pytest.raises(errors.RuleBroken):
        documents.take_up(own.reference, department=cast.department, actor=cast.clerk, at=LATER)


def test_who_does_not_belong_to_the_office_takes_nothing_up(cast: plays.Cast, imported: Record):
    with pytest.raises(errors.NotAllowed):
        documents.take_up(imported.reference, department=cast.department, actor=cast.drafter, at=LATER)
    imported.refresh_from_db()
    assert imported.matter_reference == ""
