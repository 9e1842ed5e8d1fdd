"""Requests arrive by every way; who asks stays under seal."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry, Leaf
from sunshine.core.matters import queries as matters
from sunshine.core.matters import sealing
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.kernel.period import SHANGHAI
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries
from sunshine.work.requests.models import Applicant, Request, SealedFile
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def later(days: int) -> datetime:
    return MONDAY + days * DAY


def fresh(request: Request) -> Request:
    return Request.objects.select_related("matter").get(pk=request.pk)


def stage(request: Request) -> str:
    return Matter.objects.values_list("stage", flat=True).get(pk=request.pk)


def test_a_request_by_the_form_is_received_at_once_and_counts_from_that_day(cast: Cast) -> None:
    request = story.file(cast)
    assert (request.matter.stage, request.received_on) == ("received", MONDAY.date())
    reading = matters.readings(request.matter, now=MONDAY)["reply"]
    assert str(reading.due_on) == "2026-03-30"


@pytest.mark.parametrize("way", ["counter", "registered_post", "oral"])
def test_a_way_that_fixes_its_own_day_is_received_when_registered(cast: Cast, way: str) -> None:
    friday = MONDAY - 3 * DAY
    request, _code = requests.register(
        story.filing(way), office=cast.office, arrived_at=friday, actor=cast.clerk, at=MONDAY
    )
    assert request.received_on == friday.date()


LAST_OLD_DAY = datetime(2019, 5, 14, 16, tzinfo=SHANGHAI)


def entered_the_day_after(cast: Cast, way: str, **identity: str) -> Request:
    given = {**story.PERSON, **identity}
    request, _code = requests.register(
        story.filing(way, identity=given),
        office=cast.office,
        arrived_at=LAST_OLD_DAY,
        actor=cast.clerk,
        at=LAST_OLD_DAY + DAY,
    )
    return request


@pytest.mark.parametrize(("way", "version"), [("counter", "2008"), ("email", "2008"), ("fax", "2019")])
def test_the_text_follows_the_day_of_receipt_and_not_of_entering(way: str, version: str) -> None:
    cast = plays.make_cast(at=datetime(2019, 4, 1, 9, tzinfo=SHANGHAI))
    request = entered_the_day_after(cast, way)
    assert request.matter.procedure_version == version
    assert request.matter.reference == "S2019-00001"
    if version == "2008":
        assert request.received_on == LAST_OLD_DAY.date()
        assert matters.readings(request.matter, now=LAST_OLD_DAY + DAY)["reply"].total == 15


def test_what_was_received_under_the_old_text_needs_no_proof_of_identity() -> None:
    cast = plays.make_cast(at=datetime(2019, 4, 1, 9, tzinfo=SHANGHAI))
    assert entered_the_day_after(cast, "counter", document="", document_number="").received_on
    with pytest.raises(errors.RuleBroken):
        entered_the_day_after(cast, "fax", document="", document_number="")


def test_the_parts_of_a_request_follow_its_text() -> None:
    cast = plays.make_cast(at=datetime(2019, 4, 1, 9, tzinfo=SHANGHAI))
    request = entered_the_day_after(cast, "counter")
    [part] = requests.split(request.pk, parts=["公厕数量"], actor=cast.clerk, at=LAST_OLD_DAY + 9 * DAY)
    assert (part.matter.procedure_version, part.received_on) == ("2008", LAST_OLD_DAY.date())


@pytest.mark.parametrize("way", ["ordinary_post", "email", "fax"])
def test_a_way_that_waits_for_both_sides_is_received_when_confirmed(cast: Cast, way: str) -> None:
    request, _code = requests.register(
        story.filing(way), office=cast.office, arrived_at=MONDAY, actor=cast.clerk, at=MONDAY
    )
    assert (stage(request), request.received_on) == ("arrived", None)
    requests.try_to_reach(request.pk, note="电话无人接听", actor=cast.clerk, at=later(1))
    requests.receive(request.pk, received_on=date(2026, 3, 11), actor=cast.clerk, at=later(9))
    assert fresh(request).received_on == date(2026, 3, 11)


def test_numbers_run_without_gaps_even_when_a_filing_is_refused(cast: Cast) -> None:
    first = story.file(cast)
    with pytest.raises(errors.RuleBroken):
        story.file(cast, files=(("x.exe", b"MZ"),))
    second = story.file(cast)
    assert (first.matter.reference, second.matter.reference) == ("S2026-00001", "S2026-00002")


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("document_number", {"identity": {**story.PERSON, "document_number": "110105194912310021"}}),
        ("name", {"identity": {**story.PERSON, "name": " "}}),
        ("phone", {"identity": {**story.PERSON, "phone": "12345"}}),
        ("email", {"identity": {**story.PERSON, "email": "nobody"}}),
        ("wanted", {"wanted": ""}),
        ("address", {"delivery": "post", "identity": {**story.PERSON, "address": ""}}),
        ("organisation", {"applicant_kind": "business"}),
    ],
)
def test_a_form_that_lacks_something_names_the_field(cast: Cast, field: str, fields: dict[str, Any]) -> None:
    with pytest.raises(errors.RuleBroken) as refusal:
        story.file(cast, **fields)
    assert field in [reason.field for reason in refusal.value.reasons]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("program.exe", b"MZ"),
        ("letter.pdf", b"MZ\x90 a program"),
        ("empty.txt", b""),
        ("macro.docx", b""),
        ("huge.txt", b"x" * (10 * 1024 * 1024 + 1)),
    ],
)
def test_a_hostile_file_stops_the_filing_and_nothing_is_kept(cast: Cast, name: str, data: bytes) -> None:
    with pytest.raises(errors.RuleBroken):
        story.file(cast, files=((name, data),))
    assert not Request.objects.exists()
    assert not SealedFile.objects.exists()


SECRETS = (*story.PERSON.values(), "李四明")


def test_who_asks_stands_nowhere_but_under_seal(cast: Cast) -> None:
    request = story.file(cast, files=(("李四明身份证.txt", "李四明 身份证".encode()),))
    bared = {name: str(value) for name, value in vars(fresh(request)).items()}
    told = [json.dumps(entry.facts, ensure_ascii=False) for entry in Entry.objects.all()]
    leaves = [bytes(leaf.data).decode() for leaf in Leaf.objects.all()]
    sealed = [str(vars(row)) for model in (Applicant, SealedFile) for row in model.objects.all()]
    for secret in SECRETS:
        if secret == "resident_id":
            continue
        assert all(secret not in text for text in (*bared.values(), *told, *leaves, *sealed)), secret


def test_the_seal_opens_only_in_its_own_place(cast: Cast) -> None:
    first, second = story.file(cast), story.file(cast)
    sealed = bytes(Applicant.objects.get(pk=first.pk).sealed)
    assert sealing.unseal_values(sealed, place=f"applicant:{first.pk}")["name"] == "测试人甲"
    with pytest.raises(sealing.Unopenable):
        sealing.unseal_values(sealed, place=f"applicant:{second.pk}")
    with pytest.raises(sealing.Unopenable):
        sealing.unseal_values(sealed[:-1] + bytes([sealed[-1] ^ 1]), place=f"applicant:{first.pk}")


def test_viewing_who_asks_is_entered_and_is_for_those_who_handle_the_case(cast: Cast) -> None:
    request = story.handled(cast)
    assert requests.view_identity(request.pk, actor=cast.drafter, at=later(1))["name"] == "测试人甲"
    last = ledger.timeline(request.matter.reference).last()
    assert last is not None
    assert (last.kind, last.actor) == ("information_request.identity_viewed", cast.drafter)
    with pytest.raises(errors.NotAllowed):
        requests.view_identity(request.pk, actor=cast.proofreader, at=later(1))


def test_the_title_at_the_desk_masks_what_is_personal(cast: Cast) -> None:
    request = story.file(cast, wanted="申请人：王小明，电话13800001234，要求公开停车场收费标准")
    assert "13800001234" not in request.matter.title
    assert "王小明" not in request.matter.title


def test_the_title_at_the_desk_keeps_who_acts_in_office(cast: Cast) -> None:
    request = story.file(cast, wanted="公开城管局局长张建国今年三次接访的记录")
    assert request.matter.title == "公开城管局局长张建国今年三次接访的记录"


def test_the_code_opens_its_own_request_and_no_other_code_opens_any(cast: Cast) -> None:
    request, code = requests.file_online(story.filing(), office=cast.office, at=MONDAY)
    assert queries.matter_of_code(code.lower().replace("-", " ")).pk == request.pk
    with pytest.raises(errors.NotFound):
        queries.matter_of_code(code[:-1] + ("2" if code[-1] != "2" else "3"))


def test_the_same_applicant_is_known_again_without_opening_the_seal(cast: Cast) -> None:
    first, second = story.file(cast), story.file(cast)
    story.file(cast, identity={**story.PERSON, "document_number": "440524188001010014"})
    assert [found.pk for found in queries.same_applicant(second)] == [first.pk]
    assert queries.number_in_month(second) == 2


def test_a_saved_form_comes_back_by_its_code_and_is_gone_after_thirty_days(cast: Cast) -> None:
    code = requests.save({"wanted": "停车"}, at=MONDAY)
    assert requests.restore(code, at=later(30)) == {"wanted": "停车"}
    with pytest.raises(errors.NotFound):
        requests.restore(code, at=later(31))
    assert requests.throw_away_saved_forms(at=later(31)) == 1
