"""The procedure of major decisions: which steps, by whom, and on which grounds a step is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sunshine.core.people import rules as people
from sunshine.core.publishing import preparing
from sunshine.kernel import period, procedure
from sunshine.kernel.period import WORKING_DAYS, Period
from sunshine.kernel.procedure import CLOCK, Act, Procedure, Situation, Stage, act
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.participation.rules.terms import Term, named

KIND = "decision"

START = "DEC-START: 国务院令第713号 art. 10"
COMMENTS = "DEC-30D: 国务院令第713号 art. 15"
EXPERTS = "DEC-EXPERT: 国务院令第713号 art. 19"
RISK = "DEC-RISK: 国务院令第713号 art. 22"
LEGALITY = "DEC-LEGAL-7WD: 国务院令第713号 art. 25"
DISCUSSION = "DEC-MEET: 国务院令第713号 art. 30"
PACK = "DEC-PACK: 国务院令第713号 art. 29"
PUBLISH = "DEC-PUBLISH: 国务院令第713号 art. 32"

REVIEW: Final = Period(7, WORKING_DAYS, basis="国务院令第713号 art. 27", id="DEC-LEGAL-7WD", starts="asked")
"""The time the legality review is normally given at least; a reviewer may be ready sooner."""

PREPARING = Stage("decision_preparing", _("Being prepared"))
DECIDED = Stage("decision_decided", _("Decided"))
PUBLISHED = Stage("decision_published", _("Decision published"))
ABANDONED = Stage("decision_abandoned", _("Decision given up"))

DEPARTMENT = (people.DRAFTER, people.DEPARTMENT_HEAD)
OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)

STEPS: Mapping[str, Term] = {
    preparing.CALL: Term(preparing.CALL, _("Comment call"), "公众参与"),
    preparing.EXPERTS: Term(preparing.EXPERTS, _("Argument by experts"), "专家论证"),
    preparing.RISK: Term(preparing.RISK, _("Assessment of risks"), "风险评估"),
    preparing.LEGALITY: Term(preparing.LEGALITY, _("Review of legality"), "合法性审查"),
    preparing.DISCUSSION: Term(preparing.DISCUSSION, _("Collective discussion"), "集体讨论决定"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a step may be left out; dated like the text it stands in."""

    code: str
    steps: frozenset[str]
    label: str
    term: str
    basis: str
    since: date


_713: Final = date(2019, 9, 1)
GROUNDS = (
    Ground(
        "not_public",
        frozenset({preparing.CALL}),
        _("The matter is lawfully not public"),
        "依法不予公开的决策事项",
        "DEC-SKIP: 国务院令第713号 art. 14",
        _713,
    ),
    Ground(
        "emergency",
        frozenset({preparing.CALL, preparing.EXPERTS, preparing.RISK}),
        _("An emergency that a law lets be handled at once"),
        "突发事件应急处置",
        "DEC-LIST: 国务院令第713号 art. 3",
        _713,
    ),
    Ground(
        "not_technical",
        frozenset({preparing.EXPERTS}),
        _("Nothing in it is technical or needs experts"),
        "不属于专业性、技术性较强的决策事项",
        "DEC-EXPERT: 国务院令第713号 art. 19",
        _713,
    ),
    Ground(
        "no_risk",
        frozenset({preparing.RISK}),
        _("It can harm neither stability nor public safety"),
        "不涉及社会稳定、公共安全等方面不利影响",
        "DEC-RISK: 国务院令第713号 art. 22",
        _713,
    ),
    Ground(
        "assessed_before",
        frozenset({preparing.RISK}),
        _("The risks were assessed already under another rule"),
        "已按有关规定进行过风险评估",
        "DEC-RISK: 国务院令第713号 art. 22",
        _713,
    ),
)

RISKS = (
    Term("controllable", _("Controllable"), "可控"),
    Term("not_controllable", _("Not controllable"), "不可控"),
)
FEASIBLE = (Term("feasible", _("Feasible"), "可行"), Term("not_feasible", _("Not feasible"), "不可行"))


