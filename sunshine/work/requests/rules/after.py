"""After the answer: service that failed, the applicant's rating, an order to answer anew."""

from __future__ import annotations

from sunshine.core.people import rules as people
from sunshine.kernel import procedure
from sunshine.kernel.procedure import APPLICANT, Act, act
from sunshine.kernel.words import gettext_noop as _
from sunshine.work.requests.rules import checks, days, reply_checks
from sunshine.work.requests.rules.periods import Text
from sunshine.work.requests.rules.stages import ANSWERED, HANDLING, OFFICE


def acts(text: Text) -> tuple[Act, ...]:
    """Return the acts on a request that was answered."""
    return (
        act(
            "service_failed",
            ANSWERED,
            by=OFFICE,
            basis="FOI-SERVE-FAIL: 国办公开办函〔2016〕235号",
            wording=_("The letter came back; it lies ready on the applicant’s page."),
            label=_("Enter that the letter came back"),
            needs=("note",),
        ),
        act(
            "serve_again",
            ANSWERED,
            by=OFFICE,
            basis="FOI-SERVE-FAIL: 国办公开办函〔2016〕235号",
            wording=_("The letter was sent once more."),
            label=_("Send the letter once more"),
            needs=("service", "served_on"),
            checks=(reply_checks.service_is_sound, checks.not_after_today("served_on")),
        ),
        act(
            "make_public",
            ANSWERED,
            by=(*OFFICE, people.DRAFTER),
            basis="FOI-OFTEN: FOI 2019 art. 44",
            wording=_("%(actor)s began a document from the answer, to be public for everybody."),
            label=_("Make public for everybody"),
            checks=(reply_checks.something_was_given, reply_checks.nothing_was_begun),
        ),
        act(
            "rate",
            ANSWERED,
            by=APPLICANT,
            basis="CH-RATE: own rule",
            wording=_("The applicant rated the answer."),
            label=_("Rate the answer"),
            needs=("rating",),
            checks=(checks.rating_is_known, checks.not_rated_yet),
        ),
        act(
            "answer_anew",
            ANSWERED,
            HANDLING,
            by=people.OFFICE_HEAD,
            basis=f"行政复议法 art. 64; 行政诉讼法 art. 70; {text.time}",
            wording=_("%(actor)s took the request up again: it must be answered anew."),
            label=_("Answer anew, as ordered"),
            needs=("reason", "ordered_on"),
            checks=(checks.not_after_today("ordered_on"), days.not_before("ordered_on", "served_last_on")),
            clocks=(procedure.restarts("reply", moment_fact="ordered_on"),),
            public=True,
            reopening=True,
        ),
    )
