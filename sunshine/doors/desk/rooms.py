"""What the acts of each room need to know of it (see `acting.Room`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import (
    letters_matter,
    matter,
    participation_matter,
    proposals_matter,
    requests_matter,
    reviews_matter,
    words,
)
from sunshine.doors.desk.acting import Room
from sunshine.doors.desk.letters_facts import LetterActForm
from sunshine.doors.desk.participation_facts import ParticipationActForm
from sunshine.doors.desk.proposals_facts import ProposalActForm
from sunshine.doors.desk.requests_facts import RequestActForm
from sunshine.kernel.procedure import Act
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages
from sunshine.work.documents import queries as documents


def _readable(request: HttpRequest, reference: str) -> Matter:
    return matter.readable(request, reference).matter


def _acts_for(found: Matter, person: Person, now: datetime) -> list[matter.ActShown]:
    return matter.acts_for(documents.document(found.reference), person, now)


def _publish_at(found: Matter, wanted: Act) -> Mapping[str, Any]:
    """Say the time that the frozen bundle names, where the act is about it."""
    if "publish_at" not in wanted.needs:
        return {}
    moment = words.moment(drafts.time_of_publication(found.pk))
    return {"publish_at": moment or _("The document names no time of publication; send it back to name one.")}


def _known_of_letter(found: Matter, wanted: Act) -> Mapping[str, Any]:
    """Return the reply that was drafted before, and the sort that the letter was given when it came."""
    if wanted.name == "draft_case_reply" and found.kind in stages.KINDS:
        reply = cases.newest_reply(cases.case(found.reference))
        if reply is not None and reply.sent_at is None:
            return {"outcome": reply.outcome, "text": reply.text, "promised_on": reply.promised_on}
    if wanted.name.startswith("register_") and found.kind == stages.CASE:
        return {"sort": cases.case(found.reference).sort}
    return {}


DOCUMENTS = Room(_readable, _acts_for, beside=_publish_at)
REQUESTS = Room(requests_matter.readable, requests_matter.acts_for, RequestActForm)
LETTERS = Room(letters_matter.readable, letters_matter.acts_for, LetterActForm, known=_known_of_letter)
PROPOSALS = Room(proposals_matter.readable, proposals_matter.acts_for, ProposalActForm, place="proposals")
PARTICIPATION = Room(participation_matter.readable, participation_matter.acts_for, ParticipationActForm)
REVIEWS = Room(reviews_matter.readable, reviews_matter.acts_for, reviews_matter.DecisionForm)
