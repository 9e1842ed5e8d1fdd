"""The reply, first and second: drafted with class and mark, signed by another, handed to the deputy."""

from __future__ import annotations

from dataclasses import dataclass

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import Act, Stage, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import checks
from sunshine.work.proposals.rules import stages as at

SOUND = (checks.reply_is_sound, checks.commitments_are_sound, checks.nothing_is_promised_too_early)
SIGNED_SOUND = (checks.joint_opinions_are_in, checks.deputy_was_talked_to)


@dataclass(frozen=True, slots=True)
class Round:
    """One way from the work to the reply: its stages, the names of its acts, the words of its buttons."""

    clock: str
    stages: tuple[Stage, Stage, Stage]
    names: tuple[str, str, str, str]
    labels: tuple[str, str, str, str]


FIRST = Round(
    "reply",
    (at.HANDLING, at.DRAFTED, at.SIGNED),
    ("draft_reply", "return_reply", "sign", "reply"),
    (
        _("Draft the reply to the deputy"),
        _("Send the reply back"),
        _("Sign the reply"),
        _("Enter that the deputy has the reply"),
    ),
)
SECOND = Round(
    "again",
    (at.HANDLING_AGAIN, at.DRAFTED_AGAIN, at.SIGNED_AGAIN),
    ("draft_again", "return_again", "sign_again", "reply_again"),
    (
        _("Draft the second reply"),
        _("Send the second reply back"),
        _("Sign the second reply"),
        _("Enter that the deputy has the second reply"),
    ),
)


def acts(way: Round, basis: str) -> tuple[Act, ...]:
    """Return the acts of one round."""
    work, drafted, signed = way.stages
    draft, send_back, sign, reply = way.names
    labels = dict(zip(way.names, way.labels, strict=True))
    return (
        act(
            draft,
            work,
            drafted,
            by=at.HANDLERS,
            basis=f"PRP-CLASS, PRP-MARK; {basis}",
            wording=_("%(actor)s drafted the reply to the deputy."),
            label=labels[draft],
            needs=("reply_class", "text", "mark"),
            checks=SOUND,
            likely=True,
        ),
        act(
            send_back,
            (drafted, signed),
            work,
            by=(*at.HEADS, people.LEADER),
            basis=checks.OWN,
            wording=_("%(actor)s sent the reply back."),
            label=labels[send_back],
            needs=("reason",),
        ),
        act(
            sign,
            drafted,
            signed,
            by=people.LEADER,
            basis=basis,
            wording=_("%(actor)s signed the reply."),
            label=labels[sign],
            checks=(*SOUND, *SIGNED_SOUND),
            never_by_who_did=(draft,),
            four_eyes_since=draft,
            likely=True,
        ),
        act(
            reply,
            signed,
            at.REPLIED,
            by=at.HANDLERS,
            basis=basis,
            wording=_("The reply was handed to the deputy."),
            label=labels[reply],
            needs=("replied_on", "way"),
            checks=(
                *SIGNED_SOUND,
                checks.not_after_today("replied_on"),
                checks.not_before_it_was_signed(sign),
            ),
            clocks=(
                procedure.stops(way.clock, moment_fact="replied_on"),
                procedure.restarts("rating", moment_fact="replied_on"),
            ),
            public=True,
            likely=True,
        ),
    )
