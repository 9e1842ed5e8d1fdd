"""The verbs of suggestions and proposals, in the order of their life."""

from __future__ import annotations

from sunshine.work.proposals.operations.following import (
    chase,
    close,
    dissatisfied_later,
    go_without_rating,
    keep_commitment,
    put_off_commitment,
    rate,
)
from sunshine.work.proposals.operations.handling import (
    accept,
    accept_by_silence,
    ask_opinions,
    assign,
    assigner_agrees,
    assigner_insists,
    extend,
    hand_back,
    hand_over,
    propose_extension,
    reassign,
    record_contact,
)
from sunshine.work.proposals.operations.opining import (
    call_off,
    draft_opinion,
    hand_in_opinion,
    record_opinion,
    return_opinion,
    send_opinion,
    urge,
)
from sunshine.work.proposals.operations.publishing import begin_document, note_record, withhold
from sunshine.work.proposals.operations.registering import (
    Imported,
    ListRefused,
    enter,
    import_list,
    open_session,
)
from sunshine.work.proposals.operations.replying import draft_reply, reply, return_reply, sign
from sunshine.work.proposals.operations.timed import accept_what_was_not_handed_back

__all__ = [
    "Imported",
    "ListRefused",
    "accept",
    "accept_by_silence",
    "accept_what_was_not_handed_back",
    "ask_opinions",
    "assign",
    "assigner_agrees",
    "assigner_insists",
    "begin_document",
    "call_off",
    "chase",
    "close",
    "dissatisfied_later",
    "draft_opinion",
    "draft_reply",
    "enter",
    "extend",
    "go_without_rating",
    "hand_back",
    "hand_in_opinion",
    "hand_over",
    "import_list",
    "keep_commitment",
    "note_record",
    "open_session",
    "propose_extension",
    "put_off_commitment",
    "rate",
    "reassign",
    "record_contact",
    "record_opinion",
    "reply",
    "return_opinion",
    "return_reply",
    "send_opinion",
    "sign",
    "urge",
    "withhold",
]
