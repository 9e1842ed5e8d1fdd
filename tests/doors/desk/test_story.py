"""A normative document from the empty page to the public one, and what the desk says when it refuses."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Draft, Record, Review
from tests import cast
from tests.doors.desk.conftest import WalkIn

BODY = "<p>自本月起，路内停车泊位统一编号。</p>"


def address(matter: Matter, name: str, *more: object) -> str:
    return reverse(f"desk:{name}", args=[matter.reference, *more])


def do(client: Client, matter: Matter, act: str, **facts: str):
    """Do an act as its form does: with the version that the page shows now."""
    matter.refresh_from_db()
    return client.post(address(matter, "act", act), {"seen": matter.version, **facts})


def rows(**plan: str) -> dict[str, str]:
    """Return the plan and the promises as the editor sends them."""
    sent = {f"{name}-{key}": "0" for name in ("plan", "staged") for key in ("INITIAL_FORMS", "TOTAL_FORMS")}
    if plan:
        sent |= {"plan-TOTAL_FORMS": "1"} | {f"plan-0-{name}": value for name, value in plan.items()}
    return sent


def begin(client: Client, bureau: cast.Cast, kind: str = "notice", title: str = "停车管理办法") -> Matter:
    answer = client.post(
        reverse("desk:new"), {"kind": kind, "title": title, "department": str(bureau.department.pk)}
    )
    assert answer.status_code == 302
    return Matter.objects.get(title=title)


def test_a_normative_document_goes_with_its_interpretation_from_the_empty_page_to_the_public_one(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    drafter, clerk, leader = (walk_in(who) for who in (bureau.drafter, bureau.clerk, bureau.leader))
    matter = begin(drafter, bureau, "normative_document")
    written = {
        "title": matter.title,
        "department": "停车管理处",
        "formed_on": timezone.localdate().isoformat(),
        "body": BODY,
    }
    plan = rows(outline="解读要点", form="text", ways="网站", time="同步")
    saved = drafter.post(address(matter, "write", 0), {**written, **plan, "revision": "1", "stay": "1"})
    assert saved.status_code == 302

    matter.refresh_from_db()
    begun = drafter.post(
        address(matter, "interpretation"), {"seen": matter.version, "title": "办法解读", "form": "text"}
    )
    assert begun.status_code == 302
    told = {"title": "办法解读", "department": "停车管理处", "formed_on": timezone.localdate().isoformat()}
    told |= {
        "body": "<p>为什么编号？</p>",
        "form": "text",
        "covers_background": "上位法要求",
        "revision": "1",
    }
    assert drafter.post(address(matter, "write", 1), told).status_code == 302
    assert Draft.objects.get(matter=matter, part=1).fields["coverage"] == {"background": "上位法要求"}

    matter.refresh_from_db()
    attribute = {"seen": matter.version, "attribute": "proactive", "item": bureau.item.code}
    assert drafter.post(address(matter, "attribute"), attribute).status_code == 302
    assert do(drafter, matter, "submit").status_code == 302
    assert do(clerk, matter, "accept").status_code == 302
    digest = cast.digest_of(matter.pk)
    for kind, who in cast.REVIEWS:
        matter.refresh_from_db()
        word = {"seen": matter.version, "digest": digest, "kind": kind.value, "passed": "yes", "remark": ""}
        assert walk_in(getattr(bureau, who)).post(address(matter, "review"), word).status_code == 302
    assert do(clerk, matter, "pass_on").status_code == 302
    matter.refresh_from_db()
    signature = {"seen": matter.version, "digest": digest, "remark": ""}
    assert leader.post(address(matter, "sign_off"), signature).status_code == 302
    assert do(walk_in(bureau.office_head), matter, "publish").status_code == 302

    published = Record.objects.filter(matter_reference=matter.reference)
    assert {record.kind for record in published} == {"normative_document", "interpretation"}
    assert published.values("published_at").distinct().count() == 1
    assert (
        f"/r/{published.get(main=None).reference}/" in drafter.get(address(matter, "matter")).content.decode()
    )


def test_a_document_without_an_attribute_stays_and_the_page_says_which_rule_asks(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    drafter = walk_in(bureau.drafter)
    matter = begin(drafter, bureau)
    shown = drafter.get(address(matter, "matter")).content.decode()
    assert "Say whether the document will be public." in shown
    assert "ATTR-3" in shown
    refused = do(drafter, matter, "submit")
    assert refused.status_code == 422
    matter.refresh_from_db()
    assert matter.stage == "drafting"


def test_what_is_missing_at_a_field_is_said_at_the_field(bureau: cast.Cast, walk_in: WalkIn) -> None:
    drafter = walk_in(bureau.drafter)
    matter = begin(drafter, bureau)
    closed = {"seen": matter.version, "attribute": "not_public", "ground": ""}
    answer = drafter.post(address(matter, "attribute"), closed)
    assert answer.status_code == 422
    assert 'id="id_ground_error"' in answer.content.decode()


def test_a_double_press_does_one_act_and_the_second_says_what_happened(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    document = cast.make_document(bureau, upto="at_leader")
    office, matter = walk_in(bureau.clerk), document.matter
    sent = {"seen": matter.version, "reason": "附件有误，请更正后再报"}
    assert office.post(address(matter, "act", "send_back"), sent).status_code == 302
    again = office.post(address(matter, "act", "send_back"), sent)
    assert again.status_code == 409
    assert "附件有误，请更正后再报" in again.content.decode(), "what was typed is kept for copying"
    assert "sent the document back" in again.content.decode()


def test_a_review_pressed_twice_is_one_review(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau, upto="in_review").matter
    word = {"seen": matter.version, "digest": cast.digest_of(matter.pk), "kind": "privacy", "passed": "yes"}
    reviewer = walk_in(bureau.privacy)
    for _press in range(2):
        assert reviewer.post(address(matter, "review"), word).status_code == 302
    assert Review.objects.filter(kind="privacy").count() == 1


def test_a_found_number_must_be_decided_with_a_reason_before_a_review_passes(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="in_review", body="<p>联系手机13812345678。</p>").matter
    reviewer = walk_in(bureau.privacy)
    page = reviewer.get(address(matter, "review")).content.decode()
    assert "13812345678" in page
    word = {"seen": matter.version, "digest": cast.digest_of(matter.pk), "kind": "privacy", "passed": "yes"}
    assert reviewer.post(address(matter, "review"), word).status_code == 422
    undecided = reviewer.post(address(matter, "review"), {**word, "decision_0": "keep"})
    assert "Say why." in undecided.content.decode()
    decided = {**word, "decision_0": "keep", "why_0": "办公电话，依法公开"}
    assert reviewer.post(address(matter, "review"), decided).status_code == 302
    assert Review.objects.get(kind="privacy").decisions[0]["reason"] == "办公电话，依法公开"


def test_nobody_may_act_without_the_role_and_the_page_names_who_may(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    matter = cast.make_document(bureau, upto="at_office").matter
    answer = do(walk_in(bureau.drafter), matter, "accept")
    assert answer.status_code == 403
    assert "Disclosure officer" in answer.content.decode()


def test_somebody_of_another_department_learns_nothing_of_a_draft(bureau: cast.Cast, walk_in: WalkIn) -> None:
    from sunshine.core.people import operations as people
    from sunshine.core.people import rules as roles

    elsewhere = people.found_department(code="elsewhere", name="市容管理处", position=9)
    outsider = cast.make_person(department=elsewhere, name="局外人", holds=(roles.DRAFTER,))
    matter = cast.make_document(bureau, title="尚未定稿的办法").matter
    client = walk_in(outsider)
    for name, more in (("matter", ()), ("write", (0,)), ("compare", (0,)), ("act", ("submit",))):
        answer = client.get(address(matter, name, *more))
        assert answer.status_code == 404
        assert matter.title not in answer.content.decode()
    assert (
        matter.title not in client.get(reverse("desk:worklist") + "?q=办法&whose=department").content.decode()
    )


def test_a_withdrawal_takes_two_persons_and_keeps_the_first_ones_ground(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    document = cast.make_document(bureau, upto="published")
    matter, head = document.matter, walk_in(bureau.office_head)
    proposal = {"reason": "数字有误", "ground": "inaccurate"}
    assert do(head, matter, "propose_withdrawal", **proposal).status_code == 302
    assert do(head, matter, "withdraw", **proposal).status_code == 403
    leader = walk_in(bureau.leader)
    form = leader.get(address(matter, "act", "withdraw")).content.decode()
    assert re.search(r'value="inaccurate"[^>]*selected', form)
    assert matter.title in leader.get(reverse("desk:worklist")).content.decode()
    assert do(leader, matter, "withdraw", **proposal).status_code == 302
    assert Record.objects.get(matter_reference=matter.reference).withdrawn_at is not None


def test_a_clock_answers_its_whole_reading_as_json(bureau: cast.Cast, walk_in: WalkIn) -> None:
    matter = cast.make_document(bureau, upto="approved").matter
    told = walk_in(bureau.clerk).get(address(matter, "clock", "publish")).json()
    assert told["period"]["id"] == "PRO-20WD"
    assert told["days"]
