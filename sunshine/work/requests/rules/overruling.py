"""Third parties that refused with a ground: each is respected, or told what is disclosed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sunshine.kernel import period
from sunshine.kernel.procedure import Act, Situation, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, outcomes
from sunshine.work.requests.rules.periods import Text
from sunshine.work.requests.rules.stages import APPROVED, HANDLERS

THIRD_PARTY: Final = "third_party"
RESPECTED, PASSED_OVER = "respected", "passed_over"
"""What an answer does with a refusal; entered anew of each answer."""

ART_32: Final = "FOI-3P: FOI 2019 art. 32"


def acts(text: Text) -> tuple[Act, ...]:
    """Return what is entered of each refusal: after the decision, before the answer goes out."""
    return (
        act(
            "tell_third_party",
            APPROVED,
            by=HANDLERS,
            basis=f"FOI-3P: {text.third_party}",
            wording=_("%(actor)s told a third party in writing what is disclosed against its will, and why."),
            label=_("Tell the third party that is overruled"),
            needs=("consultation", "disclosed", "reason", "told_on"),
            checks=(
                checks.not_after_today("told_on"),
                is_one_that_is_overruled,
                not_before_it_was_decided,
            ),
        ),
        act(
            "respect_refusal",
            APPROVED,
            by=HANDLERS,
            basis=f"FOI-3P: {text.third_party}",
            wording=_("%(actor)s entered that what a third party refused stays withheld."),
            label=_("Enter which refusal the answer respects"),
            needs=("consultation",),
            checks=(is_one_that_is_respected,),
        ),
    )


def undecided(situation: Situation) -> list[Mapping[str, object]]:
    """Return who refused with a ground, where the answer discloses, and of whom nothing was entered yet.

    Each refusal is either passed over, and who refused is told, or respected. Where a part is withheld to
    protect a third party and only one was asked, what it refused is taken to be that part.
    """
    if _protects_one(situation) and len(checks.consultations(situation, THIRD_PARTY)) == 1:
        return []
    return [row for row in _refused(situation) if not row.get("decided")]


def may_be_told(situation: Situation) -> list[Mapping[str, object]]:
    """Return the third parties that can be told that they are overruled.

    Where the answer protects one, only the office knows which of them that is; where all that were asked
    refused, it is not the last of whom nothing was entered.
    """
    waiting, refused = undecided(situation), _refused(situation)
    is_another = len(refused) < len(checks.consultations(situation, THIRD_PARTY))
    is_respected = any(row.get("decided") == RESPECTED for row in refused)
    if not _protects_one(situation) or is_another or is_respected or len(waiting) > 1:
        return waiting
    return []


def _refused(situation: Situation) -> list[Mapping[str, object]]:
    if situation.matter.get("outcome") not in (outcomes.DISCLOSED, outcomes.PARTIAL):
        return []
    return [row for row in checks.consultations(situation, THIRD_PARTY) if row["answer"] == "refuses"]


def _protects_one(situation: Situation) -> bool:
    details = situation.matter.get("details")
    parts = details.get("withheld", ()) if isinstance(details, Mapping) else ()
    return isinstance(parts, Iterable) and any(
        isinstance(part, Mapping) and part.get("ground") == outcomes.THIRD_PARTY for part in parts
    )


def is_one_that_is_overruled(situation: Situation) -> Verdict:
    """Only who refused with a ground, and is overruled, is told so."""
    waiting = [row["id"] for row in may_be_told(situation)]
    if situation.facts.get("consultation") in waiting:
        return HOLDS
    if not waiting:
        return fails(_("No third party is overruled by this answer, or all were told."), basis=ART_32)
    return fails(
        _("Choose a third party that refused and was not told yet."), basis=ART_32, field="consultation"
    )


def is_one_that_is_respected(situation: Situation) -> Verdict:
    """Only an answer that protects a third party respects a refusal, and each is entered once."""
    waiting = [row["id"] for row in undecided(situation)] if _protects_one(situation) else []
    if situation.facts.get("consultation") in waiting:
        return HOLDS
    if not waiting:
        return fails(_("Of no refusal it is open whether this answer respects it."), basis=ART_32)
    return fails(
        _("Choose a third party that refused and was not told yet."), basis=ART_32, field="consultation"
    )


def not_before_it_was_decided(situation: Situation) -> Verdict:
    """Nobody is told of a decision before it was approved."""
    told, approved = checks.day(situation, "told_on"), checks.last_done(situation, "approve")
    if told is None or approved is None or told >= period.day_of(approved.at):
        return HOLDS
    return fails(
        _("This cannot have been before %(day)s."),
        basis=checks.OWN,
        field="told_on",
        day=period.day_of(approved.at),
    )


def overruled_are_told(situation: Situation) -> Verdict:
    """FOI-3P: nothing is disclosed against a refusal with a ground before who refused was told."""
    verdict, by = HOLDS, " ".join(role.name for role in HANDLERS)
    text = (
        _(
            "Third party no. %(number)d refused with a ground: enter that what it refused stays withheld, or"
            " tell it in writing what is disclosed, and why."
        )
        if _protects_one(situation)
        else _(
            "Third party no. %(number)d refused with a ground: tell it in writing what is disclosed, and why."
        )
    )
    numbers = [row["id"] for row in checks.consultations(situation, THIRD_PARTY)]
    for row in undecided(situation):
        verdict &= fails(text, basis=ART_32, mended_by=by, number=numbers.index(row["id"]) + 1)
    return verdict
