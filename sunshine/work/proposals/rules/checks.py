"""What the acts on a proposal ask: named checks, each with its reasons and the rule that wants it.

They read `situation.matter` (see `queries.situations`) and what is given with the act under the same names.
"""

from __future__ import annotations

from datetime import date, datetime

from sunshine.kernel import calendar, period
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import Check, Done, Situation, is_blank
from sunshine.kernel.verdict import HOLDS, Verdict, all_of, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import classes, periods, terms

OWN = "own rule"
OBJECT = "PRP-OBJECT: local rule"
TALK = "PRP-3M"
JOINT = "PRP-LEAD: local rule"
FOLLOW = "PRP-FOLLOW: local rule"


def day(situation: Situation, name: str) -> date | None:
    """Return a day that is given with the act or known of the matter."""
    value = situation.fact(name)
    if isinstance(value, datetime):
        return period.day_of(value)
    return value if isinstance(value, date) else None


def last_done(situation: Situation, *acts: str) -> Done | None:
    """Return the newest of these acts that was done in the matter."""
    return next((done for done in reversed(situation.done) if done.act in acts), None)


def is_over(length: Period, since: date | None, at: datetime) -> bool:
    """Return whether a period that began on a day is over at a moment."""
    if since is None:
        return False
    return not period.in_time(at, period.due(length, period.start_of(since), calendar.bundled()))


def not_after_today(*names: str) -> Check:
    """Return the check that days given with the act do not lie ahead."""

    def not_after_today(situation: Situation) -> Verdict:
        today = period.day_of(situation.at)
        return all_of(
            fails(_("This day lies ahead; enter what has happened."), basis=OWN, field=name)
            for name in names
            for given in [day(situation, name)]
            if given is not None and given > today
        )

    return not_after_today


def objection_is_in_time(situation: Situation) -> Verdict:
    """PRP-OBJECT: who is not in charge hands back within the days allowed; later it counts as accepted."""
    if is_over(periods.OBJECT, day(situation, "assigned_on"), situation.at):
        return fails(_("The days allowed for handing back have passed: it counts as accepted."), basis=OBJECT)
    return HOLDS


def objection_is_over(situation: Situation) -> Verdict:
    """PRP-OBJECT: silence accepts, but only when the days allowed have passed."""
    if objection_is_in_time(situation).holds:
        return fails(_("It may still be handed back."), basis=OBJECT)
    return HOLDS


def not_yet_extended(situation: Situation) -> Verdict:
    """PRP-6M: six months from assignment is the most; it is never extended twice."""
    if situation.times("extend"):
        return fails(
            _("The period was extended before; six months from assignment is the most."), basis="PRP-6M"
        )
    return HOLDS


def not_overdue(situation: Situation) -> Verdict:
    """PRP-6M: the longer period is decided before the shorter one ends."""
    due_at = situation.matter.get("reply_due_at")
    if isinstance(due_at, datetime) and not period.in_time(situation.at, due_at):
        return fails(_("The period is over; it can no longer be extended."), basis="PRP-6M")
    return HOLDS


def opinions_come_before_the_reply(situation: Situation) -> Verdict:
    """PRP-LEAD: joint opinions come due before the reply does."""
    due_at = situation.matter.get("reply_due_at")
    asked = period.day_of(situation.at)
    last = period.last_day(periods.OPINION.length, periods.OPINION.unit, asked, calendar.bundled())
    if isinstance(due_at, datetime) and not last < period.day_of(due_at) - calendar.ONE_DAY:
        return fails(
            _("The opinion would come due on %(day)s, not before the reply: have the period extended first."),
            basis=JOINT,
            day=last,
        )
    return HOLDS


