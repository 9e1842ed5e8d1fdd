"""Where a case can stand, and who works on it."""

from __future__ import annotations

from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel.procedure import Stage
from sunshine.kernel.words import gettext_noop as _

CASE: Final = "citizen_case"
PETITION: Final = "petition"
TASK: Final = "case_task"
ALERT: Final = "opinion_alert"
KINDS: Final = (CASE, PETITION)

ARRIVED = Stage("case_arrived", _("Arrived, to be registered"))
DANGEROUS = Stage("being_secured", _("A danger is being secured"))
REGISTERED = Stage("case_registered", _("Registered, to be given to a department"))
OFFERED = Stage("offered", _("Given to a department, not accepted yet"))
RETURNED = Stage("given_back", _("Given back by a department"))
WITH_HEAD = Stage("with_head", _("Before the head of the office"))
HANDLING = Stage("case_in_hand", _("Being handled"))
DRAFTED = Stage("case_reply_drafted", _("Reply drafted"))
APPROVED = Stage("case_reply_approved", _("Reply approved, to be sent"))
CONTESTED = Stage("contested", _("Contested, to be given to another person"))
REPLIED = Stage("replied", _("Replied"))
JOINED = Stage("joined_to_another", _("Joined to another case"))
JOINED_UNREGISTERED = Stage("joined_unregistered", _("Joined to another case"))
JOINED_UNACCEPTED = Stage("joined_unaccepted", _("Joined to another case"))
PASSED_ON = Stage("told_where_to_go", _("Belongs to another procedure"))
TAKEN_BACK = Stage("taken_back_by_reporter", _("Taken back by the reporter"))
FORWARDED_BACK = Stage("objected", _("Given back to who forwarded it"))

FINAL = frozenset({REPLIED, JOINED, JOINED_UNREGISTERED, PASSED_ON, TAKEN_BACK})
UNFINISHED = (ARRIVED, REGISTERED, OFFERED, RETURNED, WITH_HEAD, HANDLING, DRAFTED, APPROVED)

OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)
HANDLERS = (people.DRAFTER, people.DEPARTMENT_HEAD)
SUPERVISORS = (people.OFFICE_HEAD, people.LEADER)
