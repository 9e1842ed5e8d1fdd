"""The registers: people come, move and leave with their work; the directory; the log; what sticks."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sunshine.core.ledger.models import Delivery, Entry
from sunshine.core.people import operations as people
from sunshine.core.people.models import Delegation, Holding, Person
from sunshine.core.publishing.models import DirectoryItem
from sunshine.core.publishing.operations import importing
from tests import cast
from tests.doors.desk.conftest import WalkIn


def test_who_leaves_a_post_leaves_no_work_behind(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    keeper = walk_in(bureau.administrator)
    post = Holding.objects.get(person=bureau.drafter).post
    address = reverse("desk:leave", args=[post.pk])
    assert matter.title in keeper.get(address).content.decode()
    last_day = timezone.localdate().isoformat()
    refused = keeper.post(address, {"until": last_day})
    assert refused.status_code == 422
    assert 'id="id_successor_error"' in refused.content.decode()
    assert keeper.post(address, {"until": last_day, "successor": bureau.head.pk}).status_code == 302
    matter.refresh_from_db()
    assert matter.officer == bureau.head


def test_a_new_person_gets_a_password_a_post_and_walks_in(bureau: cast.Cast, walk_in: WalkIn) -> None:
    keeper = walk_in(bureau.administrator)
    weak = {"name": "新来的", "username": "xinlai", "password": "12345"}
    assert keeper.post(reverse("desk:new_person"), weak).status_code == 422
    told = {**weak, "password": "a-long-first-password"}
    assert keeper.post(reverse("desk:new_person"), told).status_code == 302
    made = Person.objects.get(username="xinlai")
    post = {"department": bureau.department.pk, "title": "新岗", "position": "3", "roles": ["drafter"]}
    assert keeper.post(reverse("desk:new_post"), post).status_code == 302
    assert "新岗" in keeper.get(reverse("desk:people")).content.decode()
    chair = bureau.department.posts.get(title="新岗")
    day = timezone.localdate().isoformat()
    appointed = keeper.post(reverse("desk:appoint", args=[chair.pk]), {"person": made.pk, "since": day})
    assert appointed.status_code == 302
    newcomer = walk_in(made)
    own = {"oldpassword": told["password"], "password1": "only-i-know-this", "password2": "only-i-know-this"}
    assert newcomer.post(reverse("account_change_password"), own).status_code == 302
    assert newcomer.get(reverse("desk:new")).status_code == 200
    assert not Entry.objects.filter(facts__icontains="a-long-first-password").exists()


def test_who_stands_in_sees_the_work_of_who_is_away(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau).matter
    day = timezone.localdate().isoformat()
    told = {"giver": bureau.drafter.pk, "taker": bureau.head.pk, "since": day, "until": day, "reason": "出差"}
    assert walk_in(bureau.drafter).post(reverse("desk:delegate"), told).status_code == 302
    assert matter.title in walk_in(bureau.head).get(reverse("desk:worklist")).content.decode()


def test_who_is_back_ends_the_standing_in_and_nobody_else_but_the_administrator(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    day = timezone.localdate()
    for keeper in (bureau.drafter, bureau.administrator):
        away: dict[str, Any] = {"since": day, "until": day, "reason": "出差"}
        given = people.delegate(giver=bureau.drafter, taker=bureau.head, **away)
        address = reverse("desk:end_delegation", args=[given.pk])
        assert walk_in(bureau.head).post(address).status_code == 403
        assert address not in walk_in(bureau.head).get(reverse("desk:people")).content.decode()
        assert address in walk_in(keeper).get(reverse("desk:people")).content.decode()
        assert walk_in(keeper).post(address).status_code == 302
        assert not Delegation.objects.exists()
        assert walk_in(keeper).post(address).status_code == 404


def test_the_keeper_enters_changes_and_closes_an_item(bureau: cast.Cast, walk_in: WalkIn) -> None:
    keeper = walk_in(bureau.keeper)
    told = {
        "code": "budget",
        "column": "statutory",
        "subject": "财政预算",
        "basis": "FOI 2019 art. 20",
        "limit_length": "20",
        "limit_unit": "working_days",
        "audience": "社会公众",
        "channels": "政府网站\n公示栏",
        "position": "2",
    }
    assert keeper.post(reverse("desk:directory_new"), told).status_code == 302
    assert DirectoryItem.objects.get(code="budget").channels == ["政府网站", "公示栏"]
    taken = keeper.post(reverse("desk:directory_new"), told)
    assert (taken.status_code, 'id="id_code_error"' in taken.content.decode()) == (422, True)
    changed = keeper.post(reverse("desk:directory_change", args=["budget"]), {**told, "subject": "预算公开"})
    assert changed.status_code == 302
    closed = keeper.post(reverse("desk:directory_close", args=["budget"]), {"reason": "并入其他事项"})
    assert closed.status_code == 302
    item = DirectoryItem.objects.get(code="budget")
    assert (item.subject, item.closed_on is not None) == ("预算公开", True)


def test_a_stuck_delivery_is_seen_and_tried_again(bureau: cast.Cast, walk_in: WalkIn) -> None:
    cast.make_document(bureau)
    entry = Entry.objects.latest("id")
    stuck = Delivery.objects.create(entry=entry, handler="somewhere.index", attempts=12, error="no index")
    keeper = walk_in(bureau.administrator)
    assert "no index" in keeper.get(reverse("desk:upkeep")).content.decode()
    assert walk_in(bureau.drafter).post(reverse("desk:retry", args=[stuck.pk])).status_code == 403
    assert keeper.post(reverse("desk:retry", args=[stuck.pk])).status_code == 302
    stuck.refresh_from_db()
    assert stuck.attempts == 0


def test_the_log_tells_acts_in_sentences_and_can_be_narrowed(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau, upto="at_office").matter
    client = walk_in(bureau.clerk)
    address = reverse("desk:log")
    assert "submitted the document" in client.get(address).content.decode()
    narrowed = client.get(address, {"kind": "document.set_attribute"}).content.decode()
    assert "set the attribute" in narrowed
    assert "起草甲 submitted the document" not in narrowed
    assert "began the document" in client.get(address, {"subject": matter.reference}).content.decode()


def test_the_worklist_costs_the_same_with_one_matter_and_with_many(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    client, address = walk_in(bureau.drafter), reverse("desk:worklist")
    cast.make_document(bureau)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(12):
        cast.make_document(bureau, title=f"第{number}件通知")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert "第11件通知" in page
    assert len(many) == len(few)
    assert len(few) <= 16


def test_the_worklist_shows_each_what_waits_for_them_and_counts_it_in_the_title(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    at_office = cast.make_document(bureau, upto="at_office", title="待收的通知").matter
    published = cast.make_document(bureau, upto="published", title="已公布的通知").matter
    address = reverse("desk:worklist")
    clerk = walk_in(bureau.clerk).get(address).content.decode()
    assert at_office.title in clerk
    assert "<title>(1) " in clerk
    assert at_office.title not in walk_in(bureau.leader).get(address).content.decode()
    mine = walk_in(bureau.drafter).get(address, {"whose": "mine"}).content.decode()
    assert at_office.title in mine
    assert published.title not in mine, "a published document asks for nothing"
    resting = walk_in(bureau.drafter).get(address, {"whose": "resting"}).content.decode()
    assert published.title in resting


def test_a_reviewer_who_has_spoken_is_not_asked_again(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau, upto="in_review").matter
    client, worklist = walk_in(bureau.privacy), reverse("desk:worklist")
    assert matter.title in client.get(worklist).content.decode()
    word = {"seen": matter.version, "digest": cast.digest_of(matter.pk), "kind": "privacy", "passed": "yes"}
    client.post(reverse("desk:review", args=[matter.reference]), word)
    assert matter.title not in client.get(worklist).content.decode()


def test_a_promised_interpretation_that_comes_due_shows_on_the_worklist_of_its_department(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    promised = [{"due_on": "2026-03-10", "form": "text", "note": "实施一周问答"}]
    cast.make_document(bureau, upto="published", fields={"staged": promised})
    assert "实施一周问答" in walk_in(bureau.drafter).get(reverse("desk:worklist")).content.decode()


def test_the_desk_takes_up_a_record_of_the_former_site_and_leads_to_its_matter(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    fields = {"title": "旧停车办法", "body": "<p>旧办法全文。</p>", "department": "某处"}
    fields["formed_on"] = "2017-03-01"
    given = importing.Import("notice", bureau.item, fields, (), "old/1.md", "0" * 64)
    (record,) = importing.publish_imported([given], actor=None, at=cast.MONDAY)
    told = {"reference": record.reference, "department": bureau.department.pk}
    client = walk_in(bureau.clerk)
    answer = client.post(reverse("desk:take_up"), told)
    record.refresh_from_db()
    assert answer.headers["Location"] == reverse("desk:matter", args=[record.matter_reference])
    assert client.post(reverse("desk:take_up"), told).status_code == 422
    assert walk_in(bureau.drafter).get(reverse("desk:take_up")).status_code == 403