def somebody_is_asked(situation: Situation) -> Verdict:
    """PRP-LEAD: an opinion is asked of a department of the bureau or of another body, once each."""
    departments, bodies = situation.fact("departments"), situation.fact("bodies")
    if is_blank(departments) and is_blank(bodies):
        return fails(_("Name a department or another body."), basis=JOINT, field="departments")
    asked = situation.matter.get("asked_of")
    names = [str(each) for each in (*_listed(departments), *_listed(bodies))]
    known = asked if isinstance(asked, tuple | list | frozenset) else ()
    return all_of(
        fails(_("%(name)s is asked already."), basis=JOINT, field="departments", name=name)
        for name in names
        if name in known or names.count(name) > 1
    )


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def joint_opinions_are_in(situation: Situation) -> Verdict:
    """PRP-LEAD: the lead replies when every joint opinion is in, or says why it goes without."""
    open_opinions = situation.matter.get("opinions_open")
    if open_opinions and is_blank(situation.fact("without_opinions")):
        return fails(
            _("%(count)d joint opinions are missing: wait, call them off, or say why it goes without."),
            basis=JOINT,
            field="without_opinions",
            count=open_opinions,
        )
    return HOLDS


def deputy_was_talked_to(situation: Situation) -> Verdict:
    """PRP-3M: one talks with the deputy before replying, and again before a second reply."""
    if situation.matter.get("contacts"):
        return HOLDS
    return fails(
        _("Nobody has talked with the deputy yet: record the contact first."), basis=TALK, mended_by="drafter"
    )


def reply_is_sound(situation: Situation) -> Verdict:
    """PRP-CLASS, PRP-MARK: a class of the session's set, a mark, and a ground where it is not public."""
    own = classes.set_named(situation.matter.get("classes"))
    verdict = HOLDS
    if own is None or own.named(situation.fact("reply_class")) is None:
        verdict &= fails(
            _("Choose a class of those this session uses."),
            basis="PRP-CLASS: local rule",
            field="reply_class",
        )
    mark = terms.named(situation.fact("mark"), terms.MARKS)
    if mark is None:
        verdict &= fails(_("Say whether the reply is public."), basis="PRP-MARK: local rule", field="mark")
    elif mark != terms.PROACTIVE and is_blank(situation.fact("ground")):
        verdict &= fails(
            _("A reply that is not public names its ground."), basis="PRP-MARK: local rule", field="ground"
        )
    return verdict


def commitments_are_sound(situation: Situation) -> Verdict:
    """PRP-FOLLOW: what is promised has a day; a class that is followed promises something."""
    own = classes.set_named(situation.matter.get("classes"))
    chosen = own.named(situation.fact("reply_class")) if own else None
    given = _listed(situation.fact("commitments"))
    if chosen is not None and chosen.is_followed and not given:
        return fails(
            _("A reply of this class says what will be done by when."), basis=FOLLOW, field="commitments"
        )
    if situation.facts.get("found_in_commitments"):
        return fails(
            _("A commitment holds personal data; the public reads it."), basis="PII-GATE", field="commitments"
        )
    return HOLDS


def nothing_is_promised_too_early(situation: Situation) -> Verdict:
    """PRP-FOLLOW: a commitment is for a day to come."""
    today = period.day_of(situation.at)
    early = [each for each in _listed(situation.fact("commitments")) if _due(each) <= today]
    if early:
        return fails(
            _("A commitment is for a day to come: %(day)s."),
            basis=FOLLOW,
            field="commitments",
            day=min(map(_due, early)),
        )
    return HOLDS


def _due(commitment: object) -> date:
    due_on = commitment[0] if isinstance(commitment, tuple | list) else None
    return due_on if isinstance(due_on, date) else date.max


def not_before_it_was_signed(act: str) -> Check:
    """Return the check that what went out on a day was signed by then."""

    def not_before_it_was_signed(situation: Situation) -> Verdict:
        signed, handed = last_done(situation, act), day(situation, "replied_on")
        if signed is not None and handed is not None and handed < period.day_of(signed.at):
            return fails(_("It cannot have gone out before it was signed."), basis=OWN, field="replied_on")
        return HOLDS

    return not_before_it_was_signed


def rating_is_one_of(*among: terms.Term) -> Check:
    """Return the check that the deputy's answer is one of these."""

    def rating_is_known(situation: Situation) -> Verdict:
        if terms.named(situation.fact("rating"), among) is None:
            return fails(_("Choose what the deputy answered."), basis="PRP-SAT: local rule", field="rating")
        return HOLDS

    return rating_is_known


