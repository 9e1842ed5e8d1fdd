"""What is looked at again, by whom, by when; the lottery; what the report says. No Django."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sunshine.core.people import rules as people
from sunshine.kernel import period, procedure
from sunshine.kernel.period import CALENDAR_DAYS, HOURS, WORKING_DAYS, Period
from sunshine.kernel.procedure import CLOCK, Procedure, Situation, Stage, act
from sunshine.kernel.verdict import HOLDS, Verdict, fails
from sunshine.kernel.words import gettext_noop as _

YEARLY, KEPT, CONVERSION, REPORT_DUTY = "yearly_review", "kept_item", "conversion", "report_duty"
SINCE: Final = date(2008, 5, 1)
BASIS: Final = "PRO-DYNAMIC: FOI 2019 art. 18"

# PRO-DYNAMIC says "regularly"; yearly, the share and all lengths here are the bureau's own rules.
SHARE: Final = 10
"""Of what has no end date at least one in so many is drawn."""
WARN_BEFORE: Final = (60, 30, 7)
"""Days before the end of a ground at which a warning is entered."""
OFTEN: Final = 3
"""So many different people within a year, and what they ask for is proposed to be made public (FOI-OFTEN)."""

YEAR = Period(60, WORKING_DAYS, basis="own rule", id="PRO-DYNAMIC", starts="drawn")
LOOK = Period(40, WORKING_DAYS, basis="own rule", id="PRO-DYNAMIC", starts="drawn")
ENDING = Period(WARN_BEFORE[0], CALENDAR_DAYS, basis="own rule", id="PRO-DYNAMIC", starts="warned_from")
CONVERT = Period(20, WORKING_DAYS, basis="own rule", id="FOI-OFTEN", starts="proposed")
# AR-DUE-DEPT: by 31 January, a day that does not roll; hours end exactly there.
REPORT = Period(31 * 24, HOURS, basis="FOI 2019 art. 49", id="AR-DUE-DEPT", starts="year_over")

REVIEWERS = (people.CONFIDENTIALITY_REVIEWER, people.LEGAL_REVIEWER, people.OFFICE_HEAD)
OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)

OPENED = Stage("review_opened", _("Yearly review opened"))
LOOKING = Stage("review_looking", _("What is not public is being looked at"))
DRAFTED = Stage("review_drafted", _("Report drafted, to be signed off"))
SIGNED = Stage("review_signed", _("Report signed off"))
NEW = Stage("kept_new", _("Entered"))
TO_DECIDE = Stage("kept_to_decide", _("To be decided: closed or open"))
STAYS = Stage("kept_stays", _("Stays closed"))
OPENS = Stage("kept_opens", _("To be opened"))
CONCEIVED = Stage("conversion_new", _("Often asked for"))
PROPOSED = Stage("conversion_proposed", _("To be made public"))
BEGUN = Stage("conversion_begun", _("Begun to be made public"))
DECLINED = Stage("conversion_declined", _("Not made public"))
FORESEEN = Stage("report_foreseen", _("Yearly report foreseen"))
DUE = Stage("report_due", _("Yearly report due"))
MET = Stage("report_met", _("Yearly report public"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that is not public: what it is, on which ground, until when, and who classified it."""

    reference: str
    title: str
    department_id: int
    ground: str
    until: date | None
    classified_by: tuple[int, ...]


PART = "/"


def part_of(reference: str, answer: int, number: int) -> str:
    """Return the name under which a withheld part of an answer is looked at: `S2026-00012/2.1`.

    Those of the first answer are named by their place alone, `S2026-00012/1`; a later answer lists others.
    """
    return f"{reference}{PART}{number}" if answer == 1 else f"{reference}{PART}{answer}.{number}"


def holder(subject: str) -> str:
    """Return the reference of the matter that holds what is looked at."""
    return subject.partition(PART)[0]


def is_part(subject: str) -> bool:
    """Return whether this is a part of an answer, and no document of its own."""
    return PART in subject


