"""What the acts on a document ask: named checks, each with its reasons and the rule that wants it.

They read `situation.matter`: attribute, ground, ground_until, title, has_body, has_attachment, formed_on,
department, directory_item, directory_item_closed_on, kind, needs_interpretation, interpretation_plan,
interpretation_material, digest, reviews ((kind, digest, passed, reviewer), ...), gate and virus (verdicts),
proposed_attribute, proposed_ground, proposed_ground_until; and what is given with the act under the same
names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sunshine.kernel import period
from sunshine.kernel.procedure import Check, Done, Situation, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.documents.rules import grounds, periods, terms
from sunshine.work.documents.rules.stages import DRAFTING

ATTR_3 = "ATTR-3: 国办发〔2016〕80号 一(一)"
ATTR_CHANGE = "ATTR-CHANGE: own rule"
PLATFORM = "PRO-PLATFORM: FOI 2019 art. 24"
INT_3SYNC = "INT-3SYNC: 国办发〔2016〕80号 二"
INT_RETURN = "INT-RETURN: 国办发〔2016〕80号 二"
LIB_META = "LIB-META"
SEC_LEVEL = "SEC-LEVEL: 保密法 art. 17"
SEC_REVIEW = "SEC-REVIEW: 保密法 art. 35"
DOC_DATE = "DOC-DATE: 党政机关公文处理工作条例 art. 9"
PII_ERASE = "PII-ERASE: 个人信息保护法 art. 47"
INT_SAME = "INT-SAME: 国办发〔2016〕80号 二"


def openness(attribute: object) -> int:
    """Return how open an attribute is, from 0; -1 where it is none."""
    return next((place for place, each in enumerate(terms.OPENNESS) if each == attribute), -1)


def last_done(situation: Situation, *acts: str) -> Done | None:
    """Return the newest of these acts that was done in the matter."""
    return next((done for done in reversed(situation.done) if done.act in acts), None)


def is_public(situation: Situation) -> bool:
    """Return whether a version of the document stands before the public, whatever stage the matter is in."""
    last = last_done(situation, "publish", "take_up", "withdraw", "lower_attribute")
    return last is not None and last.act in ("publish", "take_up")


def attribute_is_set(situation: Situation) -> Verdict:
    """ATTR-3: no document goes for approval without its attribute."""
    if openness(situation.fact("attribute")) >= 0:
        return HOLDS
    return fails(_("Say whether the document will be public."), basis=ATTR_3, field="attribute")


def attribute_is_proactive(situation: Situation) -> Verdict:
    """Only what is marked for proactive disclosure ever becomes public."""
    if situation.fact("attribute") == terms.PROACTIVE:
        return HOLDS
    return fails(
        _("Only what is marked for proactive disclosure is published."), basis=ATTR_3, field="attribute"
    )


def attribute_is_not_proactive(situation: Situation) -> Verdict:
    """What is marked for proactive disclosure is published, not filed."""
    if attribute_is_set(situation).holds and situation.fact("attribute") != terms.PROACTIVE:
        return HOLDS
    return fails(
        _("A document for proactive disclosure is published, not filed."), basis=ATTR_3, field="attribute"
    )


def attribute_is_not_lowered(situation: Situation) -> Verdict:
    """ATTR-CHANGE: what was submitted once is closed by two persons, never on a desk in passing."""
    if openness(situation.facts.get("attribute")) >= openness(situation.matter.get("attribute")):
        return HOLDS
    if is_public(situation):
        return fails(
            _("A version is public. To close it, propose a lower attribute or its withdrawal."),
            basis=ATTR_CHANGE,
            field="attribute",
        )
    if last_done(situation, "submit") is not None:
        return fails(
            _("It was submitted as more open. Propose the lower attribute; another person decides."),
            basis=ATTR_CHANGE,
            field="attribute",
        )
    return HOLDS


def a_draft_is_lowered_by_two(situation: Situation) -> Verdict:
    """ATTR-CHANGE: a draft needs two persons once it was submitted; a correction is dropped first."""
    if situation.stage != DRAFTING:
        return HOLDS
    if is_public(situation):
        return fails(
            _("A version is public: drop the correction first, then lower its attribute."), basis=ATTR_CHANGE
        )
    if last_done(situation, "submit") is None:
        return fails(_("It was never submitted: simply set the attribute."), basis=ATTR_CHANGE)
    return HOLDS


def ground_is_sound(on: date) -> Check:
    """Return the check that a closed document names its ground, among those that apply on a day."""

    def ground_is_sound(situation: Situation) -> Verdict:
        if situation.fact("attribute") != terms.NOT_PUBLIC:
            return HOLDS
        return _ground(situation, situation.fact("ground"), situation.fact("ground_until"), on)

    return ground_is_sound


def _ground(situation: Situation, code: object, until: object, on: date) -> Verdict:
    ground = grounds.ground_named(code, on)
    if ground is None:
        return fails(_("What is not public needs its legal ground."), basis="PRO-DEFAULT", field="ground")
    if ground.code == grounds.STATE_SECRET and situation.matter.get("has_body"):
        return fails(
            _("This system must hold no state secrets: remove the text."), basis=SEC_LEVEL, field="ground"
        )
    if ground.needs_end_date and not (isinstance(until, date) and until > period.day_of(situation.at)):
        return fails(
            _("This ground passes: name the day, after today, until which it lasts."),
            basis=ground.basis,
            field="ground_until",
        )
    return HOLDS


METADATA = {
    "title": _("The title is missing."),
    "formed_on": _("The date of forming is missing."),
    "department": _("The issuing department is missing."),
}


def metadata_is_complete(situation: Situation) -> Verdict:
    """LIB-META: the page's head can be filled."""
    return all_of(
        fails(words, basis=LIB_META, field=name)
        for name, words in METADATA.items()
        if is_blank(situation.matter.get(name))
    )


