"""Asking others: third parties whose rights may be touched, co-makers and other bodies."""

from __future__ import annotations

from sunshine.kernel import clock, procedure
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import CLOCK, Act, Effect, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, days
from sunshine.work.requests.rules.periods import Text
from sunshine.work.requests.rules.stages import ASKING, AWAITING_CONSENT, CONSULTING, HANDLERS, HANDLING

PAUSE = (procedure.pauses("reply", moment_fact="sent_on"),)
RESUME = (procedure.resumes("reply", moment_fact="ended_on"),)


def acts(text: Text) -> tuple[Act, ...]:
    """Return the acts of asking others."""
    return (*_asking_third_parties(text), *_receiving_their_word(text), *_asking_bodies(text))


def _asking_third_parties(text: Text) -> tuple[Act, ...]:
    basis = f"FOI-PAUSE-3P: {text.third_party}"
    return (
        act(
            "consult_third_party",
            HANDLING,
            CONSULTING,
            by=HANDLERS,
            basis=basis,
            wording=_("%(actor)s asked a third party whose rights may be touched."),
            label=_("Ask a third party"),
            needs=("party", "about", "sent_on"),
            checks=(checks.not_after_today("sent_on"), days.not_before("sent_on", "received_on")),
            clocks=PAUSE,
            public=True,
        ),
        act(
            "consult_another",
            (CONSULTING, AWAITING_CONSENT),
            by=HANDLERS,
            basis=basis,
            wording=_("%(actor)s asked another third party."),
            label=_("Ask another third party"),
            needs=("party", "about", "sent_on"),
            checks=(checks.not_after_today("sent_on"), days.not_before("sent_on", "received_on")),
        ),
    )


def _receiving_their_word(text: Text) -> tuple[Act, ...]:
    is_new = text.version == "2019"
    consent_starts = (procedure.restarts("consent", moment_fact="received_on"),) if is_new else ()
    consent_stops = (procedure.stops("consent", moment_fact="ended_on"),) if is_new else ()
    basis = f"FOI-PAUSE-3P: {text.third_party}"
    return (
        act(
            "third_party_received",
            (CONSULTING, AWAITING_CONSENT),
            AWAITING_CONSENT,
            by=HANDLERS,
            basis=f"FOI-3P: {text.third_party}",
            wording=_("The third party has received the letter."),
            label=_("Enter that the third party has received it"),
            needs=("consultation", "received_on"),
            checks=(
                checks.not_after_today("received_on"),
                checks.consultation_is_open,
                days.not_before_it_was_sent,
            ),
            clocks=consent_starts,
            likely=True,
        ),
        act(
            "third_party_answered",
            AWAITING_CONSENT,
            by=HANDLERS,
            basis=f"FOI-3P: {text.third_party}",
            wording=_("The third party answered."),
            label=_("Enter the third party’s answer"),
            needs=("consultation", "answer", "answered_on"),
            checks=(
                checks.not_after_today("answered_on"),
                days.not_before_it_was_asked,
                checks.consultation_is_open,
                checks.answer_is_known,
            ),
        ),
        act(
            "conclude_consultation",
            AWAITING_CONSENT,
            HANDLING,
            by=(CLOCK, *HANDLERS),
            basis=basis,
            wording=_("The asking of third parties ended; the clock goes on."),
            label=_("End the asking of third parties"),
            checks=(checks.everyone_has_answered(text.consent),),
            clocks=(*RESUME, *consent_stops),
            likely=True,
        ),
        act(
            "give_up_consultation",
            CONSULTING,
            HANDLING,
            by=HANDLERS,
            basis=basis,
            wording=_("The letter to the third party could not be delivered; the clock goes on."),
            label=_("The letter cannot be delivered"),
            needs=("reason",),
            clocks=RESUME,
        ),
        *(() if is_new else _going_on_without_consent(text)),
    )


def _going_on_without_consent(text: Text) -> tuple[Act, ...]:
    """Return how silence ends under the text of 2008, which gives a third party no days: by a decision."""
    return (
        act(
            "go_on_without_consent",
            AWAITING_CONSENT,
            HANDLING,
            by=HANDLERS,
            basis=f"FOI-3P: {text.third_party}",
            wording=_("The third party did not answer; the clock goes on."),
            label=_("Go on: the third party has not answered"),
            needs=("reason",),
            clocks=RESUME,
        ),
    )


def _asking_bodies(text: Text) -> tuple[Act, ...]:
    is_new = text.version == "2019"
    # FOI-PAUSE-BODY: only the text of 2019 stops the clock while other bodies are asked.
    asked = (*PAUSE, procedure.restarts("bodies", moment_fact="sent_on")) if is_new else ()
    told = (*RESUME, procedure.stops("bodies", moment_fact="ended_on")) if is_new else ()
    basis = f"FOI-PAUSE-BODY, FOI-JOINT: {'FOI 2019 arts. 33, 34' if is_new else 'FOI 2008 art. 7'}"
    return (
        act(
            "ask_bodies",
            HANDLING,
            ASKING,
            by=HANDLERS,
            basis=basis,
            wording=_("%(actor)s asked another body for its opinion."),
            label=_("Ask another body"),
            needs=("sort", "body", "about", "sent_on"),
            checks=(checks.not_after_today("sent_on"), days.not_before("sent_on", "received_on")),
            clocks=asked,
            public=True,
        ),
        *(_receiving_as_a_co_maker(text.joint) if text.joint is not None else ()),
        act(
            "body_answered",
            ASKING,
            by=HANDLERS,
            basis=basis,
            wording=_("A body that was asked answered."),
            label=_("Enter a body’s answer"),
            needs=("consultation", "answer", "answered_on"),
            checks=(
                checks.not_after_today("answered_on"),
                days.not_before_it_was_asked,
                checks.consultation_is_open,
                checks.answer_is_known,
            ),
        ),
        act(
            "conclude_asking",
            ASKING,
            HANDLING,
            by=(CLOCK, *HANDLERS),
            basis=basis,
            wording=_("The asking of other bodies ended; the clock goes on."),
            label=_("End the asking of other bodies"),
            checks=(checks.bodies_have_answered(text.joint),),
            clocks=told,
            likely=True,
        ),
        act(
            "go_on_without_bodies",
            ASKING,
            HANDLING,
            by=HANDLERS,
            basis=basis,
            wording=_("A body that was asked did not answer; the clock goes on without it."),
            label=_("Go on: the body has not answered"),
            needs=("reason",),
            clocks=told,
        ),
    )


def _receiving_as_a_co_maker(joint: Period) -> tuple[Act, ...]:
    """Return how the days of a co-maker begin: on the day on which it receives the letter (FOI-JOINT)."""
    return (
        act(
            "body_received",
            ASKING,
            by=HANDLERS,
            basis=f"FOI-JOINT: {joint.basis}",
            wording=_("The body that made the information too has received the letter."),
            label=_("Enter that the co-maker has received it"),
            needs=("consultation", "received_on"),
            checks=(
                checks.not_after_today("received_on"),
                checks.it_made_the_information_too,
                days.not_before_it_was_sent,
            ),
            clocks=(Effect(clock.RESTART, "bodies", joint, moment_fact="received_on"),),
        ),
    )
