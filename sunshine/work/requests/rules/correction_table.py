"""Correction of one’s own data (FOI 2019 art. 41): no request for information, a register of its own."""

from __future__ import annotations

from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import APPLICANT, Procedure, Situation, Stage, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, codes, periods
from sunshine.work.requests.rules.stages import HANDLERS, OFFICE
from sunshine.work.requests.rules.terms import SECOND_TEXT, Term

KIND: Final = "correction"
BASIS: Final = "FOI-CORRECT: FOI 2019 art. 41"

ENTERED = Stage("correction_entered", _("Entered"))
EXAMINED = Stage("correction_examined", _("Being examined"))
PROPOSED = Stage("correction_proposed", _("A decision is proposed"))
SETTLED = Stage("correction_settled", _("Decided"))

DECISIONS = (
    Term("corrected", _("Corrected"), "予以更正"),
    Term("passed_on", _("Passed on to the body that is responsible, and told"), "转送有权机关并告知"),
    Term("told_where", _("Told where to go"), "告知向有关行政机关提出"),
    Term("refused", _("Not corrected"), "不予更正"),
)


def decision_is_known(situation: Situation) -> Verdict:
    """The article knows these four ways."""
    if situation.facts.get("decision") in {each.code for each in DECISIONS}:
        return HOLDS
    return fails(_("Choose what is decided."), basis=BASIS, field="decision")


CORRECTION = Procedure(
    kind=KIND,
    version="2019",
    effective_from=SECOND_TEXT,
    effective_to=None,
    initial=ENTERED,
    final=frozenset({SETTLED}),
    acts=(
        act(
            "take_in_correction",
            ENTERED,
            EXAMINED,
            by=(*OFFICE, APPLICANT),
            basis=BASIS,
            wording=_("The request for correction was received."),
            label=_("Fix the day of receipt"),
            needs=("received_on",),
            checks=(checks.not_after_today("received_on"),),
            clocks=(procedure.starts("correction", moment_fact="received_on"),),
            likely=True,
        ),
        act(
            "propose_decision",
            EXAMINED,
            PROPOSED,
            by=HANDLERS,
            basis=BASIS,
            wording=_("%(actor)s proposed a decision."),
            label=_("Propose a decision"),
            needs=("decision", "reason"),
            checks=(decision_is_known,),
            likely=True,
        ),
        act(
            "return_proposal",
            PROPOSED,
            EXAMINED,
            by=people.OFFICE_HEAD,
            basis=BASIS,
            wording=_("%(actor)s sent the proposal back."),
            label=_("Send the proposal back"),
            needs=("reason",),
        ),
        act(
            "settle",
            PROPOSED,
            SETTLED,
            by=people.OFFICE_HEAD,
            basis=BASIS,
            wording=_("%(actor)s decided on the correction; the applicant is told."),
            label=_("Decide as proposed"),
            clocks=(procedure.stops("correction"),),
            never_by_who_did=("propose_decision",),
            four_eyes_since="propose_decision",
            likely=True,
        ),
        *codes.acts(EXAMINED, PROPOSED, SETTLED),
    ),
    clocks={"correction": periods.CORRECTION},
)
PROCEDURES = (CORRECTION,)
