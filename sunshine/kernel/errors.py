"""Every refusal the product can give, by name."""

from __future__ import annotations

from sunshine.kernel.verdict import Reason, Verdict


class DomainError(Exception):
    """Something asked of us that we will not do, with reasons a person can read."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


class NotAllowed(DomainError):
    """The person does not hold the role that the act needs."""


class RuleBroken(DomainError):
    """A rule forbids it; each reason names its basis and, where there is one, the field."""

    @classmethod
    def unless(cls, verdict: Verdict) -> None:
        """Raise with the verdict's reasons unless it holds."""
        if not verdict.holds:
            raise cls(*verdict.reasons)


class StaleStage(DomainError):
    """Somebody acted in between, or the matter is no longer in a stage that allows the act."""


class NotFound(DomainError):
    """There is no such thing, or this person may not know that there is."""