def not_rated_before_the_reply(situation: Situation) -> Verdict:
    """PRP-SAT: the deputy answers after the reply."""
    rated, replied = day(situation, "rated_on"), day(situation, "replied_on")
    if rated is not None and replied is not None and rated < replied:
        return fails(_("It cannot have been answered before the reply."), basis="PRP-SAT", field="rated_on")
    return HOLDS


def was_chased(situation: Situation) -> Verdict:
    """PRP-SAT: silence is no satisfaction; it is accepted as silence only after one asked again."""
    replied = last_done(situation, "reply", "reply_again")
    chased = last_done(situation, "chase")
    if chased is not None and (replied is None or chased.at > replied.at):
        return HOLDS
    return fails(_("Ask the deputy once more before closing without an answer."), basis="PRP-SAT: own rule")


def commitment_is_open(situation: Situation) -> Verdict:
    """PRP-FOLLOW: only what was promised and is not kept yet can be kept or put off."""
    known = situation.matter.get("commitments_open")
    if situation.fact("commitment") in (known if isinstance(known, frozenset) else ()):
        return HOLDS
    return fails(_("Choose a commitment that is open."), basis=FOLLOW, field="commitment")


def some_commitment_is_open(situation: Situation) -> Verdict:
    """PRP-FOLLOW: the act is for what is open still."""
    if situation.matter.get("commitments_open"):
        return HOLDS
    return fails(_("No commitment is open."), basis=FOLLOW)


def proof_is_fit_to_read(situation: Situation) -> Verdict:
    """PRP-FOLLOW: everybody reads how a commitment was kept or why it was put off: no personal data."""
    return all_of(
        fails(_("The public reads this: it holds personal data."), basis="PII-GATE", field=name)
        for name in ("proof", "reason")
        if situation.facts.get(f"found_in_{name}")
    )


def new_day_lies_ahead(situation: Situation) -> Verdict:
    """PRP-FOLLOW: a commitment is put off to a day to come."""
    given = day(situation, "due_on")
    if given is not None and given <= period.day_of(situation.at):
        return fails(_("The new day lies ahead."), basis=FOLLOW, field="due_on")
    return HOLDS


def all_is_kept(situation: Situation) -> Verdict:
    """PRP-FOLLOW: a proposal is closed when nothing that was promised is open."""
    if situation.matter.get("commitments_open"):
        return fails(_("A commitment is still open."), basis=FOLLOW)
    return HOLDS


def is_the_bureaus_own(situation: Situation) -> Verdict:
    """PRP-LEAD: another body leads and asks the bureau; that goes out by the office."""
    if situation.matter.get("source") == "bureau":
        return HOLDS
    return fails(_("Another department of the bureau asks: its head hands the opinion in."), basis=JOINT)


def is_in_house(situation: Situation) -> Verdict:
    """PRP-LEAD: a department of the bureau is asked by the one that leads."""
    if situation.matter.get("source") == "house":
        return HOLDS
    return fails(_("This opinion is not a department’s own."), basis=JOINT)


def is_outside(situation: Situation) -> Verdict:
    """PRP-LEAD: another body is asked by us; its opinion is recorded when it comes."""
    if situation.matter.get("source") == "outside":
        return HOLDS
    return fails(_("The department writes this opinion itself."), basis=JOINT)


def is_ours_to_write(situation: Situation) -> Verdict:
    """PRP-LEAD: what another body was asked is not written here."""
    if situation.matter.get("source") == "outside":
        return fails(_("Another body writes this opinion; record it when it comes."), basis=JOINT)
    return HOLDS


def earlier_document_is_gone(situation: Situation) -> Verdict:
    """A reply becomes public by one document; another is begun only where the first was given up."""
    if situation.matter.get("document_is_open"):
        return fails(_("A document of this reply is under way already."), basis=OWN)
    return HOLDS