def validity_is_sound(situation: Situation) -> Verdict:
    """DOC-STATE, NORM-5Y: what is stated of being in force can be true."""
    effective_from, valid_until = (situation.matter.get(name) for name in ("effective_from", "valid_until"))
    if not isinstance(effective_from, date):
        return HOLDS
    return periods.validity_is_sound(
        str(situation.matter.get("kind", "")),
        effective_from,
        valid_until if isinstance(valid_until, date) else None,
        reason_for_longer=str(situation.matter.get("validity_reason") or ""),
    )


def has_content(situation: Situation) -> Verdict:
    """There is a text or an attachment, save where a state secret must not lie here."""
    is_elsewhere = situation.fact("ground") == grounds.STATE_SECRET
    if situation.matter.get("has_body") or situation.matter.get("has_attachment") or is_elsewhere:
        return HOLDS
    return fails(_("There is neither a text nor an attachment."), basis=LIB_META, field="body")


def files_are_clean(situation: Situation) -> Verdict:
    """PII-GATE: a file's text is read with its virus check, so nothing is checked before that has passed."""
    virus = situation.matter.get("virus")
    return virus if isinstance(virus, Verdict) else HOLDS


def has_directory_item(situation: Situation) -> Verdict:
    """What will be public has its place in the directory."""
    if situation.fact("attribute") != terms.PROACTIVE:
        return HOLDS
    if is_blank(situation.matter.get("directory_item")):
        return fails(_("Choose its item of the directory."), basis=PLATFORM, field="directory_item")
    if situation.matter.get("directory_item_closed_on"):
        return fails(
            _("Its item of the directory is closed; choose another."), basis=PLATFORM, field="directory_item"
        )
    return HOLDS


def _missing_of_interpretation(situation: Situation) -> Iterator[Verdict]:
    if not situation.matter.get("needs_interpretation"):
        return
    if not situation.matter.get("interpretation_plan"):
        yield fails(_("The interpretation plan is missing."), basis=INT_3SYNC, field="interpretation_plan")
    if not situation.matter.get("interpretation_material"):
        yield fails(
            _("The interpretation material is missing."), basis=INT_3SYNC, field="interpretation_material"
        )


