"""What one law calls by a word of its own is not shown under the word of another."""

from __future__ import annotations

import pytest

from sunshine.core.publishing import preparing
from sunshine.work.correspondence.rules import terms as letters
from sunshine.work.participation.rules import decisions
from sunshine.work.requests.rules import remedies
from tools import messages


def lawsuit_of_letters() -> tuple[str, str]:
    found = next(term for term in letters.OTHER_WAYS if term.code == "lawsuit")
    return found.label, found.term


@pytest.mark.parametrize(
    ("told", "word"),
    [
        # 国务院令第713号 art. 25 says 合法性审查 of decisions, 国办发〔2018〕37号 合法性审核 of documents.
        ((decisions.STEPS[preparing.LEGALITY].label, decisions.STEPS[preparing.LEGALITY].term), "合法性审查"),
        # CH-NOT: a letter is sent to any court, an answer of the bureau is contested in one sort of suit.
        (lawsuit_of_letters(), "诉讼"),
        ((remedies.LAWSUIT.label, remedies.LAWSUIT.term), "行政诉讼"),
    ],
)
def test_a_procedure_is_shown_under_its_own_word(told: tuple[str, str], word: str):
    label, term = told
    message = messages.stored().get(label)
    assert message is not None
    assert (message.string, term) == (word, word)
