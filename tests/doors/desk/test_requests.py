"""Requests at the desk: registering, every form made from the table, who asks on demand, the reply."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import deeds, requests_facts
from sunshine.doors.desk.facts import Asking
from sunshine.work.requests import operations as requests
from sunshine.work.requests import paper, rules
from sunshine.work.requests.models import Remedy, Request
from sunshine.work.requests.rules import correction_table
from tests import cast as plays
from tests.cast import Cast
from tests.rooms import requests_story as story
from tests.rooms import test_redaction as redacting

pytestmark = pytest.mark.django_db

TYPED = {
    **story.PERSON,
    "way": "counter",
    "applicant_kind": "natural_person",
    "wanted": story.WANTED,
    "form_wanted": "paper",
    "delivery": "pick_up",
    "help": "",
}


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def now() -> Any:
    return timezone.now().replace(microsecond=0)


def registered(cast: Cast) -> Request:
    at = timezone.localtime(now()).strftime("%Y-%m-%dT%H:%M")
    answer = at_desk(cast.clerk).post("/desk/requests/new/", {**TYPED, "arrived_at": at})
    assert answer.status_code == 200, answer.content.decode()
    return Request.objects.select_related("matter").latest("matter_id")


def press(person: Person, request: Request, act: str, **given: Any) -> Any:
    matter = Matter.objects.get(pk=request.pk)
    address = f"/desk/m/{matter.reference}/acts/{act}/"
    return at_desk(person).post(address, {"seen": matter.version, **given})


def page_of(person: Person, reference: str) -> str:
    answer = at_desk(person).get(f"/desk/m/{reference}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_clerk_registers_what_came_to_the_counter_and_gets_number_and_code(cast: Cast) -> None:
    request = registered(cast)
    assert (request.way, request.matter.stage) == ("counter", "received")
    assert request.received_on == timezone.localdate()


def test_who_may_not_take_in_requests_is_told_so(cast: Cast) -> None:
    assert at_desk(cast.proofreader).get("/desk/requests/new/").status_code == 403


def test_a_wrong_number_is_said_at_its_field(cast: Cast) -> None:
    at = timezone.localtime(now()).strftime("%Y-%m-%dT%H:%M")
    typed = {**TYPED, "arrived_at": at, "document_number": "110105194912310021"}
    answer = at_desk(cast.clerk).post("/desk/requests/new/", typed)
    assert answer.status_code == 422
    assert "digit by digit" in answer.content.decode()


def test_the_page_shows_the_request_without_who_asks_until_one_looks(cast: Cast) -> None:
    request = registered(cast)
    said = page_of(cast.clerk, request.matter.reference)
    assert story.WANTED in said
    assert "测试人甲" not in said
    opened = at_desk(cast.clerk).post(f"/desk/m/{request.matter.reference}/who/").content.decode()
    assert "测试人甲" in opened
    viewed = Entry.objects.get(kind="information_request.identity_viewed")
    assert viewed.actor == cast.clerk
    assert "looked at who asks" in page_of(cast.clerk, request.matter.reference)


def test_a_stranger_to_the_case_does_not_learn_that_it_exists(cast: Cast) -> None:
    request = registered(cast)
    client = at_desk(cast.proofreader)
    assert client.get(f"/desk/m/{request.matter.reference}/").status_code == 404
    assert client.post(f"/desk/m/{request.matter.reference}/who/").status_code == 404


def test_a_request_goes_from_the_counter_to_the_answer_through_the_forms(cast: Cast) -> None:
    request = registered(cast)
    today = timezone.localdate().isoformat()
    reference = request.matter.reference
    assert press(cast.clerk, request, "assign", department=cast.department.pk).status_code == 302
    given = {"systems": "档案室", "words": "停车 收费", "found": "yes", "note": ""}
    assert press(cast.drafter, request, "search", **given).status_code == 302
    chosen = at_desk(cast.drafter).get(f"/desk/m/{reference}/acts/draft_reply/").content.decode()
    assert "Disclosed (予以公开)" in chosen
    matter = Matter.objects.get(pk=request.pk)
    drafted = at_desk(cast.drafter).post(
        f"/desk/m/{reference}/acts/draft_reply/?outcome=disclosed",
        {"seen": matter.version, "finding": "见附件", "public_subject": "停车收费", "handover": "电子文本"},
    )
    assert drafted.status_code == 302, drafted.content.decode()
    assert press(cast.office_head, request, "approve").status_code == 302
    answer = press(cast.clerk, request, "reply", service="electronic", served_on=today)
    assert answer.status_code == 302
    request.refresh_from_db()
    assert (request.outcome, request.row) == ("disclosed", "1")
    said = page_of(cast.clerk, reference)
    assert "见附件" in said
    assert cast.office_head.name in said


def test_an_act_seen_in_an_older_state_is_refused_as_too_late(cast: Cast) -> None:
    request = registered(cast)
    press(cast.clerk, request, "assign", department=cast.department.pk)
    stale = at_desk(cast.clerk).post(
        f"/desk/m/{request.matter.reference}/acts/reassign/", {"seen": 0, "department": cast.office.pk}
    )
    assert stale.status_code == 409


def test_asking_a_third_party_shows_its_name_only_where_the_case_is_handled(cast: Cast) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    today = timezone.localdate().isoformat()
    given = {"party": "乙停车公司", "about": "合同是否涉密", "sent_on": today}
    assert press(cast.drafter, request, "consult_third_party", **given).status_code == 302
    assert "乙停车公司" in page_of(cast.drafter, request.matter.reference)
    form = at_desk(cast.drafter).get(f"/desk/m/{request.matter.reference}/acts/third_party_received/")
    assert "乙停车公司" in form.content.decode()
    assert not Entry.objects.filter(facts__icontains="乙停车公司").exists()


def test_the_day_on_which_a_co_maker_got_the_letter_is_entered_at_the_desk(cast: Cast) -> None:
    today = timezone.localdate().isoformat()
    asked = {"body": "市规划局", "about": "合同", "sent_on": today}
    for sort, is_offered in (("co_maker", True), ("other_body", False)):
        request = story.handled(cast, at=now() - timedelta(hours=1))
        press(cast.drafter, request, "ask_bodies", sort=sort, **asked)
        said = page_of(cast.drafter, request.matter.reference)
        assert ("Enter that the co-maker has received it" in said) is is_offered
    request = Request.objects.get(consultations__sort="co_maker")
    whom = request.consultations.get()
    assert press(cast.drafter, request, "body_received", consultation=whom.pk, received_on=today)
    whom.refresh_from_db()
    assert whom.received_on == timezone.localdate()
    assert f"Received on {today}" in page_of(cast.drafter, request.matter.reference)


def test_no_officer_is_told_that_the_public_reads_a_reason_that_it_never_reads(cast: Cast) -> None:
    request = registered(cast)
    told = {
        each.name: str(made.help_text)
        for procedure in (*rules.PROCEDURES, correction_table.CORRECTION)
        for each in procedure.acts
        if "reason" in each.needs
        for made in [requests_facts.MAKERS["reason"](Asking(request.matter, each, timezone.localdate()))]
    }
    read = {name: said for name, said in told.items() if said}
    assert told.keys() > read.keys()
    assert read == {
        **dict.fromkeys(
            ("extend", "defer", "demand_reasons", "propose_decision"), "The applicant reads this."
        ),
        "tell_third_party": "The third party reads this.",
    }


def test_the_letters_to_a_third_party_lie_beside_its_name_and_it_is_told_by_a_form(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "pdf", lambda letter: f"%PDF {letter.addressee}".encode())
    request = story.handled(cast, at=now() - timedelta(hours=1))
    reference, today = request.matter.reference, timezone.localdate().isoformat()
    given = {"party": "乙停车公司", "about": "合同是否涉密", "sent_on": today}
    press(cast.drafter, request, "consult_third_party", **given)
    whom = request.consultations.get().pk
    said = page_of(cast.drafter, reference)
    for ending in ("pdf", "docx"):
        address = f"/desk/m/{reference}/third-parties/{whom}/ask.{ending}"
        assert address in said
        assert at_desk(cast.drafter).get(address).status_code == 200
        assert at_desk(cast.proofreader).get(address).status_code == 404
    press(cast.drafter, request, "third_party_received", consultation=whom, received_on=today)
    refused = {"consultation": whom, "answer": "refuses", "ground": "商业秘密", "answered_on": today}
    press(cast.drafter, request, "third_party_answered", **refused)
    press(cast.drafter, request, "conclude_consultation")
    facts: dict[str, Any] = {"outcome": "disclosed", "finding": "x", "public_subject": "停车合同"}
    requests.draft_reply(request.pk, **facts, details={"handover": "电子"}, actor=cast.drafter, at=now())
    assert "overruled" not in page_of(cast.drafter, reference)
    requests.approve(request.pk, actor=cast.office_head, at=now())
    assert "tell it in writing" in page_of(cast.clerk, reference)
    form = at_desk(cast.drafter).get(f"/desk/m/{reference}/acts/tell_third_party/").content.decode()
    assert "乙停车公司" in form
    told = {"consultation": whom, "disclosed": "合同", "reason": "公共利益", "told_on": today}
    assert press(cast.drafter, request, "tell_third_party", **told).status_code == 302
    tells = at_desk(cast.drafter).get(f"/desk/m/{reference}/third-parties/{whom}/tell.pdf")
    assert "乙停车公司" in tells.content.decode()
    assert press(cast.clerk, request, "reply", service="electronic", served_on=today).status_code == 302


def test_of_several_refusals_the_desk_says_by_its_number_which_is_open_and_takes_what_becomes_of_it(
    cast: Cast,
) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    reference, today = request.matter.reference, timezone.localdate().isoformat()
    for act, party in (("consult_third_party", "乙停车公司"), ("consult_another", "丙物业公司")):
        press(cast.drafter, request, act, party=party, about="合同", sent_on=today)
    first, second = request.consultations.values_list("pk", flat=True)
    for one in (first, second):
        press(cast.drafter, request, "third_party_received", consultation=one, received_on=today)
    for one in (first, second):
        refused = {"consultation": one, "answer": "refuses", "ground": "商业秘密", "answered_on": today}
        press(cast.drafter, request, "third_party_answered", **refused)
    press(cast.drafter, request, "conclude_consultation")
    part = {"place": "第3页", "ground": "third_party", "why": "他人的经营信息"}
    facts: dict[str, Any] = {"outcome": "partial", "finding": "x", "public_subject": "停车合同"}
    details = {"handover": "电子", "withheld": [part]}
    requests.draft_reply(request.pk, **facts, details=details, actor=cast.drafter, at=now())
    requests.approve(request.pk, actor=cast.office_head, at=now())
    said = page_of(cast.clerk, reference)
    assert "Third party no. 1 refused" in said
    assert "Third party no. 2 refused" in said
    assert "2. 丙物业公司: 合同" in said
    form = at_desk(cast.drafter).get(f"/desk/m/{reference}/acts/respect_refusal/").content.decode()
    assert "2. 丙物业公司" in form
    assert press(cast.drafter, request, "respect_refusal", consultation=first).status_code == 302
    said = page_of(cast.clerk, reference)
    assert "Third party no. 1 refused" not in said
    assert "Third party no. 2 refused" in said
    assert "What it refused stays withheld" in said


def test_the_desk_names_the_pages_of_a_copy_that_nobody_looked_at(cast: Cast) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    laid = requests.enclose(request.pk, name="a.txt", data="收费".encode(), actor=cast.drafter, at=now())
    laid.proof = {"readers": ["pypdf", "pdfium", "ocr_in_part"], "unseen": [21, 22]}
    laid.save()
    said = page_of(cast.drafter, request.matter.reference)
    assert "recognition of characters, on some pages, look yourself at the pictures of pages 21, 22" in said


def test_a_sealed_file_is_handed_out_to_who_handles_the_case_and_that_is_entered(cast: Cast) -> None:
    request = story.file(cast, at=now(), files=(("身份证.txt", "证件".encode()),))
    file = request.matter.sealed_files.get()
    answer = at_desk(cast.clerk).get(f"/desk/m/{request.matter.reference}/sealed/{file.pk}/")
    assert answer.content.decode() == "证件"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(kind="information_request.identity_viewed", actor=cast.clerk).exists()
    other = at_desk(cast.proofreader).get(f"/desk/m/{request.matter.reference}/sealed/{file.pk}/")
    assert other.status_code == 404


def test_who_handles_a_part_reads_the_files_of_the_whole_and_no_other_of_it(cast: Cast) -> None:
    at = now() - timedelta(hours=1)
    whole = story.handled(cast, at=at, files=(("清单.txt", "清单".encode()),))
    came = whole.matter.sealed_files.get()
    requests.enclose(whole.pk, name="答复.txt", data="答复".encode(), actor=cast.drafter, at=at)
    (part,) = requests.split(whole.pk, parts=["公厕数量"], actor=cast.clerk, at=at)
    requests.assign(part.pk, department=cast.office, actor=cast.clerk, at=at)
    (again,) = requests.split(part.pk, parts=["公厕位置"], actor=cast.clerk, at=at)
    requests.assign(again.pk, department=cast.department, actor=cast.clerk, at=at)
    Matter.objects.filter(pk=whole.pk).update(department=cast.office, officer=None)
    reference = again.matter.reference
    assert at_desk(cast.drafter).get(f"/desk/m/{whole.matter.reference}/").status_code == 404
    address = f"/desk/m/{reference}/sealed/{came.pk}/"
    assert address in page_of(cast.drafter, reference)
    assert at_desk(cast.drafter).get(address).content.decode() == "清单"
    assert Entry.objects.filter(subject=reference, actor=cast.drafter, facts={"file": came.pk}).exists()
    for laid in whole.matter.sealed_files.exclude(pk=came.pk):
        assert at_desk(cast.drafter).get(f"/desk/m/{reference}/sealed/{laid.pk}/").status_code == 404
    assert at_desk(cast.proofreader).get(address).status_code == 404
    other = story.handled(cast, at=at)
    assert at_desk(cast.drafter).get(f"/desk/m/{other.matter.reference}/sealed/{came.pk}/").status_code == 404


def test_a_reconsideration_is_entered_answered_and_decided_at_the_desk(cast: Cast) -> None:
    at = now() - timedelta(hours=2)
    request = story.answer(
        cast, story.handled(cast, at=at), "process", at=at + timedelta(minutes=9), details={"which": "过程稿"}
    )
    today = timezone.localdate().isoformat()
    made = at_desk(cast.clerk).post(
        f"/desk/m/{request.matter.reference}/remedy/",
        {"track": "simple", "filed_on": today, "received_on": today, "note": ""},
    )
    assert made.status_code == 302
    remedy = Remedy.objects.select_related("matter").get()
    assert "the bureau must answer" in page_of(cast.clerk, remedy.matter.reference)
    client = at_desk(cast.legal)
    acts = f"/desk/m/{remedy.matter.reference}/acts/"
    seen = Matter.objects.get(pk=remedy.pk).version
    assert client.post(f"{acts}defend_simple/", {"seen": seen, "sent_on": today}).status_code == 302
    decided = {"seen": seen + 1, "result": "upheld", "decided_on": today}
    assert client.post(f"{acts}decide_remedy/", decided).status_code == 302
    assert Remedy.objects.get().result == "upheld"
    assert remedy.matter.reference in page_of(cast.clerk, request.matter.reference)


def test_silence_is_contested_at_the_desk_once_the_reply_is_overdue(cast: Cast) -> None:
    waiting = story.handled(cast, at=now() - timedelta(days=3))
    assert "Enter a reconsideration or lawsuit" not in page_of(cast.clerk, waiting.matter.reference)
    silent = story.handled(cast, at=now() - timedelta(days=60))
    assert "Enter a reconsideration or lawsuit" in page_of(cast.clerk, silent.matter.reference)
    today = timezone.localdate().isoformat()
    made = at_desk(cast.clerk).post(
        f"/desk/m/{silent.matter.reference}/remedy/",
        {"track": "court", "filed_on": today, "received_on": today, "note": ""},
    )
    assert made.status_code == 302
    assert "No reply in time" in page_of(cast.clerk, Remedy.objects.get().matter.reference)


def test_a_correction_of_ones_own_data_has_its_own_register(cast: Cast) -> None:
    typed = {**story.PERSON, "received_on": timezone.localdate().isoformat(), "wanted": "车牌登记有误"}
    answer = at_desk(cast.clerk).post("/desk/requests/correction/", typed)
    assert answer.status_code == 200
    matter = Matter.objects.get(kind="correction")
    assert "车牌登记有误" in page_of(cast.clerk, matter.reference)


def test_every_act_that_people_do_on_requests_has_its_form() -> None:
    for procedure in rules.PROCEDURES:
        done_elsewhere = {"rate", "draft_reply", "enclose", "make_public", "issue_code", "take_in_correction"}
        done_elsewhere |= {act.name for act in procedure.acts if act.name.startswith("take_in_")}
        for act in procedure.acts:
            if not act.label or act.name in done_elsewhere:
                continue
            deed = deeds.deed(procedure.kind, act.name)
            assert deed.operation is not None, act.name
            unknown = [name for name in deed.facts(act) if name not in requests_facts.MAKERS]
            assert unknown == [], act.name


def test_the_worklist_leads_to_the_request(cast: Cast) -> None:
    request = registered(cast)
    said = at_desk(cast.clerk).get("/desk/").content.decode()
    assert f"/desk/m/{request.matter.reference}/" in said


def test_the_code_of_the_counter_opens_the_applicants_page(cast: Cast) -> None:
    request, code = requests.register(
        story.filing("counter"), office=cast.office, arrived_at=now(), actor=cast.clerk, at=now()
    )
    client = Client()
    followed = client.post("/requests/follow/", {"code": code}, follow=True).content.decode()
    assert request.matter.reference in followed


def test_a_file_is_laid_with_the_answer_redacted_and_the_page_says_who_read_the_copy(cast: Cast) -> None:
    request = story.handled(cast, at=now() - timedelta(hours=1))
    address = f"/desk/m/{request.matter.reference}/acts/enclose/"
    seen = Matter.objects.get(pk=request.pk).version
    bad = SimpleUploadedFile("a.xlsx", redacting.excel_file())
    typed = {"seen": seen, "masks": "李不在", "boxes": ""}
    refused = at_desk(cast.drafter).post(address, {**typed, "file": bad})
    assert refused.status_code == 422
    assert "not found in the file" in refused.content.decode()
    good = SimpleUploadedFile("a.xlsx", redacting.excel_file())
    laid = at_desk(cast.drafter).post(address, {**typed, "masks": "\n".join(redacting.MASKS), "file": good})
    assert laid.status_code == 302
    said = page_of(cast.drafter, request.matter.reference)
    assert "read again: as text, as markup" in said
