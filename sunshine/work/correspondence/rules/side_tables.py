"""Two small procedures beside a case: a task to another department, and an alert of public opinion."""

from __future__ import annotations

from datetime import date
from typing import Final

from sunshine.core.people import rules as people
from sunshine.kernel import clock, procedure
from sunshine.kernel.procedure import Effect, Procedure, Stage, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.correspondence.rules import periods, stages
from sunshine.work.correspondence.rules.stages import HANDLERS, OFFICE

ASKED = Stage("task_asked", _("Asked of a department"))
ANSWERED = Stage("task_answered", _("The department answered"))
WITHDRAWN = Stage("task_withdrawn", _("The question was withdrawn"))
OPENED = Stage("task_opened", _("Being asked"))

RAISED = Stage("alert_raised", _("Raised"))
SPEAKING = Stage("statement_due", _("An authoritative statement is due"))
STATED = Stage("briefing_due", _("The first statement is out; a briefing is due"))
CALMED = Stage("alert_closed", _("Closed with a review"))
FOLLOWED = Stage("alert_followed", _("Statement and briefing are out; it is followed on"))
NOT_RAISED = Stage("no_alert", _("No response is needed"))

SINCE: Final = date(2016, 11, 10)
OPN: Final = "国办发〔2016〕80号"

TASK = Procedure(
    kind=stages.TASK,
    version="1",
    effective_from=date(2008, 5, 1),
    effective_to=None,
    initial=OPENED,
    final=frozenset({ANSWERED, WITHDRAWN}),
    acts=(
        act(
            "put_question",
            OPENED,
            ASKED,
            by=procedure.CLOCK,
            basis="CH-TASK: own rule",
            wording=_("The department was asked and has three working days."),
            clocks=(procedure.starts("task"),),
        ),
        act(
            "answer_task",
            ASKED,
            ANSWERED,
            by=HANDLERS,
            basis="CH-TASK: own rule",
            wording=_("%(actor)s answered what the department was asked."),
            label=_("Answer the question"),
            needs=("answer",),
            likely=True,
        ),
        # Who asked withdraws it on the case, or the case ends; here that is told: they hold no role here.
        act(
            "drop_task",
            ASKED,
            WITHDRAWN,
            by=procedure.CLOCK,
            basis="CH-TASK: own rule",
            wording=_("The question was withdrawn; no answer is expected any more."),
            needs=("reason",),
            clocks=(Effect(clock.DROP, "task"),),
        ),
    ),
    clocks={"task": periods.TASK},
)

ALERT = Procedure(
    kind=stages.ALERT,
    version="2016",
    effective_from=SINCE,
    effective_to=None,
    initial=RAISED,
    final=frozenset({CALMED, NOT_RAISED}),
    acts=(
        act(
            "take_alert",
            RAISED,
            SPEAKING,
            by=procedure.CLOCK,
            basis=f"OPN-5H: {OPN}",
            wording=_("The five and the twenty-four hours run from the moment it was known."),
            clocks=(
                procedure.starts("statement", moment_fact="known_at"),
                procedure.starts("briefing", moment_fact="known_at"),
            ),
        ),
        act(
            "record_statement",
            SPEAKING,
            STATED,
            by=(*OFFICE, people.LEADER),
            basis=f"OPN-5H: {OPN}",
            wording=_("%(actor)s entered that the first authoritative statement is out."),
            label=_("Enter the authoritative statement"),
            needs=("note",),
            clocks=(procedure.stops("statement"),),
            likely=True,
        ),
        act(
            "record_briefing",
            STATED,
            FOLLOWED,
            by=(*OFFICE, people.LEADER),
            basis=f"OPN-24H: {OPN}",
            wording=_("%(actor)s entered that the press conference was held."),
            label=_("Enter the press conference"),
            needs=("note",),
            clocks=(procedure.stops("briefing"),),
            likely=True,
        ),
        act(
            "close_alert",
            FOLLOWED,
            CALMED,
            by=stages.SUPERVISORS,
            basis=f"OPN-REVIEW: {OPN}",
            wording=_("%(actor)s closed the alert with a review."),
            label=_("Close with a review"),
            needs=("note",),
            likely=True,
        ),
        act(
            "drop_alert",
            SPEAKING,
            NOT_RAISED,
            by=stages.SUPERVISORS,
            basis="OPN-SCOPE: 国办发〔2016〕61号",
            wording=_("%(actor)s decided that no response is needed."),
            label=_("No response is needed"),
            needs=("reason",),
        ),
    ),
    clocks={"statement": periods.STATEMENT, "briefing": periods.BRIEFING},
)