def interpretation_goes_with_it(situation: Situation) -> Verdict:
    """INT-3SYNC: plan and material are organised and signed off together with the document."""
    return all_of(_missing_of_interpretation(situation))


def interpretation_is_missing(situation: Situation) -> Verdict:
    """INT-RETURN counts only what really lacked its interpretation."""
    if not interpretation_goes_with_it(situation).holds:
        return HOLDS
    return fails(_("Its interpretation is complete; send it back for another reason."), basis=INT_RETURN)


def review_is_known(situation: Situation) -> Verdict:
    """A review entered by a person is one of the reviews that people take."""
    if situation.facts.get("review") in {review.code for review in terms.REVIEWS_BY_PEOPLE}:
        return HOLDS
    return fails(_("There is no such review."), basis=SEC_REVIEW, field="review")


def reviews_have_passed(situation: Situation) -> Verdict:
    """SEC-REVIEW: each required review passed, of the very content that goes on; the newest one counts."""
    kind, attribute = str(situation.matter.get("kind", "")), str(situation.matter.get("attribute", ""))
    required = terms.required_reviews(kind, attribute)
    return all_of(_review_has_passed(situation, review) for review in required)


def is_signed_off(situation: Situation) -> Verdict:
    """INT-3SYNC: a leader signed the very content, whatever its submission says that it needs."""
    return _review_has_passed(situation, terms.SIGN_OFF)


def _review_has_passed(situation: Situation, review: terms.Review) -> Verdict:
    digest, reviews = situation.matter.get("digest"), situation.matter.get("reviews") or ()
    assert isinstance(reviews, (tuple, list))  # noqa: S101  # the key's contract, for the type checker
    bound = [passed for kind, of, passed, _by in reviews if kind == review.code and of == digest and digest]
    if bound and bound[-1]:
        return HOLDS
    words = _("The %(review)s found fault.") if bound else _("The %(review)s of this content is missing.")
    return fails(words, basis=review.basis, mended_by=review.by.name, review=review.label)


def formed_on_is_sound(situation: Situation) -> Verdict:
    """DOC-DATE: a document is formed by the day it is signed; a correction has a date of its own."""
    formed_on = situation.fact("formed_on")
    if not isinstance(formed_on, date):
        return fails(_("The date of forming is missing."), basis=DOC_DATE, field="formed_on")
    if formed_on > period.day_of(situation.at):
        return fails(_("The date of forming lies in the future."), basis=DOC_DATE, field="formed_on")
    return _correction_is_dated(situation, formed_on) if is_public(situation) else HOLDS


def _correction_is_dated(situation: Situation, formed_on: date) -> Verdict:
    """Return whether what changes a public version keeps its date of forming and says when it was changed."""
    was = situation.fact("published_formed_on")
    if isinstance(was, date) and formed_on != was:
        words = _("A correction keeps the date of forming; when it was changed stands beside it.")
        return fails(words, basis=DOC_DATE, field="formed_on")
    changed_on = situation.fact("changed_on")
    if not isinstance(changed_on, date):
        return fails(_("The date of the change is missing."), basis=DOC_DATE, field="changed_on")
    if changed_on > period.day_of(situation.at):
        return fails(_("The date of the change lies in the future."), basis=DOC_DATE, field="changed_on")
    published = last_done(situation, "publish", "take_up")
    if published is not None and changed_on < period.day_of(published.at):
        return fails(
            _("The new version is dated after the one it corrects was published."),
            basis="PRO-20WD: FOI 2019 art. 26",
            field="changed_on",
        )
    return HOLDS


