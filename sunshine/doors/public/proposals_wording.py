"""Says in the reader's language what the rules of proposals and their figures say."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sunshine.design.parts import Tone
from sunshine.doors.public import wording
from sunshine.kernel import clock
from sunshine.work.proposals import rules
from sunshine.work.proposals.models import Proposal
from sunshine.work.proposals.rules import terms
from sunshine.work.proposals.rules.terms import Term


def term(code: str, among: Iterable[Term]) -> str:
    """Say a term of a list: the field's own word in Chinese, its label in English."""
    found = rules.named(code, among)
    if found is None:
        return ""
    return _(found.label) if wording.is_english() else found.term


def of_class(proposal: Proposal, code: str) -> str:
    """Say a class of reply as its session words it."""
    own = rules.set_named(proposal.session.classes)
    found = own.named(code) if own else None
    return f"{found.code} {found.term}" if found else code


def figure(shown: rules.Figure) -> str:
    """Say what a figure counts."""
    label = _(shown.label)
    return label % shown.params if shown.params else label


def state(proposal: Proposal) -> tuple[str, Tone]:
    """Say how a proposal stands, as far as everybody may know."""
    if proposal.is_returned:
        return _("Returned to the assigner"), "quiet"
    if proposal.replied_on is None:
        return _("Being handled"), "info"
    if proposal.role not in terms.REPLIES:
        return _("Opinion given"), "good"
    return _("Replied"), "good"


def why_untitled(proposal: Proposal) -> str:
    """Say why no title stands here."""
    if proposal.is_returned:
        return "—"
    if proposal.role not in terms.REPLIES:
        return _("Published by the body that leads")
    if proposal.replied_on is None:
        return _("Not answered yet")
    if proposal.mark != terms.PROACTIVE.code:
        return term(proposal.mark, rules.MARKS)
    return _("To be published")


def light(reading: clock.Reading | None) -> str:
    """Return the light of what is open; what is answered shows whether it was in time elsewhere."""
    return reading.light.value if reading and reading.stopped_at is None else ""
