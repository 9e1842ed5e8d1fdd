"""The stages of official documents, who acts on them, and the two texts of the regulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sunshine.core.people import rules as people
from sunshine.kernel.period import Period
from sunshine.kernel.procedure import Stage
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.documents.rules import grounds, periods

KIND = "document"

DRAFTING = Stage("drafting", _("Being drafted"))
AT_OFFICE = Stage("at_office", _("With the disclosure office"))
IN_REVIEW = Stage("in_review", _("Being reviewed"))
AT_LEADER = Stage("at_leader", _("Waiting for the leader’s signature"))
APPROVED = Stage("approved", _("Approved"))
SCHEDULED = Stage("scheduled", _("Scheduled for publication"))
PUBLISHED = Stage("published", _("Published"))
WITHDRAWN = Stage("withdrawn", _("Withdrawn"))
FILED = Stage("filed", _("Filed, not published"))
ABANDONED = Stage("abandoned", _("Given up"))

FINAL = frozenset({WITHDRAWN, FILED, ABANDONED})
UNFINISHED = (DRAFTING, AT_OFFICE, IN_REVIEW, AT_LEADER, APPROVED, SCHEDULED, PUBLISHED)

OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)
DEPARTMENT = (people.DRAFTER, people.DEPARTMENT_HEAD)
REVIEWERS = (
    people.PROOFREADER,
    people.PRIVACY_REVIEWER,
    people.CONFIDENTIALITY_REVIEWER,
    people.LEGAL_REVIEWER,
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the regulation, as far as documents ask: its days, its articles, its period."""

    version: str
    effective_from: date
    effective_to: date | None
    maker_publishes: str
    review: str
    time: str
    dynamic: str
    publish: Period


FOI_2008 = Text(
    "2008",
    grounds.FIRST_TEXT,
    grounds.FIRST_TEXT_ENDS,
    maker_publishes="FOI 2008 art. 17",
    review="FOI 2008 art. 14",
    time="FOI 2008 art. 18",
    dynamic="FOI 2008 art. 14",
    publish=periods.PUBLISH_2008,
)
FOI_2019 = Text(
    "2019",
    grounds.SECOND_TEXT,
    None,
    maker_publishes="FOI 2019 art. 10",
    review="FOI 2019 art. 17",
    time="FOI 2019 art. 26",
    dynamic="FOI 2019 art. 18",
    publish=periods.PUBLISH_2019,
)