def ground_named(code: object) -> Ground | None:
    """Return the ground of this code, or None."""
    return next((ground for ground in GROUNDS if ground.code == code), None)


def _call_is_over(situation: Situation) -> Verdict:
    if situation.facts.get("call_is_closed"):
        return HOLDS
    return fails(_("Name a comment call that has closed."), basis=COMMENTS, field="call")


def _call_is_free(situation: Situation) -> Verdict:
    """One call is on one draft: a decision that another's call could carry would never have been heard."""
    held_by = situation.facts.get("call_held_by")
    if not held_by:
        return HOLDS
    return fails(_("This call belongs to decision %(other)s."), basis=COMMENTS, field="call", other=held_by)


def _experts_are_named(situation: Situation) -> Verdict:
    count = situation.facts.get("experts")
    if isinstance(count, int) and count > 0 and named(situation.facts.get("result"), FEASIBLE):
        return HOLDS
    return fails(_("Say how many experts signed, and what they found."), basis=EXPERTS, field="result")


def _risk_is_said(situation: Situation) -> Verdict:
    if named(situation.facts.get("result"), RISKS):
        return HOLDS
    return fails(_("Say whether the risks can be controlled."), basis=RISK, field="result")


def _ground_fits(situation: Situation) -> Verdict:
    ground, step = ground_named(situation.facts.get("ground")), situation.facts.get("step")
    if ground is not None and step in ground.steps:
        return HOLDS
    return fails(_("This ground does not excuse this step."), basis=PACK, field="ground")


def _was_proposed(situation: Situation) -> Verdict:
    if situation.matter.get("proposed_step"):
        return HOLDS
    return fails(_("Nobody has proposed to leave out a step."), basis=PACK)


def _not_ahead(situation: Situation) -> Verdict:
    day = situation.facts.get("held_on")
    if isinstance(day, date) and day > period.day_of(situation.at):
        return fails(_("This day lies ahead."), field="held_on")
    return HOLDS


def _is_ready(situation: Situation) -> Verdict:
    """DEC-MEET, DEC-PACK: what is discussed has its whole package."""
    standing = situation.matter["standing"]
    assert isinstance(standing, frozenset)  # noqa: S101  # this room's own situation
    needed = [step for step in STEPS if step != preparing.DISCUSSION]
    return all_of(
        fails(_("The decision lacks: %(condition)s"), basis=PACK, condition=STEPS[step].label)
        for step in needed
        if step not in standing
    )


def _is_answered(situation: Situation) -> Verdict:
    """DEC-PACK: what is discussed says what became of each opinion; not one is left without its answer."""
    count = situation.matter["call_unanswered"]
    if not count:
        return HOLDS
    return fails(_("%(count)d opinions have no answer yet."), basis=PACK, count=count)


def _comes_last(situation: Situation) -> Verdict:
    """DEC-LEGAL-7WD, DEC-PACK: the call was over and the review had passed before it was discussed."""
    held_on = situation.facts.get("held_on")
    until, reviewed_on = situation.matter["call_until"], situation.matter["reviewed_on"]
    if isinstance(held_on, date) and isinstance(reviewed_on, date) and held_on < reviewed_on:
        text = _("It is discussed after the legality review, which passed on %(day)s.")
        return fails(text, basis=LEGALITY, field="held_on", day=reviewed_on)
    if isinstance(held_on, date) and isinstance(until, date) and held_on <= until:
        text = _("It is discussed after the comment call, whose last day was %(day)s.")
        return fails(text, basis=PACK, field="held_on", day=until)
    return HOLDS


