"""A planted flaw of each sort is found, and a sound table has none."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from sunshine.kernel import procedure
from sunshine.kernel.clock import Effect as EffectKind
from sunshine.kernel.flaws import NOT_STARTED, PAUSED, RUNNING, STOPPED, Flaw, Sort, flaws, places
from sunshine.kernel.period import WORKING_DAYS, Period
from sunshine.kernel.procedure import Act, Effect, Procedure, Role, Stage, act

OPEN = Stage("open", "Open")
WAITING = Stage("waiting", "Waiting for the applicant")
CLOSED = Stage("closed", "Closed")
LOST = Stage("lost", "Lost")

OFFICER = Role("officer", "Officer", procedure.OFFICE)


def line(
    name: str,
    from_: Stage | tuple[Stage, ...],
    to: Stage | None = None,
    *clocks: Effect,
    by: Role = OFFICER,
    never_by_who_did: tuple[str, ...] = (),
    four_eyes_since: str | None = None,
) -> Act:
    return act(
        name,
        from_,
        to,
        by=by,
        basis="art. 1",
        wording="%(actor)s did it.",
        label="Do it",
        clocks=clocks,
        never_by_who_did=never_by_who_did,
        four_eyes_since=four_eyes_since,
    )


SOUND = Procedure(
    kind="case",
    version="1",
    effective_from=date(2019, 5, 15),
    effective_to=None,
    initial=OPEN,
    final=frozenset({CLOSED}),
    acts=(
        line("ask", OPEN, WAITING, procedure.restarts("reply"), procedure.pauses("reply")),
        line("answer", WAITING, OPEN, procedure.resumes("reply"), by=procedure.APPLICANT),
        line("close", (OPEN, WAITING), CLOSED, never_by_who_did=("ask",)),
    ),
    clocks={"reply": Period(20, WORKING_DAYS, basis="FOI 2019 art. 33")},
)


def with_acts(*more: Act) -> Procedure:
    return dataclasses.replace(SOUND, acts=(*SOUND.acts, *more))


def with_close(**changes: object) -> Procedure:
    *others, close = SOUND.acts
    return dataclasses.replace(SOUND, acts=(*others, dataclasses.replace(close, **changes)))  # type: ignore[arg-type]


def test_a_sound_table_has_no_flaws() -> None:
    assert flaws(SOUND) == ()


def test_entering_a_final_stage_stops_every_clock() -> None:
    ends = {clocks for stage, clocks in places(SOUND) if stage == CLOSED}
    assert {state for clocks in ends for _, state in clocks} == {STOPPED, NOT_STARTED}
    assert (WAITING, (("reply", PAUSED),)) in places(SOUND)
    assert (OPEN, (("reply", RUNNING),)) in places(SOUND)


PLANTED = [
    (Sort.NAME_TWICE, "ask", with_acts(line("ask", OPEN))),
    (Sort.NAME_TWICE, "open", with_acts(line("rename", OPEN, Stage("open", "Also open")))),
    (Sort.EFFECTIVE, "case 1", dataclasses.replace(SOUND, effective_to=date(2018, 1, 1))),
    (Sort.UNREACHABLE, "lost", with_acts(line("find", LOST, OPEN))),
    (Sort.UNREACHABLE, "lost", dataclasses.replace(SOUND, final=frozenset({CLOSED, LOST}))),
    (Sort.NO_WAY_OUT, "lost", with_acts(line("lose", OPEN, LOST), line("search", LOST))),
    (Sort.FINAL_LEFT, "undo, closed", with_acts(line("undo", CLOSED, OPEN))),
    (Sort.UNKNOWN_CLOCK, "wind, cuckoo", with_acts(line("wind", OPEN, None, procedure.starts("cuckoo")))),
    (
        Sort.UNUSED_CLOCK,
        "spare",
        dataclasses.replace(SOUND, clocks={**SOUND.clocks, "spare": SOUND.clocks["reply"]}),
    ),
    (
        Sort.STARTED_TWICE,
        "begin, reply at open",
        with_acts(line("begin", OPEN, None, procedure.starts("reply"))),
    ),
    (
        Sort.NOT_RUNNING,
        "halt, reply at waiting",
        with_acts(line("halt", WAITING, None, procedure.pauses("reply"))),
    ),
    (Sort.NOT_RUNNING, "end, reply at open", with_acts(line("end", OPEN, None, procedure.stops("reply")))),
    (
        Sort.NOT_PAUSED,
        "go_on, reply at open",
        with_acts(line("go_on", OPEN, None, procedure.resumes("reply"))),
    ),
    (
        Sort.NOT_STOPPED,
        "go_on, reply at waiting",
        with_acts(line("go_on", WAITING, None, Effect(EffectKind.CONTINUE, "reply"))),
    ),
    (
        Sort.NO_PERIOD,
        "more, reply",
        with_acts(line("more", WAITING, None, Effect(EffectKind.EXTEND, "reply"))),
    ),
    (Sort.NO_ROLE, "close", with_close(by=())),
    (Sort.NO_BASIS, "close", with_close(basis="")),
    (Sort.NO_WORDING, "close", with_close(wording="")),
    (Sort.NO_LABEL, "close", with_close(label="")),
    (Sort.FOUR_EYES, "close, nonsense", with_close(never_by_who_did=("nonsense",))),
    (Sort.FOUR_EYES, "close, since nonsense", with_close(four_eyes_since="nonsense")),
    (Sort.FOUR_EYES, "close, since ask", with_close(never_by_who_did=(), four_eyes_since="ask")),
    (Sort.FOUR_EYES, "close, ask", with_close(by=(procedure.CLOCK,))),
    (
        Sort.FOUR_EYES,
        "confirm, answer",
        with_acts(line("confirm", OPEN, by=procedure.APPLICANT, never_by_who_did=("answer",))),
    ),
    (
        Sort.FOUR_EYES,
        "open_it, close",
        with_acts(line("open_it", OPEN, WAITING, never_by_who_did=("close",))),
    ),
]


@pytest.mark.parametrize(
    ("sort", "where", "planted"), PLANTED, ids=[f"{sort.name} {where}" for sort, where, _ in PLANTED]
)
def test_a_planted_flaw_is_found(sort: Sort, where: str, planted: Procedure) -> None:
    assert Flaw(sort, where) in flaws(planted)


def test_every_sort_of_flaw_has_a_plant() -> None:
    assert {sort for sort, _, _ in PLANTED} == set(Sort)


def test_a_reopening_may_leave_a_final_stage() -> None:
    reopen = dataclasses.replace(line("reopen", CLOSED, OPEN), reopening=True)
    assert flaws(with_acts(reopen)) == ()


def test_an_act_that_only_the_clock_does_needs_no_button() -> None:
    lapse = dataclasses.replace(line("lapse", OPEN, CLOSED, by=procedure.CLOCK), label="")
    assert flaws(with_acts(lapse)) == ()


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (procedure.restarts("reply"), ()),
        (procedure.starts("reply"), (Flaw(Sort.STARTED_TWICE, "begin, reply at open"),)),
    ],
)
def test_only_a_restart_runs_a_stopped_clock_anew(effect: Effect, expected: tuple[Flaw, ...]) -> None:
    acts = (
        line("begin", OPEN, WAITING, effect),
        line("end", WAITING, OPEN, procedure.stops("reply")),
        line("close", OPEN, CLOSED),
    )
    assert flaws(dataclasses.replace(SOUND, acts=acts)) == expected


def test_a_flaw_reads_as_a_sentence() -> None:
    assert str(Flaw(Sort.NO_BASIS, "close")) == "close: it names no basis"
