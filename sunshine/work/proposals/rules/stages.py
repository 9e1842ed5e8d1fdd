"""Where a proposal, an opinion and a publication can stand, and who works on them."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel.procedure import Stage
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.proposals.rules import periods

SUGGESTION, PROPOSAL = periods.SUGGESTION, periods.PROPOSAL
LED = frozenset({SUGGESTION, PROPOSAL})
OPINION = "joint_opinion"
PUBLICATION = "reply_publication"

LISTED = Stage("listed", _("On the list"))
ASSIGNED = Stage("assigned", _("Assigned to the bureau"))
HANDED_BACK = Stage("handed_back", _("Handed back, the assigner decides"))
ACCEPTED = Stage("accepted", _("Accepted, waits for its department"))
HANDLING = Stage("proposal_handling", _("Being handled"))
DRAFTED = Stage("proposal_reply_drafted", _("Reply drafted"))
SIGNED = Stage("proposal_reply_signed", _("Reply signed, to be handed over"))
REPLIED = Stage("replied", _("Replied, the deputy’s view is asked"))
HANDLING_AGAIN = Stage("handling_again", _("Being handled again"))
DRAFTED_AGAIN = Stage("second_reply_drafted", _("Second reply drafted"))
SIGNED_AGAIN = Stage("second_reply_signed", _("Second reply signed, to be handed over"))
FOLLOWED = Stage("followed", _("Answered, commitments are followed"))
CLOSED = Stage("proposal_closed", _("Closed"))
RETURNED = Stage("returned_to_assigner", _("Returned to the assigner"))

LED_FINAL = frozenset({CLOSED, RETURNED})
AFTER_REPLY = (REPLIED, HANDLING_AGAIN, DRAFTED_AGAIN, SIGNED_AGAIN, FOLLOWED)
AT_WORK = (HANDLING, DRAFTED, SIGNED, HANDLING_AGAIN, DRAFTED_AGAIN, SIGNED_AGAIN)

ASKED = Stage("opinion_asked", _("Our opinion is asked"))
BACK = Stage("opinion_handed_back", _("Handed back, the lead decides"))
GIVING = Stage("opinion_being_written", _("Opinion being written"))
OPINION_DRAFTED = Stage("opinion_drafted", _("Opinion drafted"))
GIVEN = Stage("opinion_given", _("Opinion given"))
CALLED_OFF = Stage("opinion_called_off", _("No longer asked"))
OPINION_FINAL = frozenset({GIVEN, CALLED_OFF, RETURNED})

DUE = Stage("publication_due", _("To be published"))
BEGUN = Stage("publication_begun", _("Document begun"))
PUBLIC = Stage("reply_published", _("Published"))
WITHHELD = Stage("reply_withheld", _("Not published"))
PUBLICATION_FINAL = frozenset({PUBLIC, WITHHELD})

OFFICE = (people.OFFICE_CLERK, people.OFFICE_HEAD)
HANDLERS = (people.DRAFTER, people.DEPARTMENT_HEAD, people.OFFICE_CLERK)
HEADS = (people.DEPARTMENT_HEAD, people.OFFICE_HEAD)