def moment_lies_ahead(situation: Situation) -> Verdict:
    """A publication is scheduled for later; for now there is `publish`."""
    publish_at = situation.facts.get("publish_at")
    if isinstance(publish_at, datetime) and publish_at > situation.at:
        return HOLDS
    return fails(_("Name a moment that lies ahead."), basis=INT_SAME, field="publish_at")


def gate_passes(situation: Situation) -> Verdict:
    """PRO-REVIEW: nothing becomes public but through the gate."""
    gate = situation.matter.get("gate")
    return gate if isinstance(gate, Verdict) else fails(_("The gate has not been asked."), basis="PRO-REVIEW")


def nothing_is_public(situation: Situation) -> Verdict:
    """A draft is given up only while nothing of it is public."""
    if not is_public(situation):
        return HOLDS
    return fails(_("A version is public: drop the correction, or withdraw the document."), basis="ARC-KEEP")


def something_is_public(situation: Situation) -> Verdict:
    """A correction is dropped only where the version it would correct still stands."""
    if is_public(situation):
        return HOLDS
    return fails(_("No version of this document is public."), basis="PRO-20WD")


def is_a_former_sites(situation: Situation) -> Verdict:
    """Only a record taken over from the former site, which no officer keeps yet, is taken up."""
    if situation.matter.get("is_imported") and not is_public(situation):
        return HOLDS
    return fails(_("This is no record of the former site that waits to be taken up."), basis="ARC-KEEP")


def withdrawal_ground_is_sound(on: date) -> Check:
    """Return the check that a withdrawal names a ground of the law that applies on a day."""

    def withdrawal_ground_is_sound(situation: Situation) -> Verdict:
        among = grounds.GROUNDS + grounds.WITHDRAWAL_GROUNDS
        if grounds.ground_named(situation.facts.get("ground"), on, among) is not None:
            return HOLDS
        return fails(_("A withdrawal names its legal ground."), basis="PRO-DEFAULT", field="ground")

    return withdrawal_ground_is_sound


def was_proposed(proposal: str, *settled_by: str) -> Check:
    """Return the check that a proposal stands which none of the settling acts has ended."""

    def was_proposed(situation: Situation) -> Verdict:
        last = last_done(situation, proposal, *settled_by)
        if last is not None and last.act == proposal:
            return HOLDS
        return fails(_("Nobody has proposed this yet; it takes two persons."), basis=ATTR_CHANGE)

    return was_proposed


def parts_are_named(situation: Situation) -> Verdict:
    """PII-ERASE: an erasure names what goes, as record/version/field, among what was published."""
    named, there = situation.facts.get("parts"), situation.matter.get("erasable")
    if isinstance(named, list) and isinstance(there, tuple) and named and set(named) <= set(there):
        return HOLDS
    return fails(_("Name what is to be erased."), basis=PII_ERASE, field="parts")


def day_of_repeal_is_sound(situation: Situation) -> Verdict:
    """DOC-STATE: a document is repealed from a day on, once."""
    if situation.matter.get("repealed_on"):
        return fails(_("The document is repealed already."), basis="DOC-STATE", field="on")
    if isinstance(situation.facts.get("on"), date):
        return HOLDS
    return fails(_("Name the day from which it is repealed."), basis="DOC-STATE", field="on")


def lower_attribute_is_sound(on: date) -> Check:
    """Return the check that an attribute becomes less open, on a ground that applies on a day."""

    def lower_attribute_is_sound(situation: Situation) -> Verdict:
        attribute, ground, until = (
            _given_or_proposed(situation, name) for name in ("attribute", "ground", "ground_until")
        )
        if not 0 <= openness(attribute) < openness(situation.matter.get("attribute")):
            return fails(_("Choose a less open attribute."), basis=ATTR_CHANGE, field="attribute")
        return _ground(situation, ground, until, on)

    return lower_attribute_is_sound


def _given_or_proposed(situation: Situation, name: str) -> object:
    given = situation.facts.get(name)
    return situation.matter.get(f"proposed_{name}") if is_blank(given) else given
