"""The procedures of a citizen's case and of a petition, from one table with two beginnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import CLOCK, Act, Procedure, Stage, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules import after, checks, joining, periods, replying, stages, terms
from sunshine.work.correspondence.rules.stages import (
    APPROVED,
    ARRIVED,
    CONTESTED,
    DANGEROUS,
    DRAFTED,
    FINAL,
    FORWARDED_BACK,
    HANDLERS,
    HANDLING,
    JOINED_UNACCEPTED,
    OFFERED,
    OFFICE,
    PASSED_ON,
    REGISTERED,
    RETURNED,
    SUPERVISORS,
    TAKEN_BACK,
    UNFINISHED,
    WITH_HEAD,
)

DISPATCH: Final = "CH-DISPATCH: 国办发〔2020〕53号; own rule"
RETURN: Final = "CH-RETURN: own rule"
CASES_FROM: Final = date(2008, 5, 1)
ACCEPTED = Stage("petition_accepted", _("Accepted, to be given to a department"))


@dataclass(frozen=True, slots=True)
class Track:
    """What differs between a case and a petition: when it is ready to be given, how long it may take."""

    ready: Stage
    longer: Period
    basis: str
    joinings: tuple[joining.Joining, ...]


CASE_TRACK = Track(REGISTERED, periods.LONGER, "CH-TERMS: own rule", joining.of_cases())
PETITION_TRACK = Track(
    ACCEPTED, periods.SETTLE_LONGER, "XF-60D: 信访工作条例 art. 34", joining.of_petitions(ACCEPTED)
)


def _case_begins() -> tuple[Act, ...]:
    registered = {
        "by": (*OFFICE, CLOCK),
        "basis": "CH-12345: 国办发〔2020〕53号",
        "needs": ("sort",),
        "checks": (checks.one_of("sort", terms.SORTS, "CH-12345: 国办发〔2020〕53号"),),
        "public": True,
    }
    answer = procedure.starts("answer", moment_fact="arrived_at")
    return (
        act(
            "register_case",
            ARRIVED,
            REGISTERED,
            wording=_("The case was registered; the answer counts from its arrival."),
            label=_("Register"),
            clocks=(answer,),
            likely=True,
            **registered,  # type: ignore[arg-type]  # options that the three beginnings share
        ),
        act(
            "register_consultation",
            ARRIVED,
            REGISTERED,
            wording=_("The consultation was registered; the answer counts from its arrival."),
            label=_("Register as a consultation"),
            clocks=(answer, procedure.starts("consultation", moment_fact="arrived_at")),
            **registered,  # type: ignore[arg-type]  # as above
        ),
        act(
            "register_danger",
            ARRIVED,
            DANGEROUS,
            wording=_("The case was registered as a danger that is secured at once."),
            label=_("Register as a danger"),
            clocks=(answer, procedure.starts("danger", moment_fact="arrived_at")),
            **registered,  # type: ignore[arg-type]  # as above
        ),
        act(
            "secure",
            DANGEROUS,
            REGISTERED,
            by=(*OFFICE, *HANDLERS),
            basis="CH-TERMS: own rule",
            wording=_("The danger was secured on the spot."),
            label=_("Enter that the danger is secured"),
            needs=("note",),
            clocks=(procedure.stops("danger"),),
            public=True,
            likely=True,
        ),
        _pass_on((ARRIVED, REGISTERED)),
        _turns(),
    )


def _pass_on(where: tuple[Stage, ...]) -> Act:
    return act(
        "pass_on",
        where,
        PASSED_ON,
        by=OFFICE,
        basis="CH-NOT: 国办发〔2020〕53号",
        wording=_("The reporter was told which other procedure this belongs to."),
        label=_("Belongs to another procedure"),
        needs=("other_way", "note"),
        checks=(checks.one_of("other_way", terms.OTHER_WAYS, "CH-NOT: 国办发〔2020〕53号"),),
        public=True,
    )


def _turns() -> Act:
    """Return how a letter goes on as a petition: here it ends, and its people go along."""
    return act(
        "turn_into_petition",
        (ARRIVED, REGISTERED, *joining.GIVEN, DRAFTED, APPROVED, CONTESTED),
        PASSED_ON,
        by=OFFICE,
        basis="XF-TURN: 信访工作条例 art. 22; own rule",
        wording=_("The letter goes on as a petition; everybody who reported it was told."),
        label=_("It is a petition: send it that way"),
        needs=("petition_kind", "reason"),
        checks=(
            checks.one_of("petition_kind", terms.PETITION_KINDS, "XF-KINDS: 信访工作条例 art. 29"),
            checks.nothing_was_replied,
        ),
        public=True,
    )


def _petition_begins() -> tuple[Act, ...]:
    return (
        act(
            "register_petition",
            ARRIVED,
            REGISTERED,
            by=OFFICE,
            basis="XF-REG: 信访工作条例 art. 22",
            wording=_("The petition was registered."),
            label=_("Register as a petition"),
            needs=("petition_kind", "received_on"),
            checks=(checks.one_of("petition_kind", terms.PETITION_KINDS, "XF-KINDS: 信访工作条例 art. 29"),),
            clocks=(procedure.starts("notify", moment_fact="received_on"),),
            public=True,
            likely=True,
        ),
        act(
            "tell_acceptance",
            REGISTERED,
            ACCEPTED,
            by=OFFICE,
            basis="XF-TELL: 信访工作条例 art. 23",
            wording=_("The petitioner was told of receipt, way and procedure; the sixty days begin."),
            label=_("Tell the petitioner that it is accepted"),
            needs=("note",),
            clocks=(procedure.stops("notify"), procedure.starts("answer")),
            public=True,
            likely=True,
        ),
        act(
            "object_to_forwarding",
            REGISTERED,
            FORWARDED_BACK,
            by=OFFICE,
            basis="XF-OBJECT: 信访工作条例 art. 23",
            wording=_("%(actor)s gave the petition back to who forwarded it, with reasons."),
            label=_("Give back to who forwarded it"),
            needs=("reason",),
            checks=(checks.objection_is_in_time,),
            public=True,
        ),
        _pass_on((REGISTERED,)),
    )


def _dispatching(track: Track) -> tuple[Act, ...]:
    back = {"by": HANDLERS, "basis": RETURN, "needs": ("reason",), "clocks": (procedure.stops("accept"),)}
    return (
        act(
            "offer",
            (track.ready, RETURNED),
            OFFERED,
            by=OFFICE,
            basis=DISPATCH,
            wording=_("%(actor)s gave the case to a department, which has one working day to accept it."),
            label=_("Give to a department"),
            needs=("department",),
            checks=(checks.not_to_the_accused,),
            clocks=(procedure.restarts("accept"),),
            likely=True,
        ),
        act(
            "accept_case",
            OFFERED,
            HANDLING,
            by=HANDLERS,
            basis=DISPATCH,
            wording=_("The department accepted the case."),
            label=_("Accept the case"),
            clocks=(procedure.stops("accept"),),
            public=True,
            likely=True,
        ),
        act(
            "give_back",
            OFFERED,
            RETURNED,
            wording=_("%(actor)s gave the case back to the office; the answer’s clock runs on."),
            label=_("Give back to the office"),
            checks=(checks.may_still_be_returned,),
            **back,  # type: ignore[arg-type]  # options that both returns share
        ),
        act(
            "give_back_to_head",
            OFFERED,
            WITH_HEAD,
            wording=_("%(actor)s gave the case back a third time; the head of the office decides."),
            label=_("Give back: the head of the office decides"),
            checks=(checks.was_returned_twice,),
            **back,  # type: ignore[arg-type]  # as above
        ),
        act(
            "decide_holder",
            WITH_HEAD,
            HANDLING,
            by=people.OFFICE_HEAD,
            basis=RETURN,
            wording=_("%(actor)s decided which department handles the case; it cannot be given back again."),
            label=_("Decide which department handles it"),
            needs=("department",),
            checks=(checks.not_to_the_accused,),
            likely=True,
        ),
        act(
            "move_case",
            HANDLING,
            OFFERED,
            by=OFFICE,
            basis=DISPATCH,
            wording=_("%(actor)s gave the case to another department; the answer’s clock runs on."),
            label=_("Give to another department"),
            needs=("department", "reason"),
            checks=(checks.not_to_the_accused,),
            clocks=(procedure.restarts("accept"),),
        ),
    )


def _beside(track: Track) -> tuple[Act, ...]:
    """Return what may happen at almost any time: urging, supervising, notes, taking back."""
    moving = (*UNFINISHED, ACCEPTED) if track.ready is ACCEPTED else (*UNFINISHED, DANGEROUS)
    given = tuple(stage for stage in moving if stage is not ARRIVED)
    contested = () if track.ready is ACCEPTED else (CONTESTED,)
    with_people = (*OFFICE, *HANDLERS)
    return (
        act(
            "urge",
            given,
            by=(procedure.APPLICANT, *OFFICE),
            basis="CH-URGE: own rule",
            wording=_("The reporter urged an answer."),
            label=_("Enter that the reporter urges"),
            public=True,
        ),
        act(
            "supervise",
            given,
            by=SUPERVISORS,
            basis="CH-URGE: 国办发〔2020〕53号",
            wording=_("%(actor)s put the case under supervision."),
            label=_("Put under supervision"),
            needs=("reason",),
        ),
        act(
            "note_case",
            given,
            by=with_people,
            basis="CH-12345: 国办发〔2020〕53号",
            wording=_("%(actor)s entered a note."),
            label=_("Enter a note"),
            needs=("note",),
        ),
        replying.withdrawing((*given, *contested)),
        act(
            "raise_alert",
            given,
            by=with_people,
            basis="OPN-SCOPE: 国办发〔2016〕61号",
            wording=_("%(actor)s raised an alert of public opinion; its hours run."),
            label=_("Raise an alert of public opinion"),
            needs=("known_at", "reason"),
        ),
        act(
            "change_sort",
            given,
            by=OFFICE,
            basis="CH-12345: 国办发〔2020〕53号",
            wording=_("%(actor)s put the case into another sort; no clock takes notice."),
            label=_("Put into another sort"),
            needs=("sort",),
            checks=(checks.one_of("sort", terms.SORTS, "CH-12345: 国办发〔2020〕53号"),),
        ),
        act(
            "take_back",
            moving,
            TAKEN_BACK,
            by=(procedure.APPLICANT, *OFFICE),
            basis="CH-12345: 国办发〔2020〕53号",
            wording=_("The reporter took the case back."),
            label=_("Enter that the reporter takes it back"),
            checks=(checks.nobody_else_reported,),
            public=True,
        ),
        act(
            "leave_case",
            moving,
            by=(procedure.APPLICANT, *OFFICE),
            basis=joining.MERGE,
            wording=_("One of several reporters took it back; for the others it goes on."),
            label=_("Enter which of the reporters takes it back"),
            needs=("reporter",),
            checks=(checks.others_reported,),
        ),
    )


def _acts(track: Track, begins: tuple[Act, ...], later: tuple[Act, ...]) -> tuple[Act, ...]:
    return (
        *begins,
        *_dispatching(track),
        *replying.acts(track.longer, track.basis),
        *_beside(track),
        *joining.acts(track.joinings),
        *after.acts(),
        *later,
    )


CASE = Procedure(
    kind=stages.CASE,
    version="1",
    effective_from=CASES_FROM,
    effective_to=None,
    initial=ARRIVED,
    final=FINAL,
    acts=_acts(CASE_TRACK, _case_begins(), after.of_cases()),
    clocks={
        "answer": periods.ANSWER,
        "consultation": periods.CONSULTATION,
        "danger": periods.DANGER,
        "accept": periods.ACCEPT,
    },
)
PETITION = Procedure(
    kind=stages.PETITION,
    version="2022",
    effective_from=periods.PETITION_FROM,
    effective_to=None,
    initial=ARRIVED,
    final=FINAL | {FORWARDED_BACK, JOINED_UNACCEPTED},
    acts=_acts(PETITION_TRACK, _petition_begins(), after.of_petitions()),
    clocks={"notify": periods.TELL, "answer": periods.SETTLE, "accept": periods.ACCEPT},
)
