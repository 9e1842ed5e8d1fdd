"""The document by which a reply becomes public: its title and text, named as the session's rule says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sunshine.kernel import period
from sunshine.text import markup
from sunshine.work.proposals.models import Reply
from sunshine.work.proposals.rules import commitments, naming, terms

PROMISED = "承诺事项："
_ADDRESSEE = re.compile(r"^[^\n。]{1,60}[：:]\s*$")


@dataclass(frozen=True, slots=True)
class Paper:
    """What everybody will read: title, body as HTML, the day on which the reply was given."""

    title: str
    body: str
    formed_on: date


def document(reply: Reply) -> Paper:
    """Return the document of a reply that was given; contact data is in none of its sources."""
    proposal = reply.proposal
    session = proposal.session
    rule = proposal.naming_rule()
    sort = "建议" if session.body == terms.CONGRESS.code else "提案"
    again = "再次" if reply.number > 1 else ""
    subject = naming.without_names(proposal.matter.title, *rule)
    lines = reply.text.strip().splitlines()
    if lines and _ADDRESSEE.match(lines[0]):
        lines = lines[1:]  # the reply's own first line names the deputy in full
    text = naming.without_names("\n".join(lines), *rule)
    promised = [
        commitments.written(each.number, naming.without_names(each.text, *rule), each.promised_for)
        for each in reply.commitments.all()
    ]
    said = [f"{naming.addressed(*rule)}：", text, *([PROMISED, *promised] if promised else [])]
    return Paper(
        title=f"对{session.name}第{proposal.number}号{sort}《{subject}》的{again}答复"[:300],
        body=markup.from_plain("\n".join(said)),
        formed_on=reply.replied_on or period.day_of(reply.drafted_at),
    )
