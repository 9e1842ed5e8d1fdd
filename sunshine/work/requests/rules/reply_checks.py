"""What a reply must be before it is drafted, approved and sent: class, needs, letter, service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sunshine.kernel import period
from sunshine.kernel.procedure import Situation, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, outcomes, remedies, terms
from sunshine.work.requests.rules.stages import OFFICE

PARTS = "FOI-PARTIAL: FOI 2019 art. 37"


def outcome_is_sound(situation: Situation) -> Verdict:
    """A class is one of the closed list, known to the text of the request, with all that it needs."""
    outcome = outcomes.outcome_named(situation.fact("outcome"))
    version = str(situation.matter.get("version", ""))
    if outcome is None or not outcome.is_drafted or version not in outcome.bases:
        return fails(_("Choose the class of the answer."), basis="FOI-REG: own rule", field="outcome")
    details = situation.fact("details")
    given: Mapping[str, Any] = details if isinstance(details, Mapping) else {}
    basis = outcome.bases[version]
    missing = all_of(
        fails(_("An answer of this class must say this."), basis=basis, field=name)
        for name in outcome.needs
        if is_blank(given.get(name))
    )
    if outcome.choices and given.get("which") not in outcome.choices and not is_blank(given.get("which")):
        missing &= fails(_("Choose which of them it is."), basis=basis, field="which")
    withheld = _withheld(situation, given, version) if outcome.code == outcomes.PARTIAL else HOLDS
    return missing & _evidence(situation, outcome, basis) & withheld


def _evidence(
    situation: Situation, outcome: outcomes.Outcome, basis: str, *, field: str = "outcome"
) -> Verdict:
    """Return what must have been done before an answer of some classes, or before a part is withheld so."""
    if outcome.code == outcomes.NOT_HELD and not situation.matter.get("searches"):
        return fails(
            _("Nothing was searched yet: record where, with which words and by whom."),
            basis=basis,
            field=field,
        )
    if outcome.code == outcomes.THIRD_PARTY and not checks.consultations(situation, "third_party"):
        return fails(_("The third party was not asked."), basis=basis, field=field)
    if outcome.code == outcomes.STILL_UNCLEAR and not situation.times(*checks.ASKED):
        return fails(_("The applicant was never asked to complete."), basis=basis, field=field)
    if outcome.code == outcomes.ABNORMAL and not situation.times("demand_reasons"):
        return fails(_("The applicant was not asked for reasons."), basis=basis, field=field)
    if outcome.code == outcomes.REPEATED and situation.facts.get("earlier_is_unknown"):
        return fails(
            _("Choose a request of the same applicant that was answered."), basis=basis, field="earlier"
        )
    return HOLDS


def _withheld(situation: Situation, given: Mapping[str, Any], version: str) -> Verdict:
    """FOI-PARTIAL: each part names its place, why, and a ground, with what a whole refusal on it needs."""
    grounds = {each.code: each for each in outcomes.may_be_withheld_for(version)}
    parts = _parts(given)
    if not parts or any(is_blank(part.get("place")) or part.get("ground") not in grounds for part in parts):
        return fails(
            _("List each part that is withheld with its place and its ground."), basis=PARTS, field="withheld"
        )
    used = [grounds[code] for code in dict.fromkeys(part["ground"] for part in parts)]
    verdict = all_of(_evidence(situation, each, each.bases[version], field="withheld") for each in used)
    if any(is_blank(part.get("why")) for part in parts):
        verdict &= fails(_("Say of each part why it is withheld."), basis=PARTS, field="withheld")
    return verdict


def _parts(details: object) -> list[Mapping[str, Any]]:
    """Return the parts that an answer withholds, as far as they are parts at all."""
    parts = details.get("withheld") if isinstance(details, Mapping) else None
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list | tuple) else []


def leader_has_agreed(situation: Situation) -> Verdict:
    """A refusal because something would be endangered, in part too, is signed by the leader (own rule)."""
    last = checks.last_done(situation, "draft_reply", "agree_to_refusal")
    grounds = {situation.matter.get("outcome")}
    if outcomes.PARTIAL in grounds:
        grounds |= {part.get("ground") for part in _parts(situation.matter.get("details"))}
    if outcomes.ENDANGERS not in grounds or (last is not None and last.act == "agree_to_refusal"):
        return HOLDS
    return fails(_("This ground needs the leader’s agreement first."), basis=checks.OWN, mended_by="leader")


def public_subject_is_given(situation: Situation) -> Verdict:
    """PII-REQ: the public register names the subject in words of the office, without the applicant."""
    if is_blank(situation.fact("public_subject")):
        return fails(
            _("Name the subject for the public register, without personal data."),
            basis="PII-REQ",
            field="public_subject",
        )
    if situation.facts.get("found_in_subject"):
        return fails(
            _("The subject for the public register holds personal data."),
            basis="PII-REQ",
            field="public_subject",
        )
    return HOLDS


def letter_is_whole(situation: Situation) -> Verdict:
    """A letter with a place that is not filled in does not leave the house."""
    gaps = situation.matter.get("letter_gaps")
    if not gaps:
        return HOLDS
    assert isinstance(gaps, Iterable)  # noqa: S101  # `queries.situation` gives a tuple
    return fails(
        _("The letter has places that are not filled in: %(gaps)s."),
        basis=checks.OWN,
        gaps="、".join(map(str, gaps)),
    )


def service_is_sound(situation: Situation) -> Verdict:
    """FOI-SERVE: one of the ways, by post with the number of the mail, not before it was approved."""
    service = terms.service_named(situation.facts.get("service"))
    if service is None:
        return fails(
            _("Say how the letter went out."), basis="FOI-SERVE: 国办公开办函〔2016〕235号", field="service"
        )
    verdict = HOLDS
    if service.needs_mail_number and is_blank(situation.facts.get("mail_number")):
        verdict &= fails(
            _("By post only through the postal enterprise: give the number of the mail."),
            basis="FOI-SERVE: 国办公开办函〔2016〕235号",
            field="mail_number",
        )
    approved, served = checks.last_done(situation, "approve"), checks.day(situation, "served_on")
    if approved is not None and served is not None and served < period.day_of(approved.at):
        verdict &= fails(
            _("It cannot have gone out before it was approved."), basis="FOI-SERVE-DAY", field="served_on"
        )
    return verdict


def remedy_is_of_that_day(situation: Situation) -> Verdict:
    """REM-FIRST: a letter goes out under the law of remedies of its approval, or is approved anew.

    What was approved is never rewritten, so a letter that a change of the law overtook is sent back.
    """
    approved, served = checks.last_done(situation, "approve"), checks.day(situation, "served_on")
    outcome = str(situation.matter.get("outcome"))
    if approved is None or served is None:
        return HOLDS
    approved_on, law = period.day_of(approved.at), remedies.remedy(outcome, served)
    if remedies.remedy(outcome, approved_on).sentence == law.sentence:
        return HOLDS
    is_first = remedies.goes_to_reconsideration_first(outcome, served)
    return fails(
        _(
            "The letter says what could be done against it on %(day)s; the law has changed since. Send the"
            " draft back and have it approved anew."
        ),
        basis=f"REM-FIRST: {law.basis}" if is_first else law.basis,
        field="served_on",
        mended_by=" ".join(role.name for role in OFFICE),
        day=approved_on,
    )


def something_was_given(situation: Situation) -> Verdict:
    """FOI-OFTEN: only what was given to one can be made public for all, through the gate."""
    if situation.matter.get("outcome") in (outcomes.DISCLOSED, outcomes.PARTIAL):
        return HOLDS
    return fails(_("Nothing was given that could be made public."), basis="FOI-OFTEN: FOI 2019 art. 44")


def nothing_was_begun(situation: Situation) -> Verdict:
    """One document for one answer: a second would be the same text twice before everybody."""
    begun = situation.matter.get("made_public_in")
    if not begun:
        return HOLDS
    return fails(
        _("%(document)s was begun from this answer and is under way or public."),
        basis=checks.OWN,
        document=begun,
    )