def _steps() -> tuple[Act, ...]:
    return (
        act(
            "link_call",
            PREPARING,
            by=DEPARTMENT,
            basis=COMMENTS,
            wording=_("%(actor)s linked the comment call."),
            label=_("Link the comment call"),
            needs=("call",),
            checks=(_call_is_over, _call_is_free),
            likely=True,
        ),
        act(
            "argue",
            PREPARING,
            by=DEPARTMENT,
            basis=EXPERTS,
            wording=_("%(actor)s entered what the experts argued."),
            label=_("Enter what the experts argued"),
            needs=("held_on", "experts", "result", "note"),
            checks=(_experts_are_named, _not_ahead),
        ),
        act(
            "assess",
            PREPARING,
            by=DEPARTMENT,
            basis=RISK,
            wording=_("%(actor)s entered the assessment of risks."),
            label=_("Enter the assessment of risks"),
            needs=("held_on", "result", "note"),
            checks=(_risk_is_said, _not_ahead),
        ),
        act(
            "ask_legality",
            PREPARING,
            by=DEPARTMENT,
            basis=LEGALITY,
            wording=_("%(actor)s asked for the legality review."),
            label=_("Ask for the legality review"),
            checks=(_is_not_asked_yet,),
            clocks=(procedure.restarts("legality"),),
        ),
        act(
            "review_legality",
            PREPARING,
            by=people.LEGAL_REVIEWER,
            basis=LEGALITY,
            wording=_("%(actor)s reviewed the legality."),
            label=_("Review the legality"),
            needs=("passed", "note"),
            never_by_who_did=("link_call", "argue", "assess", "ask_legality"),
            checks=(_was_asked,),
            clocks=(procedure.restarts("legality", moment_fact="asked_at"), procedure.stops("legality")),
        ),
    )


def _is_not_asked_yet(situation: Situation) -> Verdict:
    if not _is_asked(situation):
        return HOLDS
    return fails(_("The legality review was asked for and is not done yet."), basis=LEGALITY)


def _was_asked(situation: Situation) -> Verdict:
    if _is_asked(situation):
        return HOLDS
    return fails(_("Nobody has asked for the legality review since the last one."), basis=LEGALITY)


def _is_asked(situation: Situation) -> bool:
    """Return whether the legality review was asked for after the last one, if there was any."""
    asked_or_done = [each.act for each in situation.done if each.act in ("ask_legality", "review_legality")]
    return bool(asked_or_done) and asked_or_done[-1] == "ask_legality"


def _exemptions() -> tuple[Act, ...]:
    return (
        act(
            "propose_exemption",
            PREPARING,
            by=DEPARTMENT,
            basis=PACK,
            wording=_("%(actor)s proposed to leave out a step."),
            label=_("Propose to leave out a step"),
            needs=("step", "ground", "reason"),
            checks=(_ground_fits,),
        ),
        act(
            "grant_exemption",
            PREPARING,
            by=people.LEADER,
            basis=PACK,
            wording=_("%(actor)s agreed that a step is left out."),
            label=_("Agree that the step is left out"),
            checks=(_was_proposed,),
            never_by_who_did=("propose_exemption",),
            four_eyes_since="propose_exemption",
            public=True,
        ),
    )


DECISION = Procedure(
    kind=KIND,
    version="2019",
    effective_from=_713,
    effective_to=None,
    initial=PREPARING,
    final=frozenset({PUBLISHED, ABANDONED}),
    acts=(
        *_steps(),
        *_exemptions(),
        act(
            "discuss",
            PREPARING,
            DECIDED,
            by=OFFICE,
            basis=DISCUSSION,
            wording=_("It was discussed collectively and decided."),
            label=_("Enter the collective discussion"),
            needs=("held_on", "meeting", "note"),
            checks=(_is_ready, _is_answered, _not_ahead, _comes_last),
            likely=True,
        ),
        act(
            "discuss_again",
            DECIDED,
            PREPARING,
            by=(people.OFFICE_HEAD, people.LEADER),
            basis=DISCUSSION,
            wording=_("%(actor)s sent it back to be prepared anew."),
            label=_("Send back to be prepared anew"),
            needs=("reason",),
        ),
        act(
            "publish",
            DECIDED,
            PUBLISHED,
            by=CLOCK,
            basis=PUBLISH,
            wording=_("The decision became public."),
            public=True,
        ),
        act(
            "abandon",
            (PREPARING, DECIDED),
            ABANDONED,
            by=(people.DEPARTMENT_HEAD, people.LEADER),
            basis=START,
            wording=_("%(actor)s gave the decision up."),
            label=_("Give the decision up"),
            needs=("reason",),
        ),
    ),
    clocks={"legality": REVIEW},
)
