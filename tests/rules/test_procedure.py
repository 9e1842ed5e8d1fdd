"""What the engine promises for every procedure: legality, reasons, four eyes, versions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sunshine.kernel import diagram, errors, procedure
from sunshine.kernel.procedure import Done, Procedure, Register, Role, Situation, Stage, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails

NOON = datetime(2019, 6, 3, 4, tzinfo=UTC)

WRITING = Stage("writing", "Being written")
CHECKING = Stage("checking", "Being checked")
SENT = Stage("sent", "Sent")

WRITER = Role("writer", "Writer", procedure.MATTER_DEPARTMENT)
CHECKER = Role("checker", "Checker", procedure.OFFICE)
AS_WRITER = frozenset({"writer"})
AS_CHECKER = frozenset({"checker"})
ANN, BEN = 1, 2


def is_addressed(situation: Situation) -> Verdict:
    return (
        HOLDS
        if situation.matter.get("address")
        else fails("Name the address.", basis="art. 2", field="address")
    )


def reason_is_long(situation: Situation) -> Verdict:
    long = len(str(situation.facts.get("reason", ""))) > 3
    return HOLDS if long else fails("Say more.", basis="art. 3", field="reason")


LETTER = Procedure(
    kind="letter",
    version="1",
    effective_from=date(2019, 5, 15),
    effective_to=None,
    initial=WRITING,
    final=frozenset({SENT}),
    acts=(
        act(
            "note",
            (WRITING, CHECKING),
            by=(WRITER, CHECKER),
            basis="art. 1",
            wording="%(actor)s noted.",
            label="Note",
        ),
        act(
            "hand_in",
            WRITING,
            CHECKING,
            by=WRITER,
            basis="art. 1",
            wording="%(actor)s handed it in.",
            label="Hand in",
            likely=True,
        ),
        act(
            "send_back",
            CHECKING,
            WRITING,
            by=CHECKER,
            basis="art. 3",
            wording="%(actor)s sent it back.",
            label="Send back",
            needs=("reason",),
            checks=(reason_is_long,),
        ),
        act(
            "send",
            CHECKING,
            SENT,
            by=(CHECKER, WRITER),
            basis="art. 2",
            wording="%(actor)s sent it.",
            label="Send",
            checks=(is_addressed,),
            never_by_who_did=("hand_in", "note"),
            four_eyes_since="hand_in",
            public=True,
            likely=True,
        ),
    ),
)


def done(*acts: tuple[str, int | None]) -> tuple[Done, ...]:
    return tuple(Done(name, actor, NOON + timedelta(hours=hour)) for hour, (name, actor) in enumerate(acts))


def test_an_act_is_open_from_its_stage_to_its_role() -> None:
    judgement = LETTER.judge("hand_in", Situation(WRITING, NOON), AS_WRITER, ANN)
    assert judgement.is_open
    judgement.raise_unless_open()


def test_an_act_away_from_its_stage_is_stale() -> None:
    with pytest.raises(errors.StaleStage):
        LETTER.judge("hand_in", Situation(CHECKING, NOON), AS_WRITER, ANN).raise_unless_open()


def test_a_person_without_the_role_is_not_allowed_and_learns_who_is() -> None:
    with pytest.raises(errors.NotAllowed) as refusal:
        LETTER.judge("send", Situation(CHECKING, NOON), frozenset({"passer_by"}), ANN).raise_unless_open()
    assert refusal.value.reasons[0].mended_by == "checker writer"


def test_a_role_is_missed_before_the_stage_is_told() -> None:
    with pytest.raises(errors.NotAllowed):
        LETTER.judge("hand_in", Situation(SENT, NOON), AS_CHECKER, BEN).raise_unless_open()


def test_a_broken_rule_names_its_basis() -> None:
    with pytest.raises(errors.RuleBroken) as refusal:
        LETTER.judge("send", Situation(CHECKING, NOON), AS_CHECKER, BEN).raise_unless_open()
    assert [(reason.basis, reason.field) for reason in refusal.value.reasons] == [("art. 2", "address")]


def test_away_from_its_stage_an_act_asks_no_checks() -> None:
    judgement = LETTER.judge("send", Situation(WRITING, NOON), AS_CHECKER, BEN)
    assert judgement.rules.holds
    assert not judgement.stage.holds


def test_nobody_sends_what_they_handed_in() -> None:
    situation = Situation(CHECKING, NOON, {"address": "Hefei"}, done=done(("hand_in", ANN)))
    assert not LETTER.judge("send", situation, AS_WRITER, ANN).people.holds
    assert LETTER.judge("send", situation, AS_CHECKER, BEN).is_open


def test_four_eyes_forget_what_came_before_the_boundary_but_not_the_boundary() -> None:
    again = done(("note", BEN), ("hand_in", BEN), ("send_back", ANN), ("hand_in", ANN))
    send = LETTER.act_named("send")
    assert send.barred(again) == {ANN}
    assert send.barred(again[:2]) == {BEN}
    assert send.barred((*again, *done(("note", BEN)))) == {ANN, BEN}


def test_the_clock_is_nobody_and_is_never_barred() -> None:
    assert LETTER.act_named("send").barred(done(("hand_in", None))) == frozenset()


@pytest.mark.parametrize("blank", [None, "", "  \n", (), []])
def test_a_needed_fact_must_be_given(blank: object) -> None:
    verdict = LETTER.may("send_back", Situation(CHECKING, NOON, facts={"reason": blank}), AS_CHECKER, BEN)
    assert "reason" in {reason.field for reason in verdict.reasons}


@pytest.mark.parametrize("answer", [False, 0, "no"])
def test_no_is_an_answer(answer: object) -> None:
    assert not procedure.is_blank(answer)


def test_a_preview_keeps_quiet_about_what_the_form_will_ask() -> None:
    assert LETTER.preview("send_back", Situation(CHECKING, NOON), AS_CHECKER, BEN).is_open
    assert not LETTER.judge("send_back", Situation(CHECKING, NOON), AS_CHECKER, BEN).is_open


def test_a_preview_still_tells_what_the_form_cannot_mend() -> None:
    assert not LETTER.preview("send", Situation(CHECKING, NOON), AS_CHECKER, BEN).is_open
    assert not LETTER.preview("send_back", Situation(WRITING, NOON), AS_CHECKER, BEN).is_open


def test_an_act_without_a_target_stays() -> None:
    assert LETTER.act_named("note").leads_to(CHECKING) == CHECKING
    assert LETTER.act_named("send").leads_to(CHECKING) == SENT


def test_stages_come_in_the_order_of_the_table() -> None:
    assert LETTER.stages == (WRITING, CHECKING, SENT)
    assert LETTER.stage("checking") is CHECKING
    assert [each.name for each in LETTER.acts_from(CHECKING)] == ["note", "send_back", "send"]


@pytest.mark.parametrize("find", [LETTER.stage, LETTER.act_named])
def test_an_unknown_name_is_a_key_error(find: object) -> None:
    with pytest.raises(KeyError):
        find("nonsense")  # type: ignore[operator]


def test_what_is_likely_next_depends_on_who_asks() -> None:
    assert LETTER.likely_next(WRITING, AS_CHECKER) is None
    likely = LETTER.likely_next(WRITING, AS_WRITER)
    assert likely is not None
    assert likely.name == "hand_in"


@pytest.mark.parametrize(
    ("formed_on", "counts_at"),
    [
        (date(2019, 5, 31), datetime(2019, 5, 31, 15, 59, 59, 999999, tzinfo=UTC)),
        (date(2019, 6, 3), NOON),
        (date(2019, 6, 4), NOON),
        (NOON - timedelta(hours=2), NOON - timedelta(hours=2)),
        (None, NOON),
    ],
)
def test_an_effect_counts_from_what_it_names_but_never_after_its_act(
    formed_on: object, counts_at: datetime
) -> None:
    effect = procedure.starts("publish", moment_fact="formed_on")
    assert effect.moment(Situation(WRITING, NOON, matter={"formed_on": formed_on})) == counts_at
    assert (
        procedure.stops("publish").moment(Situation(WRITING, NOON, matter={"formed_on": formed_on})) == NOON
    )


def test_what_is_given_with_the_act_wins_over_what_the_matter_holds_even_empty() -> None:
    matter = {"title": "Old", "kind": "plan", "ground": "privacy"}
    situation = Situation(WRITING, NOON, matter=matter, facts={"title": "New", "ground": ""})
    asked = [situation.fact(name) for name in ("title", "kind", "ground", "nothing")]
    assert asked == ["New", "plan", "", None]


def version(name: str, first: date, last: date | None) -> Procedure:
    return Procedure("letter", name, first, last, WRITING, frozenset({SENT}), LETTER.acts)


REGISTER = Register(
    (version("2008", date(2008, 5, 1), date(2019, 5, 14)), version("2019", date(2019, 5, 15), None))
)


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2008, 5, 1), "2008"),
        (date(2019, 5, 14), "2008"),
        (date(2019, 5, 15), "2019"),
        (date(2031, 1, 1), "2019"),
    ],
)
def test_the_day_of_opening_chooses_the_version(on: date, name: str) -> None:
    assert REGISTER.find("letter", on).version == name


def test_a_version_can_be_asked_for_by_name() -> None:
    assert REGISTER.get("letter", "2008").effective_to == date(2019, 5, 14)


def test_a_day_without_a_procedure_is_said_in_words() -> None:
    with pytest.raises(errors.NotFound, match="no procedure for letter at 2008-04-30"):
        REGISTER.find("letter", date(2008, 4, 30))
    with pytest.raises(errors.NotFound):
        REGISTER.get("letter", "1999")


def test_two_versions_that_claim_one_day_are_a_mistake() -> None:
    overlapping = Register((*REGISTER, version("2020", date(2020, 1, 1), None)))
    with pytest.raises(ValueError, match="letter 2019 and letter 2020 both claim 2021-01-01"):
        overlapping.find("letter", date(2021, 1, 1))


def test_the_diagram_shows_every_stage_and_arrow() -> None:
    drawing = diagram.mermaid(LETTER)
    assert drawing.startswith("stateDiagram-v2\n")
    for line in (
        'state "Being written" as writing',
        "[*] --> writing",
        "writing --> checking : hand_in",
        "checking --> sent : send",
        "checking --> checking : note",
        "sent --> [*]",
    ):
        assert f"    {line}\n" in drawing


def test_the_table_has_a_row_for_each_act() -> None:
    rows = diagram.table(LETTER).splitlines()
    assert len(rows) == len(LETTER.acts) + 2
    assert rows[-1] == "| send | Being checked | Sent | Checker, Writer | hand_in, note |  | yes | art. 2 |"
    assert {row.count("|") for row in rows} == {9}