def drawn(candidates: Iterable[Candidate], seed: str) -> tuple[Candidate, ...]:
    """Return what is looked at: all that have an end date, and of the rest those that the seed draws.

    Each reference gets the SHA-256 of "seed:reference"; the smallest are drawn, one in ten, at least one.
    """
    listed = sorted(candidates, key=lambda each: each.reference)
    rest = sorted((each for each in listed if each.until is None), key=lambda each: lot(each, seed))
    taken = {each.reference for each in rest[: -(-len(rest) // SHARE)]}
    return tuple(each for each in listed if each.until is not None or each.reference in taken)


def lot(candidate: Candidate, seed: str) -> str:
    """Return a candidate's lot."""
    return hashlib.sha256(f"{seed}:{candidate.reference}".encode()).hexdigest()


def digest_of(candidates: Iterable[Candidate]) -> str:
    """Return the SHA-256 of the references, sorted, a line each: what the public entry promises."""
    lines = "\n".join(sorted(each.reference for each in candidates))
    return hashlib.sha256(lines.encode()).hexdigest()


def warning_due(until: date, today: date) -> int | None:
    """Return the warning whose day has come: the fewest of 60, 30 and 7 days that are not left any more."""
    left = (until - today).days
    return min((days for days in WARN_BEFORE if left <= days), default=None)


def warned_from(until: date) -> date:
    """Return the day from which the end of a ground is counted down."""
    return until - timedelta(days=WARN_BEFORE[0])


def year_over(year: int) -> datetime:
    """Return the moment at which a year is over and its report begins to be due."""
    return period.start_of(date(year + 1, 1, 1))


def counts(rows: Sequence[Mapping[str, Any]], conversions: Sequence[str]) -> dict[str, int]:
    """Return what the report counts: what was looked at, how it was decided, what became of conversions."""
    stages, why = Counter(row["stage"] for row in rows), Counter(row["why"] for row in rows)
    became = Counter(conversions)
    return {
        "looked_at": len(rows),
        "with_end_date": why["end_date"],
        "drawn": why["drawn"],
        "stay_closed": stages[STAYS.name],
        "to_be_opened": stages[OPENS.name],
        "conversions": len(conversions),
        "conversions_begun": became[BEGUN.name],
        "conversions_declined": became[DECLINED.name],
    }


def somebody_else_classified(situation: Situation) -> Verdict:
    """PRO-DYNAMIC: who looks again is nobody who closed it."""
    if situation.matter.get("viewer_classified"):
        return fails(_("You classified this yourself; somebody else must look at it again."), basis=BASIS)
    return HOLDS


def end_is_named(situation: Situation) -> Verdict:
    """What had an end date and stays closed gets a new one, ahead and reasoned: nothing goes on silently."""
    until = situation.facts.get("until")
    if not situation.matter.get("has_end_date") and until is None:
        return HOLDS
    if not isinstance(until, date) or until <= period.day_of(situation.at):
        return fails(_("Name the new day on which the ground ends."), basis=BASIS, field="until")
    return HOLDS


def everything_is_decided(situation: Situation) -> Verdict:
    """The report is drafted when each drawn item has its decision."""
    waiting = situation.matter.get("waiting")
    if not waiting:
        return HOLDS
    return fails(_("%(count)s items have not been decided yet."), basis=BASIS, count=str(waiting))


def _yearly() -> Procedure:
    return Procedure(
        kind=YEARLY,
        version="2008",
        effective_from=SINCE,
        effective_to=None,
        initial=OPENED,
        final=frozenset({SIGNED}),
        clocks={"year": YEAR},
        acts=(
            act(
                "draw",
                OPENED,
                LOOKING,
                by=CLOCK,
                basis=BASIS,
                wording=_(
                    "What is looked at was drawn: everything with an end date, and by lot of the rest."
                ),
                clocks=(procedure.starts("year"),),
                public=True,
            ),
            act(
                "draft_report",
                LOOKING,
                DRAFTED,
                by=people.OFFICE_CLERK,
                basis=BASIS,
                wording=_("%(actor)s drafted the report to the municipal office."),
                label=_("Draft the review’s report"),
                checks=(everything_is_decided,),
                likely=True,
            ),
            act(
                "return_report",
                DRAFTED,
                LOOKING,
                by=(people.OFFICE_HEAD, people.LEADER),
                basis=BASIS,
                wording=_("%(actor)s sent the report back."),
                label=_("Send the report back"),
                needs=("reason",),
            ),
            act(
                "sign_report",
                DRAFTED,
                SIGNED,
                by=(people.OFFICE_HEAD, people.LEADER),
                basis=BASIS,
                wording=_("%(actor)s signed the report to the municipal office off."),
                label=_("Sign the report off"),
                never_by_who_did=("draft_report",),
                four_eyes_since="draft_report",
                public=True,
                likely=True,
            ),
        ),
    )


def _kept() -> Procedure:
    decide = {"by": REVIEWERS, "basis": BASIS, "likely": True}
    return Procedure(
        kind=KEPT,
        version="2008",
        effective_from=SINCE,
        effective_to=None,
        initial=NEW,
        final=frozenset({STAYS, OPENS}),
        clocks={"look": LOOK, "ending": ENDING},
        acts=(
            act(
                "take_in_review",
                NEW,
                TO_DECIDE,
                by=CLOCK,
                basis=BASIS,
                wording=_("It was drawn for the yearly review."),
                clocks=(procedure.starts("look"),),
            ),
            act(
                "take_in_ending",
                NEW,
                TO_DECIDE,
                by=CLOCK,
                basis=BASIS,
                wording=_("Its ground comes to its end."),
                needs=("warned_from",),
                clocks=(procedure.starts("ending", moment_fact="warned_from"),),
            ),
            act(
                "warn",
                TO_DECIDE,
                by=CLOCK,
                basis=BASIS,
                wording=_("The ground ends soon: somebody must decide."),
                needs=("days",),
            ),
            act(
                "keep",
                TO_DECIDE,
                STAYS,
                wording=_("%(actor)s decided that it stays closed."),
                label=_("It stays closed"),
                needs=("reason",),
                checks=(somebody_else_classified, end_is_named),
                **decide,  # type: ignore[arg-type]  # options that both acts share
            ),
            act(
                "let_open",
                TO_DECIDE,
                OPENS,
                wording=_("%(actor)s decided that it is to be opened."),
                label=_("It is to be opened"),
                needs=("reason",),
                checks=(somebody_else_classified,),
                **decide,  # type: ignore[arg-type]  # options that both acts share
            ),
        ),
    )


def _conversion() -> Procedure:
    often = "FOI-OFTEN: FOI 2019 art. 44"
    return Procedure(
        kind=CONVERSION,
        version="2008",
        effective_from=SINCE,
        effective_to=None,
        initial=CONCEIVED,
        final=frozenset({BEGUN, DECLINED}),
        clocks={"convert": CONVERT},
        acts=(
            act(
                "propose",
                CONCEIVED,
                PROPOSED,
                by=CLOCK,
                basis=often,
                wording=_("It is to be made public."),
                clocks=(procedure.starts("convert"),),
            ),
            act(
                "begin",
                PROPOSED,
                BEGUN,
                by=OFFICE,
                basis=often,
                wording=_("%(actor)s began the document that makes it public."),
                label=_("Begin the document"),
                needs=("document",),
                likely=True,
            ),
            act(
                "decline",
                PROPOSED,
                DECLINED,
                by=people.OFFICE_HEAD,
                basis=often,
                wording=_("%(actor)s decided not to make it public."),
                label=_("Do not make it public"),
                needs=("reason",),
            ),
        ),
    )


def _report_duty() -> Procedure:
    basis = "AR-DUE-DEPT: FOI 2019 art. 49"
    return Procedure(
        kind=REPORT_DUTY,
        version="2008",
        effective_from=SINCE,
        effective_to=None,
        initial=FORESEEN,
        final=frozenset({MET}),
        clocks={"publish": REPORT},
        acts=(
            act(
                "remind",
                FORESEEN,
                DUE,
                by=CLOCK,
                basis=basis,
                wording=_("The year is over; its report is due by 31 January."),
                needs=("year_over",),
                clocks=(procedure.starts("publish", moment_fact="year_over"),),
            ),
            act(
                "meet",
                DUE,
                MET,
                by=(CLOCK, *OFFICE),
                basis=basis,
                wording=_("The report is public."),
                label=_("The report is public"),
                needs=("record",),
                likely=True,
            ),
        ),
    )


PROCEDURES = (_yearly(), _kept(), _conversion(), _report_duty())
