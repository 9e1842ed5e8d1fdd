"""Third parties: the letter that asks them, and the one that tells them why their refusal was passed over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.kernel import errors
from sunshine.work.requests import composing, third_parties
from sunshine.work.requests import operations as requests
from sunshine.work.requests.models import Answer, Consultation, Request
from sunshine.work.requests.operations import asking
from sunshine.work.requests.rules import letters
from tests import cast as plays
from tests.cast import MONDAY, Cast
from tests.rooms import requests_story as story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MIGRATION = import_module(
    "sunshine.work.requests.migrations.0006_whose_silence_ended_the_asking_waits_no_longer"
)
TOLD: dict[str, Any] = {"disclosed": "合同第一条至第三条。", "reason": "涉及公众停车费用。"}


@pytest.fixture
def cast() -> Cast:
    return plays.make_cast()


def later(days: int) -> datetime:
    return MONDAY + days * DAY


def asked(cast: Cast, answer: str = "refuses") -> Request:
    """Return a request on which a third party was asked and has answered."""
    request = story.handled(cast)
    who: dict[str, Any] = {"actor": cast.drafter}
    requests.consult_third_party(
        request.pk, party="乙停车公司", about="是否同意公开合同", sent_on=later(1).date(), at=later(1), **who
    )
    whom: dict[str, Any] = {"consultation": request.consultations.get().pk}
    requests.third_party_received(request.pk, **whom, received_on=later(2).date(), at=later(2), **who)
    given = {**whom, "answer": answer, "answered_on": later(4).date(), "ground": "属于商业秘密"}
    requests.third_party_answered(request.pk, **given, at=later(4), **who)
    requests.conclude_consultation(request.pk, at=later(4), **who)
    return request


def approved(cast: Cast, request: Request, outcome: str = "disclosed", **details: Any) -> Request:
    facts: dict[str, Any] = {"finding": "经查", "public_subject": "停车合同", "outcome": outcome}
    given = details or {"handover": "电子"}
    requests.draft_reply(request.pk, **facts, details=given, actor=cast.drafter, at=later(7))
    requests.approve(request.pk, actor=cast.office_head, at=later(7))
    return request


def send(cast: Cast, request: Request) -> None:
    requests.reply(request.pk, service="electronic", served_on=later(8).date(), actor=cast.clerk, at=later(8))


def tell(cast: Cast, request: Request, day: int = 8) -> None:
    whom = request.consultations.get().pk
    told = {**TOLD, "consultation": whom, "told_on": later(day).date()}
    requests.tell_third_party(request.pk, **told, actor=cast.drafter, at=later(8))


def test_what_is_disclosed_against_a_refusal_goes_out_only_when_the_third_party_was_told(cast: Cast) -> None:
    request = approved(cast, asked(cast))
    with pytest.raises(errors.RuleBroken, match="tell it in writing"):
        send(cast, request)
    with pytest.raises(errors.RuleBroken, match="cannot have been before"):
        tell(cast, request, day=6)
    tell(cast, request)
    with pytest.raises(errors.RuleBroken, match="all were told"):
        tell(cast, request)
    send(cast, request)
    assert Answer.objects.get(request=request).served_on == later(8).date()


WHY = "属于他人的经营信息"
PROTECTED = {"handover": "电子", "withheld": [{"place": "第3页", "ground": "third_party", "why": WHY}]}
OF_ANOTHER_GROUND = {"handover": "电子", "withheld": [{"place": "第3页", "ground": "process", "why": WHY}]}


@pytest.mark.parametrize(
    ("answer", "outcome", "details", "must_be_told"),
    [
        ("refuses", "partial", OF_ANOTHER_GROUND, True),
        ("refuses", "partial", PROTECTED, False),
        ("refuses", "third_party", {"balance": "损害大于公益"}, False),
        ("refuses_without_ground", "disclosed", {"handover": "电子"}, False),
        ("consents", "disclosed", {"handover": "电子"}, False),
    ],
)
def test_only_a_refusal_with_a_ground_that_is_passed_over_has_to_be_told(
    cast: Cast, answer: str, outcome: str, details: dict[str, Any], must_be_told: bool
) -> None:
    request = approved(cast, asked(cast, answer), outcome, **details)
    if must_be_told:
        with pytest.raises(errors.RuleBroken, match="tell it in writing"):
            send(cast, request)
    else:
        with pytest.raises(errors.RuleBroken, match="No third party is overruled"):
            tell(cast, request)
        send(cast, request)


def text_of(letter: letters.Letter) -> str:
    return f"{letter.addressee}：{''.join(letter.paragraphs)}"


def test_the_letters_say_to_whom_about_what_and_under_which_article_and_name_no_applicant(
    cast: Cast,
) -> None:
    request = approved(cast, asked(cast))
    tell(cast, request)
    made = third_parties.letters_to(Consultation.objects.get())
    asks, tells = text_of(made["ask"]), text_of(made["tell"])
    for words in ("乙停车公司：", "是否同意公开合同", "第三十二条", "15个工作日"):
        assert words in asks
    for words in ("乙停车公司：", "属于商业秘密", "第三十二条", "合同第一条至第三条。", "涉及公众停车费用。"):
        assert words in tells
    assert "如对本决定不服" in tells
    assert all(letter.is_whole for letter in made.values())
    assert all(secret not in asks + tells for secret in story.PERSON.values())


def test_a_letter_under_the_old_text_names_no_days(cast: Cast) -> None:
    request = asked(cast)
    type(request.matter).objects.filter(pk=request.pk).update(procedure_version="2008")
    said = text_of(third_parties.letters_to(Consultation.objects.get())["ask"])
    assert "工作日" not in said
    assert "（2007年公布）第二十三条" in said


def asked_body(cast: Cast, sort: str) -> Request:
    request = story.handled(cast)
    given: dict[str, Any] = {"sort": sort, "body": "市规划局", "about": "合同", "sent_on": later(1).date()}
    requests.ask_bodies(request.pk, **given, actor=cast.drafter, at=later(1))
    return request


def got_by(cast: Cast, request: Request, day: int) -> None:
    whom: dict[str, Any] = {"consultation": request.consultations.get().pk}
    given: dict[str, Any] = {**whom, "received_on": later(day).date(), "actor": cast.drafter}
    requests.body_received(request.pk, **given, at=later(day))


def test_by_time_alone_only_the_asking_of_a_co_maker_that_got_the_letter_ends_and_on_its_last_day(
    cast: Cast,
) -> None:
    maker, other = asked_body(cast, "co_maker"), asked_body(cast, "other_body")
    assert requests.end_what_is_over(at=later(30)) == 0
    got_by(cast, maker, 4)
    assert matters.readings(maker.matter, now=later(4))["bodies"].due_on == date(2026, 3, 27)
    assert requests.end_what_is_over(at=later(25)) == 0
    assert requests.end_what_is_over(at=later(30)) == 1
    pause = matters.readings(maker.matter, now=later(30))["reply"].pauses[0]
    assert pause.ended_at is not None
    assert str(pause.ended_at.date()) == "2026-03-27"
    assert matters.readings(other.matter, now=later(30))["bodies"].overdue
    assert matters.readings(other.matter, now=later(30))["reply"].due_at is None
    requests.go_on_without_bodies(other.pk, reason="不再等候", actor=cast.drafter, at=later(30))
    assert other.consultations.get().answer == "silent"
    assert matters.readings(other.matter, now=later(30))["reply"].due_at is not None


def test_what_fails_at_one_request_is_logged_and_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = asked_body(cast, "co_maker"), asked_body(cast, "co_maker")
    for each in (broken, sound):
        got_by(cast, each, 1)
    conclude = asking.conclude_asking

    def fails_at_one(matter_id: int, **given: Any) -> None:
        if matter_id == broken.pk:
            raise ZeroDivisionError
        conclude(matter_id, **given)

    monkeypatch.setattr(asking, "conclude_asking", fails_at_one)
    assert requests.end_what_is_over(at=later(30)) == 1
    assert (stage(broken), stage(sound)) == ("asking_bodies", "handling")
    assert f"fails_at_one could not be done in matter {broken.pk}" in caplog.text
    monkeypatch.setattr(asking, "conclude_asking", conclude)
    assert requests.end_what_is_over(at=later(30)) == 1


def stage(request: Request) -> str:
    return Matter.objects.values_list("stage", flat=True).get(pk=request.pk)


def test_a_co_maker_whose_days_were_counted_from_sending_holds_up_no_later_asking(cast: Cast) -> None:
    over, waiting = asked_body(cast, "co_maker"), asked_body(cast, "co_maker")
    got_by(cast, over, 1)
    requests.conclude_asking(over.pk, actor=cast.drafter, at=later(30))
    over.consultations.update(received_on=None)  # as it was before receipt was entered
    MIGRATION.tell_silent(apps, None)
    found = over.consultations.get()
    assert (found.answer, found.answered_on) == ("silent", date(2026, 3, 24))
    assert waiting.consultations.get().answer == ""


@pytest.mark.parametrize(
    ("sort", "title", "says", "whom"),
    [
        (
            "co_maker",
            "征求意见书",
            "第三十四条的规定，请自收到本征求意见书之日起15个工作日内",
            "共同制作该信息的行政机关",
        ),
        ("other_body", "协办函", "需请贵单位协助：合同", "其他有关机关"),
    ],
)
def test_another_body_is_asked_by_a_letter_of_its_own_and_the_applicant_told_that_it_is(
    cast: Cast, sort: str, title: str, says: str, whom: str
) -> None:
    request = asked_body(cast, sort)
    (letter,) = third_parties.letters_to(Consultation.objects.get()).values()
    assert (letter.title, letter.addressee, letter.is_whole) == (title, "市规划局", True)
    assert says in text_of(letter)
    assert all(secret not in text_of(letter) for secret in story.PERSON.values())
    told = composing.course(Request.objects.select_related("matter").get(pk=request.pk))["asking"]
    assert told.is_whole
    assert f"就所涉信息书面征求{whom}的意见" in text_of(told)
    assert "第三十三条第三款" in text_of(told)


def test_the_applicant_is_told_that_a_third_party_is_asked_but_not_which(cast: Cast) -> None:
    request = asked(cast)
    told = composing.course(Request.objects.select_related("matter").get(pk=request.pk))["asking"]
    assert "书面征求第三方的意见" in text_of(told)
    assert "乙停车公司" not in text_of(told)
    Matter.objects.filter(pk=request.pk).update(procedure_version="2008")
    told = composing.course(Request.objects.select_related("matter").get(pk=request.pk))["asking"]
    assert "（2007年公布）第二十四条第三款" in text_of(told)


def test_each_asking_is_told_to_the_applicant_for_each_stops_the_clock(cast: Cast) -> None:
    request = asked(cast, "consents")
    body: dict[str, Any] = {
        "sort": "other_body",
        "body": "市规划局",
        "about": "合同",
        "sent_on": later(7).date(),
    }
    requests.ask_bodies(request.pk, **body, actor=cast.drafter, at=later(7))
    course = composing.course(Request.objects.select_related("matter").get(pk=request.pk))
    told = [text_of(letter) for kind, letter in course.items() if kind.startswith("asking")]
    assert [whom for text in told for whom in ("第三方", "其他有关机关") if f"征求{whom}的意见" in text] == [
        "第三方",
        "其他有关机关",
    ]


def both_refused(cast: Cast) -> tuple[Request, int, int]:
    """Return a request on which two third parties refused with a ground, and who they are."""
    request = story.handled(cast)
    given: dict[str, Any] = {"about": "合同", "sent_on": later(1).date(), "actor": cast.drafter}
    requests.consult_third_party(request.pk, party="乙停车公司", **given, at=later(1))
    requests.consult_another(request.pk, party="丙物业公司", **given, at=later(1))
    first, second = request.consultations.values_list("pk", flat=True)
    for one in (first, second):
        got: dict[str, Any] = {"consultation": one, "received_on": later(2).date()}
        requests.third_party_received(request.pk, **got, actor=cast.drafter, at=later(2))
    for one in (first, second):
        refusal: dict[str, Any] = {"consultation": one, "answer": "refuses", "ground": "属于商业秘密"}
        refusal["answered_on"] = later(4).date()
        requests.third_party_answered(request.pk, **refusal, actor=cast.drafter, at=later(4))
    requests.conclude_consultation(request.pk, actor=cast.drafter, at=later(4))
    return request, first, second


def respect(cast: Cast, request: Request, whom: int) -> None:
    requests.respect_refusal(request.pk, consultation=whom, actor=cast.drafter, at=later(8))


def overrule(cast: Cast, request: Request, whom: int) -> None:
    told: dict[str, Any] = {**TOLD, "told_on": later(8).date(), "actor": cast.drafter, "at": later(8)}
    requests.tell_third_party(request.pk, consultation=whom, **told)


def numbers_waited_for(cast: Cast, request: Request) -> list[object]:
    """Return of which third parties, by their numbers, it is not entered what becomes of their refusal."""
    with pytest.raises(errors.RuleBroken) as refused:
        send(cast, request)
    assert {reason.basis for reason in refused.value.reasons} == {"FOI-3P: FOI 2019 art. 32"}
    return [reason.params["number"] for reason in refused.value.reasons]


def test_of_two_that_refused_each_is_respected_or_told_before_the_answer_goes_out(cast: Cast) -> None:
    request, protected, passed_over = both_refused(cast)
    approved(cast, request, "partial", **PROTECTED)
    assert numbers_waited_for(cast, request) == [1, 2]
    respect(cast, request, protected)
    assert numbers_waited_for(cast, request) == [2]
    overrule(cast, request, passed_over)
    with pytest.raises(errors.RuleBroken, match="Of no refusal it is open"):
        respect(cast, request, passed_over)
    send(cast, request)


def test_the_last_of_two_that_refused_is_the_one_that_the_answer_protects(cast: Cast) -> None:
    request, protected, passed_over = both_refused(cast)
    approved(cast, request, "partial", **PROTECTED)
    overrule(cast, request, passed_over)
    with pytest.raises(errors.RuleBroken, match="No third party is overruled"):
        overrule(cast, request, protected)
    assert numbers_waited_for(cast, request) == [1]
    respect(cast, request, protected)
    send(cast, request)


def test_an_answer_that_protects_nobody_respects_no_refusal_and_both_are_told(cast: Cast) -> None:
    request, first, second = both_refused(cast)
    approved(cast, request)
    with pytest.raises(errors.RuleBroken, match="Of no refusal it is open"):
        respect(cast, request, first)
    overrule(cast, request, first)
    assert numbers_waited_for(cast, request) == [2]
    overrule(cast, request, second)
    send(cast, request)


def test_which_refusal_is_respected_is_entered_anew_for_another_draft(cast: Cast) -> None:
    request, first, second = both_refused(cast)
    approved(cast, request, "partial", **PROTECTED)
    respect(cast, request, first)
    requests.return_draft(request.pk, reason="改", actor=cast.office_head, at=later(8))
    approved(cast, request, "partial", **PROTECTED)
    assert numbers_waited_for(cast, request) == [1, 2]
    respect(cast, request, second)
    overrule(cast, request, first)
    send(cast, request)


def test_who_was_told_under_a_draft_that_was_sent_back_is_protected_or_told_anew(cast: Cast) -> None:
    request, first, second = both_refused(cast)
    approved(cast, request, "partial", **PROTECTED)
    overrule(cast, request, first)
    requests.return_draft(request.pk, reason="改", actor=cast.office_head, at=later(8))
    approved(cast, request, "partial", **PROTECTED)
    assert numbers_waited_for(cast, request) == [1, 2]
    respect(cast, request, first)
    overrule(cast, request, second)
    send(cast, request)


def test_one_of_several_that_refused_with_a_ground_may_not_be_the_one_that_is_protected(cast: Cast) -> None:
    request, first, second = both_refused(cast)
    request.consultations.filter(pk=second).update(answer="refuses_without_ground", ground="")
    approved(cast, request, "partial", **PROTECTED)
    assert numbers_waited_for(cast, request) == [1]
    overrule(cast, request, first)
    send(cast, request)


def test_what_a_third_party_wrote_lies_with_the_request_and_not_in_the_ledger(cast: Cast) -> None:
    request = asked(cast)
    assert request.consultations.get().ground == "属于商业秘密"
    assert not [entry for entry in Entry.objects.all() if "商业秘密" in str(entry.facts)]
