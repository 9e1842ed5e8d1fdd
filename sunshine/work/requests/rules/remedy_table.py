"""Reconsideration and lawsuit against an answer: matters of their own, with the terms set for the bureau."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import Act, Procedure, Stage, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, days, periods, remedies
from sunshine.work.requests.rules.stages import OFFICE
from sunshine.work.requests.rules.terms import FIRST_TEXT

KIND: Final = "remedy"

NOTIFIED = Stage("remedy_notified", _("Filed against an answer"))
DEFENDED = Stage("remedy_defended", _("The bureau has answered; waiting for the decision"))
DECIDED = Stage("remedy_decided", _("Decided"))

DEFENDERS = (*OFFICE, people.LEGAL_REVIEWER)


@dataclass(frozen=True, slots=True)
class Track:
    """One way in which a remedy is heard, with the time in which the bureau must answer."""

    code: str
    sort: str
    label: str
    waiting: Stage
    period: Period


# REM-SIMPLE: disclosure cases may be heard in simple procedure; REM-DEFEND, REM-COURT.
TRACKS = (
    Track(
        "ordinary",
        remedies.RECONSIDERATION.code,
        _("Reconsideration, ordinary procedure"),
        Stage("remedy_ordinary", _("Reconsideration: the bureau must answer")),
        periods.REMEDY_REPLY,
    ),
    Track(
        "simple",
        remedies.RECONSIDERATION.code,
        _("Reconsideration, simple procedure"),
        Stage("remedy_simple", _("Reconsideration in simple procedure: the bureau must answer")),
        periods.REMEDY_REPLY_SIMPLE,
    ),
    Track(
        "court",
        remedies.LAWSUIT.code,
        _("Lawsuit"),
        Stage("remedy_court", _("Lawsuit: the bureau must answer")),
        periods.DEFEND,
    ),
)


def _of_a_track(track: Track) -> tuple[Act, ...]:
    basis = f"{track.period.id}: {track.period.basis}"
    return (
        act(
            f"take_in_{track.code}",
            NOTIFIED,
            track.waiting,
            by=DEFENDERS,
            basis=basis,
            wording=_("%(actor)s entered that the bureau must answer."),
            label=track.label,
            needs=("received_on",),
            checks=(checks.not_after_today("received_on"),),
            clocks=(procedure.starts(track.code, moment_fact="received_on"),),
            public=True,
            likely=True,
        ),
        act(
            f"defend_{track.code}",
            track.waiting,
            DEFENDED,
            by=DEFENDERS,
            basis=basis,
            wording=_("%(actor)s entered the bureau’s answer with its evidence."),
            label=_("Enter the bureau’s answer"),
            needs=("sent_on",),
            checks=(checks.not_after_today("sent_on"), days.not_before("sent_on", "filed_on")),
            clocks=(procedure.stops(track.code, moment_fact="sent_on"),),
            likely=True,
        ),
    )


def _decide() -> Act:
    return act(
        "decide_remedy",
        (*(track.waiting for track in TRACKS), DEFENDED),
        DECIDED,
        by=DEFENDERS,
        basis="REM-60D: 行政复议法 art. 62; 行政诉讼法 art. 81",
        wording=_("%(actor)s entered the decision."),
        label=_("Enter the decision"),
        needs=("result", "decided_on"),
        checks=(
            checks.result_is_known,
            checks.not_after_today("decided_on"),
            days.not_before("decided_on", "filed_on"),
        ),
        public=True,
        likely=True,
    )


REMEDY = Procedure(
    kind=KIND,
    version="2008",
    effective_from=FIRST_TEXT,
    effective_to=None,
    initial=NOTIFIED,
    final=frozenset({DECIDED}),
    acts=(*(each for track in TRACKS for each in _of_a_track(track)), _decide()),
    clocks={track.code: track.period for track in TRACKS},
)
PROCEDURES = (REMEDY,)
