"""The officer's verbs for documents, in the order of a document's life."""

from __future__ import annotations

from sunshine.work.documents.operations.approving import (
    accept,
    file,
    pass_on,
    return_without_interpretation,
    review,
    send_back,
    sign_off,
)
from sunshine.work.documents.operations.drafting import (
    abandon,
    add_interpretation,
    attach,
    autosave,
    detach,
    drop_correction,
    hand_over,
    open_document,
    remove_interpretation,
    set_attribute,
    submit,
    write,
)
from sunshine.work.documents.operations.mending import (
    correct,
    erase,
    lower_attribute,
    open_up,
    propose_erasure,
    propose_lower_attribute,
    propose_withdrawal,
    repeal,
    withdraw,
)
from sunshine.work.documents.operations.releasing import publish, publish_due, schedule, unschedule

__all__ = [
    "abandon",
    "accept",
    "add_interpretation",
    "attach",
    "autosave",
    "correct",
    "detach",
    "drop_correction",
    "erase",
    "file",
    "hand_over",
    "lower_attribute",
    "open_document",
    "open_up",
    "pass_on",
    "propose_erasure",
    "propose_lower_attribute",
    "propose_withdrawal",
    "publish",
    "publish_due",
    "remove_interpretation",
    "repeal",
    "return_without_interpretation",
    "review",
    "schedule",
    "send_back",
    "set_attribute",
    "sign_off",
    "submit",
    "unschedule",
    "withdraw",
    "write",
]
