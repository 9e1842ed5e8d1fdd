"""A third party that refused with its ground, and was overruled: it is told what is disclosed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sunshine.kernel import period
from sunshine.kernel.procedure import Act, Situation, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, outcomes
from sunshine.work.requests.rules.periods import Text
from sunshine.work.requests.rules.stages import APPROVED, HANDLERS


def acts(text: Text) -> tuple[Act, ...]:
    """Return the act of telling it: after the decision, before the answer goes out."""
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
    )


def overruled(situation: Situation) -> list[Mapping[str, object]]:
    """Return the third parties whose refusal the answer passes over, and who were not told yet.

    Where a part is withheld to protect a third party, what was refused is taken to be that part.
    """
    return [] if _protects_one(situation) else _refused(situation)


def may_be_told(situation: Situation) -> list[Mapping[str, object]]:
    """Return the third parties that can be told that they are overruled.

    Where the answer protects one and several refused, only the office knows which of them that is.
    """
    refused = _refused(situation)
    return [] if _protects_one(situation) and len(refused) == 1 else refused


def _refused(situation: Situation) -> list[Mapping[str, object]]:
    if situation.matter.get("outcome") not in (outcomes.DISCLOSED, outcomes.PARTIAL):
        return []
    asked = checks.consultations(situation, "third_party")
    return [row for row in asked if row["answer"] == "refuses" and row.get("told_on") is None]


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
        return fails(
            _("No third party is overruled by this answer, or all were told."),
            basis="FOI-3P: FOI 2019 art. 32",
        )
    return fails(
        _("Choose a third party that refused and was not told yet."),
        basis="FOI-3P: FOI 2019 art. 32",
        field="consultation",
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
    if not overruled(situation):
        return HOLDS
    return fails(
        _("A third party refused with a ground: tell it in writing what is disclosed, and why."),
        basis="FOI-3P: FOI 2019 art. 32",
        mended_by=" ".join(role.name for role in HANDLERS),
    )
