"""Where a request can stand, and who works on it."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel.procedure import Stage
from sunshine.kernel.words import gettext_noop as _

KIND = "information_request"

ARRIVED = Stage("arrived", _("Arrived, day of receipt not fixed yet"))
RECEIVED = Stage("received", _("Received"))
INCOMPLETE = Stage("incomplete", _("Waiting for the applicant to complete"))
HANDLING = Stage("handling", _("Being handled"))
CONSULTING = Stage("consulting", _("A third party is being asked"))
AWAITING_CONSENT = Stage("awaiting_consent", _("Waiting for the third party’s answer"))
ASKING = Stage("asking_bodies", _("Waiting for other bodies"))
EXPLAINING = Stage("explaining", _("Waiting for the applicant’s reasons"))
DEFERRED = Stage("deferred", _("Reply at a later day that was told"))
AWAITING_PAYMENT = Stage("awaiting_payment", _("Waiting for the processing fee"))
DRAFTED = Stage("reply_drafted", _("Reply drafted"))
APPROVED = Stage("reply_approved", _("Reply approved, to be sent"))
ANSWERED = Stage("answered", _("Answered"))
LAPSED = Stage("lapsed", _("Closed: not completed in time"))
UNPAID = Stage("unpaid", _("Closed: fee not paid"))
WITHDRAWN = Stage("withdrawn_by_applicant", _("Withdrawn by the applicant"))
MERGED = Stage("merged", _("Merged into another request"))

FINAL = frozenset({ANSWERED, LAPSED, UNPAID, WITHDRAWN, MERGED})
UNFINISHED = (
    ARRIVED,
    RECEIVED,
    INCOMPLETE,
    HANDLING,
    CONSULTING,
    AWAITING_CONSENT,
    ASKING,
    DRAFTED,
    APPROVED,
)
UNFINISHED_2019 = (*UNFINISHED, EXPLAINING, DEFERRED, AWAITING_PAYMENT)

OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)
HANDLERS = (people.DRAFTER, people.DEPARTMENT_HEAD, people.OFFICE_CLERK)
