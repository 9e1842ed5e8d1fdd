"""An attribute moves towards closed by two persons, also while the document is a draft again."""

from __future__ import annotations

from typing import Any

from sunshine.kernel.procedure import Done
from sunshine.work.documents import rules as documents
from sunshine.work.documents.rules import checks
from tests.rules.test_documents import DRAFTER, MONDAY, OFFICE_HEAD, judged, situation


def test_what_was_submitted_once_is_not_lowered_by_one_person_and_what_never_was_is():
    lowering: dict[str, Any] = {"facts": {"attribute": "on_request"}}
    assert judged("set_attribute", "drafter", DRAFTER, situation(documents.DRAFTING, **lowering)).is_open
    submitted = situation(documents.DRAFTING, Done("submit", DRAFTER, MONDAY), **lowering)
    refused = judged("set_attribute", "drafter", DRAFTER, submitted)
    assert [reason.basis for reason in refused.rules.reasons] == [checks.ATTR_CHANGE]


def test_a_draft_that_came_back_is_lowered_by_two_and_a_correction_is_dropped_first():
    facts = {"reason": "限制", "attribute": "on_request", "ground": "internal_affairs"}
    submitted, proposed = (
        Done("submit", DRAFTER, MONDAY),
        Done("lower_attribute_propose", DRAFTER, MONDAY),
    )
    came_back = situation(documents.DRAFTING, submitted, facts=facts)
    assert judged("lower_attribute_propose", "drafter", DRAFTER, came_back).is_open
    assert not judged("lower_attribute_in_draft", "office_head", OFFICE_HEAD, came_back).is_open
    waits = situation(documents.DRAFTING, submitted, proposed, facts=facts)
    assert judged("lower_attribute_in_draft", "office_head", OFFICE_HEAD, waits).is_open
    assert not judged("lower_attribute_in_draft", "office_head", DRAFTER, waits).people.holds
    fresh = situation(documents.DRAFTING, facts=facts)
    assert not judged("lower_attribute_propose", "drafter", DRAFTER, fresh).is_open
    corrected = situation(documents.DRAFTING, submitted, Done("publish", OFFICE_HEAD, MONDAY), facts=facts)
    assert not judged("lower_attribute_propose", "drafter", DRAFTER, corrected).is_open
