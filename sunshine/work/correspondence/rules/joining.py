"""Joining duplicates, and taking apart again what was joined by mistake.

CASE-APART: what came with a joined case goes back to its old number, and its clock shows what it would
show had it never been joined; the citizen's clock does not begin again. A joined case remembers by its
final stage how far it was, so that it comes back no further and no less far than it had been.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sunshine.kernel.clock import CONTINUE
from sunshine.kernel.procedure import Act, Effect, Situation, Stage, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules.stages import (
    APPROVED,
    ARRIVED,
    DRAFTED,
    HANDLERS,
    HANDLING,
    JOINED,
    JOINED_UNACCEPTED,
    JOINED_UNREGISTERED,
    OFFERED,
    OFFICE,
    REGISTERED,
    RETURNED,
    WITH_HEAD,
)

MERGE: Final = "CASE-MERGE: own rule"
APART: Final = "CASE-APART: own rule"
GIVEN: Final = (OFFERED, RETURNED, WITH_HEAD, HANDLING)


@dataclass(frozen=True, slots=True)
class Joining:
    """A way into another case and back: from where, in which final stage, back where, with which clocks."""

    ending: str
    sources: tuple[Stage, ...]
    joined: Stage
    back: Stage
    clocks: tuple[str, ...] = ()


UNREGISTERED: Final = Joining("_unregistered", (ARRIVED,), JOINED_UNREGISTERED, ARRIVED)


def of_cases() -> tuple[Joining, ...]:
    """Return the ways of cases: not registered yet, or registered and perhaps given to a department."""
    given = Joining("", (REGISTERED, *GIVEN), JOINED, REGISTERED, ("answer", "consultation"))
    return (UNREGISTERED, given)


def of_petitions(accepted: Stage) -> tuple[Joining, ...]:
    """Return the ways of petitions: not registered, not accepted yet, or accepted."""
    early = Joining("_unaccepted", (REGISTERED,), JOINED_UNACCEPTED, REGISTERED, ("notify",))
    return (UNREGISTERED, early, Joining("", (accepted, *GIVEN), JOINED, accepted, ("answer",)))


def acts(joinings: tuple[Joining, ...]) -> tuple[Act, ...]:
    """Return joining and taking apart for each of some ways."""
    return tuple(found for each in joinings for found in (_join(each), _take_apart(each)))


def _join(way: Joining) -> Act:
    return act(
        f"join{way.ending}",
        way.sources,
        way.joined,
        by=(*OFFICE, *HANDLERS),
        basis=MERGE,
        wording=_("The case was joined to another one; everybody who reported it was told."),
        label=_("Join to another case"),
        needs=("other",),
        public=True,
    )


def _take_apart(way: Joining) -> Act:
    return act(
        f"take_apart{way.ending}",
        way.joined,
        way.back,
        by=OFFICE,
        basis=APART,
        wording=_("The case was taken apart from the one it had been joined to; its clock runs as before."),
        label=_("Take apart from the other case"),
        needs=("reason",),
        checks=(joining_is_known, other_case_is_open, no_reply_since),
        clocks=tuple(Effect(CONTINUE, name) for name in way.clocks),
        public=True,
        reopening=True,
    )


def answers_can_come(into: str, *, is_asked: bool) -> Verdict:
    """CH-TASK: what a department was asked of a case is in before the case that goes on is replied."""
    if not is_asked or into not in {DRAFTED.name, APPROVED.name}:
        return HOLDS
    return fails(
        _("A department that was asked of this case has not answered yet, and the other’s reply is drafted."),
        basis="CH-TASK: own rule",
        field="other",
    )


def joining_is_known(situation: Situation) -> Verdict:
    """CASE-APART: what came with which case is kept since joinings can be undone; of older ones it is not."""
    if situation.matter.get("joining_is_known"):
        return HOLDS
    return fails(
        _("It was joined before it was kept what came with which case, and cannot be taken apart."),
        basis=APART,
    )


def other_case_is_open(situation: Situation) -> Verdict:
    """CASE-APART: what was answered together stays together."""
    if situation.matter.get("joined_to_open"):
        return HOLDS
    return fails(
        _("The case it was joined to is closed; who is not content contests its reply."), basis=APART
    )


def no_reply_since(situation: Situation) -> Verdict:
    """CASE-APART: a reply that went out to everybody was this case's reply too."""
    if situation.matter.get("replied_since_joining"):
        return fails(
            _("A reply has gone out since to everybody, and to who came with this case."), basis=APART
        )
    return HOLDS
