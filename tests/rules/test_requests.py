"""Information requests: the law in sentences, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sunshine.kernel import errors
from sunshine.kernel.flaws import flaws
from sunshine.kernel.period import day_of
from sunshine.kernel.procedure import Procedure, Situation
from sunshine.work.requests import rules
from sunshine.work.requests.rules import fees
from sunshine.work.requests.rules.table import REQUEST_2008, REQUEST_2019
from tests.rules.requests_play import FRIDAY, Play, handled, morning

SOUND = {
    "outcome": "disclosed",
    "finding": "见附件",
    "public_subject": "停车收费",
    "details": {"handover": "电子"},
}


@pytest.mark.parametrize("procedure", rules.PROCEDURES, ids=str)
def test_no_procedure_of_this_room_has_a_flaw(procedure: Procedure) -> None:
    assert flaws(procedure) == ()


@pytest.mark.parametrize(
    ("received", "seven", "twenty", "forty"),
    [
        ("2024-01-26", "2024-02-05", "2024-02-28", "2024-03-27"),
        ("2026-01-30", "2026-02-10", "2026-03-05", "2026-04-02"),
        ("2026-02-13", "2026-03-02", "2026-03-19", "2026-04-17"),
        ("2026-02-14", "2026-03-03", "2026-03-20", "2026-04-20"),
        ("2026-09-18", "2026-09-29", "2026-10-22", "2026-11-19"),
    ],
)
def test_the_vectors_of_the_rulebook_hold_under_the_new_text(
    received: str, seven: str, twenty: str, forty: str
) -> None:
    on = date.fromisoformat(received)
    play = Play(REQUEST_2019, way="counter", arrived_on=on).do("receive", on, received_on=on)
    assert str(play.reading("tell", morning(on)).due_on) == seven
    assert str(play.reading("reply", morning(on)).due_on) == twenty
    play.do("assign", on, department=1).do("propose_extension", on, who=1, reason="量大")
    play.do("extend", on, who=2, reason="量大")
    assert str(play.reading("reply", morning(on)).due_on) == forty


def test_the_old_text_gives_fifteen_working_days_and_fifteen_more() -> None:
    on = date(2018, 9, 14)
    play = handled(REQUEST_2008, on)
    assert str(play.reading("reply", morning(on)).due_on) == "2018-10-11"
    play.do("propose_extension", on, who=1, reason="量大").do("extend", on, who=2, reason="量大")
    assert play.reading("reply", morning(on)).total == 30


def test_a_request_of_the_last_old_day_keeps_the_old_text() -> None:
    versions = {
        day: next(p.version for p in rules.PROCEDURES if p.kind == rules.KIND and p.is_effective(day))
        for day in (date(2019, 5, 14), date(2019, 5, 15))
    }
    assert versions == {date(2019, 5, 14): "2008", date(2019, 5, 15): "2019"}


@pytest.mark.parametrize(
    ("way", "version", "received", "holds"),
    [
        ("counter", "2019", 0, True),
        ("counter", "2019", 1, False),
        ("registered_post", "2019", 0, True),
        ("registered_post", "2019", 3, False),
        ("ordinary_post", "2019", 9, True),
        ("ordinary_post", "2019", -1, False),
        ("email", "2019", 2, True),
        ("email", "2008", 2, False),
        ("email", "2008", 0, True),
        ("fax", "2008", 1, True),
        ("oral", "2019", 0, True),
        ("web", "2019", 0, True),
    ],
)
def test_the_day_of_receipt_follows_the_way(way: str, version: str, received: int, holds: bool) -> None:
    procedure = REQUEST_2019 if version == "2019" else REQUEST_2008
    on = date(2026, 3, 2) if version == "2019" else date(2018, 3, 2)
    play = Play(procedure, way=way, arrived_on=on)
    given = on + timedelta(days=received)
    later = on + timedelta(days=10)
    if holds:
        play.do("receive", later, received_on=given)
        started = play.reading("reply", morning(later)).started_at
        assert started is not None
        assert day_of(started) == given
    else:
        with pytest.raises(errors.RuleBroken):
            play.do("receive", later, received_on=given)


def test_the_applicant_is_asked_to_complete_once_only() -> None:
    play = handled()
    play.do("ask_while_handling", FRIDAY, what="哪一年", notified_on=FRIDAY)
    play.do("complete", FRIDAY, text="2017", completed_on=FRIDAY)
    with pytest.raises(errors.RuleBroken, match="one notice"):
        play.do("ask_while_handling", FRIDAY, what="哪一处", notified_on=FRIDAY)


def test_a_notice_after_seven_working_days_moves_no_clock() -> None:
    play = handled()
    late = date(2026, 2, 11)
    with pytest.raises(errors.RuleBroken, match="Seven working days"):
        play.do("ask_while_handling", late, what="哪一年", notified_on=late)
    before = play.reading("reply", morning(late)).due_on
    play.do("ask_too_late", late, what="哪一年", notified_on=late)
    assert play.reading("reply", morning(late)).due_on == before


def test_what_a_late_notice_asked_for_is_taken_in_once_and_moves_no_clock() -> None:
    play = handled()
    late, came = date(2026, 2, 11), date(2026, 2, 25)
    given: dict[str, Any] = {"text": "2017", "completed_on": came}
    with pytest.raises(errors.RuleBroken, match="No late notice"):
        play.do("complete_late", late, **given)
    play.do("ask_too_late", late, what="哪一年", notified_on=late)
    before = play.reading("reply", morning(came)).due_on
    play.do("complete_late", came, **given)
    assert play.reading("reply", morning(came)).due_on == before
    with pytest.raises(errors.RuleBroken, match="No late notice"):
        play.do("complete_late", came, **given)


def test_a_notice_on_the_seventh_working_day_is_in_time() -> None:
    play = handled()
    on = date(2026, 2, 10)
    play.do("ask_while_handling", on, what="哪一年", notified_on=on)
    assert play.reading("reply", morning(on)).due_at is None


def test_a_completed_request_starts_at_zero_and_does_not_resume() -> None:
    play = handled()
    asked, completed = date(2026, 2, 9), date(2026, 2, 25)
    play.do("ask_while_handling", asked, what="哪一年", notified_on=asked)
    play.do("complete", completed, text="2017", completed_on=completed)
    reading = play.reading("reply", morning(completed))
    assert (reading.used, reading.left) == (0, 20)


def test_a_request_lapses_only_when_the_time_to_complete_is_over() -> None:
    play = handled()
    asked = date(2026, 2, 9)
    play.do("ask_while_handling", asked, what="哪一年", notified_on=asked)
    play.matter["asked_on"] = asked
    with pytest.raises(errors.RuleBroken, match="still has time"):
        play.do("lapse", date(2026, 3, 6))
    play.do("lapse", date(2026, 3, 9))
    assert play.stage.name == "lapsed"
    play.do("admit_excuse", date(2026, 3, 12), reason="住院", completed_on=date(2026, 3, 12))
    assert play.reading("reply", morning(date(2026, 3, 12))).left == 20


def test_an_extension_needs_two_people_and_comes_once_and_in_time() -> None:
    play = handled()
    with pytest.raises(errors.RuleBroken, match="propose this first"):
        play.do("extend", FRIDAY, who=2, reason="量大")
    play.do("propose_extension", FRIDAY, who=2, reason="量大")
    with pytest.raises(errors.NotAllowed, match="took part"):
        play.do("extend", FRIDAY, who=2, reason="量大")
    play.do("extend", FRIDAY, who=3, reason="量大")
    with pytest.raises(errors.RuleBroken, match="allows it once"):
        play.do("propose_extension", FRIDAY, who=2, reason="又量大")


def test_a_period_that_is_over_cannot_be_extended() -> None:
    play = handled(reply_due_at=morning(date(2026, 3, 6)))
    with pytest.raises(errors.RuleBroken, match="over"):
        play.do("propose_extension", date(2026, 3, 9), who=1, reason="量大")


def test_silence_of_a_third_party_ends_the_pause_only_after_fifteen_working_days() -> None:
    play = handled()
    row = {"id": 1, "sort": "third_party", "answer": "", "received_on": None, "sent_on": FRIDAY}
    play.matter["consultations"] = (row,)
    play.do("consult_third_party", FRIDAY, party="甲公司", about="合同", sent_on=FRIDAY)
    play.do("third_party_received", date(2026, 2, 3), consultation=1, received_on=date(2026, 2, 3))
    row["received_on"] = date(2026, 2, 3)
    with pytest.raises(errors.RuleBroken, match="still has time"):
        play.do("conclude_consultation", date(2026, 3, 2), ended_on=date(2026, 3, 2))
    play.do("conclude_consultation", date(2026, 3, 3), ended_on=date(2026, 3, 3))
    assert play.stage.name == "handling"


def test_under_the_old_text_a_silent_third_party_has_no_days_and_the_office_goes_on_by_an_act() -> None:
    on = date(2018, 3, 2)
    play = handled(REQUEST_2008, on)
    row = {"id": 1, "sort": "third_party", "answer": "", "received_on": on, "sent_on": on}
    play.matter["consultations"] = (row,)
    play.do("consult_third_party", on, party="甲公司", about="合同", sent_on=on)
    play.do("third_party_received", on, consultation=1, received_on=on)
    much_later = date(2018, 6, 1)
    with pytest.raises(errors.RuleBroken, match="silence ends nothing"):
        play.do("conclude_consultation", much_later, ended_on=much_later)
    play.do("go_on_without_consent", much_later, reason="多次催询未复", ended_on=much_later)
    assert play.stage.name == "handling"
    assert "go_on_without_consent" not in {each.name for each in REQUEST_2019.acts}


def body_asked(sort: str) -> tuple[Play, dict[str, Any]]:
    """Return a request on which a body was asked on a Friday, and the row of who was asked."""
    play = handled()
    row = {"id": 1, "sort": sort, "answer": "", "received_on": None, "sent_on": FRIDAY}
    play.matter["consultations"] = (row,)
    return play.do("ask_bodies", FRIDAY, sort=sort, body="市规划局", about="合同", sent_on=FRIDAY), row


def test_the_silence_of_a_co_maker_ends_the_pause_fifteen_working_days_after_it_got_the_letter() -> None:
    play, row = body_asked("co_maker")
    received_on, last, over = date(2026, 2, 9), date(2026, 3, 6), date(2026, 3, 7)
    with pytest.raises(errors.RuleBroken, match="still has time"):
        play.do("conclude_asking", date(2026, 6, 1), ended_on=date(2026, 6, 1))
    assert play.reading("bodies", morning(last)).period.basis == "own rule"
    play.do("body_received", received_on, consultation=1, received_on=received_on)
    row["received_on"] = received_on
    told = play.reading("bodies", morning(received_on))
    assert (told.due_on, told.period.id) == (last, "FOI-JOINT")
    with pytest.raises(errors.RuleBroken, match="still has time"):
        play.do("conclude_asking", last, ended_on=last)
    play.do("conclude_asking", over, ended_on=last)
    assert play.stage.name == "handling"


def test_the_silence_of_another_body_ends_nothing_and_only_warns() -> None:
    play, _row = body_asked("other_body")
    over = date(2026, 2, 28)
    with pytest.raises(errors.RuleBroken, match="has days"):
        play.do("body_received", over, consultation=1, received_on=over)
    with pytest.raises(errors.RuleBroken, match="silence ends nothing"):
        play.do("conclude_asking", over, ended_on=over)
    assert play.reading("bodies", morning(over)).overdue
    play.do("go_on_without_bodies", over, reason="不再等候", ended_on=over)
    assert play.stage.name == "handling"
    assert "body_received" not in {each.name for each in REQUEST_2008.acts}


def test_a_refusal_of_a_third_party_needs_its_reasonable_ground() -> None:
    play = handled()
    play.matter["consultations"] = ({"id": 1, "sort": "third_party", "answer": ""},)
    play.do("consult_third_party", FRIDAY, party="甲公司", about="合同", sent_on=FRIDAY)
    play.do("third_party_received", FRIDAY, consultation=1, received_on=FRIDAY)
    with pytest.raises(errors.RuleBroken, match="reasonable ground"):
        play.do("third_party_answered", FRIDAY, consultation=1, answer="refuses", answered_on=FRIDAY)
    play.do(
        "third_party_answered",
        FRIDAY,
        consultation=1,
        answer="refuses",
        answered_on=FRIDAY,
        ground="商业秘密",
    )


def test_under_the_old_text_asking_other_bodies_stops_no_clock() -> None:
    for procedure, on, stands in ((REQUEST_2008, date(2018, 3, 2), False), (REQUEST_2019, FRIDAY, True)):
        play = handled(procedure, on)
        play.do("ask_bodies", on, sort="other_body", body="市规划局", about="合同", sent_on=on)
        assert (play.reading("reply", morning(on)).due_at is None) is stands


@pytest.mark.parametrize(
    ("number", "price"), [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (51, 400)]
)
def test_the_fee_for_one_more_request_follows_the_steps(number: int, price: int) -> None:
    assert fees.price_of_item(number) == price


def test_the_fee_for_many_requests_and_pages_is_that_of_the_rulebook() -> None:
    assert [fees.fee_by_items(1, upto) for upto in (10, 11, 30, 35)] == [0, 100, 2000, 3000]
    assert [fees.fee_by_pages(pages) for pages in (30, 100, 200, 250)] == [0, 700, 2700, 4700]


def test_a_free_quantity_cannot_be_charged() -> None:
    with pytest.raises(errors.RuleBroken, match="free of charge"):
        handled().do("charge_fee", FRIDAY, scale="page", quantity=30, notified_on=FRIDAY)


def test_a_request_bears_one_fee_on_one_scale() -> None:
    play = handled()
    play.do("charge_fee", FRIDAY, scale="item", quantity=11, notified_on=FRIDAY)
    paid = date(2026, 2, 6)
    play.do("record_payment", paid, paid_on=paid)
    for scale, quantity in (("page", 100), ("item", 12)):
        with pytest.raises(errors.RuleBroken, match="one fee"):
            play.do("charge_fee", paid, scale=scale, quantity=quantity, notified_on=paid)


def test_a_fee_is_asked_for_within_the_period_and_not_after_it() -> None:
    last, over = date(2026, 3, 5), date(2026, 3, 6)
    play = handled(reply_due_at=morning(over).replace(hour=0))
    with pytest.raises(errors.RuleBroken, match="period of the reply was over"):
        play.do("charge_fee", over, scale="page", quantity=100, notified_on=over)
    play.do("charge_fee", over, scale="page", quantity=100, notified_on=last)
    assert play.stage.name == "awaiting_payment"


def test_an_unpaid_fee_drops_the_request_only_when_the_notice_was_received_and_its_time_is_over() -> None:
    play = handled()
    play.do("charge_fee", FRIDAY, scale="item", quantity=11, notified_on=FRIDAY)
    with pytest.raises(errors.RuleBroken, match="not known"):
        play.do("drop_unpaid", date(2026, 6, 1))
    received = date(2026, 2, 3)
    play.do("fee_notice_received", received, received_on=received)
    play.matter["fee_received_on"] = received
    with pytest.raises(errors.RuleBroken, match="time to pay"):
        play.do("drop_unpaid", date(2026, 3, 9))
    play.do("drop_unpaid", date(2026, 3, 12))
    assert play.stage.name == "unpaid"


def test_a_paid_fee_counts_the_period_anew() -> None:
    play = handled()
    play.do("charge_fee", FRIDAY, scale="item", quantity=11, notified_on=FRIDAY)
    play.do("record_payment", date(2026, 2, 6), paid_on=date(2026, 2, 6))
    assert play.reading("reply", morning(date(2026, 2, 6))).left == 20


def test_nobody_approves_what_they_drafted() -> None:
    play = handled(outcome="disclosed", details=SOUND["details"], public_subject="停车收费")
    play.do("draft_reply", FRIDAY, who=7, **SOUND)
    with pytest.raises(errors.NotAllowed):
        play.do("approve", FRIDAY, who=7)
    play.do("approve", FRIDAY, who=8)


def test_a_reply_in_time_is_one_that_was_posted_on_the_last_day() -> None:
    play = handled(outcome="disclosed", details=SOUND["details"], public_subject="停车收费")
    play.do("draft_reply", FRIDAY, who=7, **SOUND).do("approve", FRIDAY, who=8)
    last, entered = date(2026, 3, 5), date(2026, 3, 9)
    play.do("reply", entered, service="post", served_on=last, mail_number="EM1")
    assert play.reading("reply", morning(entered)).met is True


def test_a_reply_by_post_names_the_number_of_the_mail() -> None:
    play = handled(outcome="disclosed", details=SOUND["details"], public_subject="停车收费")
    play.do("draft_reply", FRIDAY, who=7, **SOUND).do("approve", FRIDAY, who=8)
    with pytest.raises(errors.RuleBroken, match="postal enterprise"):
        play.do("reply", FRIDAY, service="post", served_on=FRIDAY)


def test_a_letter_with_an_open_place_is_not_approved() -> None:
    matter: dict[str, Any] = {
        "outcome": "disclosed",
        "details": SOUND["details"],
        "public_subject": "停车收费",
    }
    play = handled(letter_gaps=("文号",), **matter)
    play.do("draft_reply", FRIDAY, who=7, **SOUND)
    with pytest.raises(errors.RuleBroken, match="文号"):
        play.do("approve", FRIDAY, who=8)


def test_a_refusal_for_what_would_be_endangered_needs_the_leader() -> None:
    details = {"which": "公共安全", "harm": "管线位置"}
    facts = {**SOUND, "outcome": "endangers", "details": details}
    play = handled(outcome="endangers", details=details, public_subject="管线")
    play.do("draft_reply", FRIDAY, who=7, **facts)
    with pytest.raises(errors.RuleBroken, match="leader"):
        play.do("approve", FRIDAY, who=8)
    play.do("agree_to_refusal", FRIDAY, who=9).do("approve", FRIDAY, who=8)


def test_who_corrects_their_own_data_is_answered_in_twenty_working_days() -> None:
    procedure = next(each for each in rules.PROCEDURES if each.kind == "correction")
    play = Play(procedure).do("take_in_correction", FRIDAY, received_on=FRIDAY)
    assert str(play.reading("correction", morning(FRIDAY)).due_on) == "2026-03-05"
    play.do("propose_decision", FRIDAY, who=1, decision="corrected", reason="证据充分")
    with pytest.raises(errors.NotAllowed):
        play.do("settle", FRIDAY, who=1)
    play.do("settle", FRIDAY, who=2)


def test_a_situation_knows_what_is_given_before_what_is_held() -> None:
    asked = Situation(REQUEST_2019.initial, morning(FRIDAY), {"way": "web"}, {"way": "fax"})
    assert asked.fact("way") == "fax"
