"""How each act of a procedure is done from the desk: its operation, and what its form asks.

What an act needs stands in its procedure (`act.needs`); a form asks for exactly that. Here stands only
what the table cannot say: the operation, what an operation takes beside it, and the page an act has of
its own. A new act of a procedure therefore needs one line here and no view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sunshine.kernel.procedure import Act
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules


@dataclass(frozen=True, slots=True)
class Deed:
    """One act at the desk.

    `asks` and `may_ask` name facts beside those that the act needs (the first must be given);
    `page` is the address name of the act's own page, where a plain form does not do.
    """

    operation: Callable[..., object] | None = None
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    page: str = ""
    is_grave: bool = False

    def facts(self, act: Act) -> tuple[str, ...]:
        """Return the facts that the act's form asks for, those that must be given first."""
        needed = tuple(name for name in act.needs if name not in self.leaves_out)
        return (*dict.fromkeys((*needed, *self.asks, *self.may_ask)),)

    def is_plain(self, act: Act) -> bool:
        """Return whether one press does it: nothing to fill in, and nothing becomes public by it."""
        return not self.page and not self.facts(act) and not act.public and not self.is_grave


DOCUMENT: Mapping[str, Deed] = {
    "draft": Deed(page="desk:write"),
    "set_attribute": Deed(page="desk:attribute"),
    "submit": Deed(documents.submit),
    "abandon": Deed(documents.abandon, is_grave=True),
    "drop_correction": Deed(documents.drop_correction, is_grave=True),
    "accept": Deed(documents.accept),
    "return_without_interpretation": Deed(documents.return_without_interpretation, asks=("reason",)),
    "send_back": Deed(documents.send_back),
    "review": Deed(page="desk:review"),
    "pass_on": Deed(documents.pass_on),
    "sign_off": Deed(page="desk:sign_off"),
    "publish": Deed(documents.publish),
    # The time stands in the frozen bundle; the form does not ask for another one.
    "schedule": Deed(documents.schedule, leaves_out=("publish_at",)),
    "unschedule": Deed(documents.unschedule, may_ask=("reason",)),
    "file": Deed(documents.file),
    "open_up": Deed(documents.open_up),
    "correct": Deed(documents.correct),
    "propose_withdrawal": Deed(documents.propose_withdrawal, is_grave=True),
    "withdraw": Deed(documents.withdraw, is_grave=True),
    "repeal": Deed(documents.repeal, is_grave=True),
    "lower_attribute_propose": Deed(documents.propose_lower_attribute, is_grave=True),
    "lower_attribute": Deed(documents.lower_attribute, asks=("reason",), is_grave=True),
    "propose_erasure": Deed(documents.propose_erasure, is_grave=True),
    "erase": Deed(documents.erase, is_grave=True),
    "hand_over": Deed(documents.hand_over),
}
DEEDS: Mapping[str, Mapping[str, Deed]] = {rules.KIND: DOCUMENT}


def deed(kind: str, act: str) -> Deed:
    """Return how an act of a kind of matter is done; KeyError where the desk knows no such act."""
    return DEEDS[kind][act]
