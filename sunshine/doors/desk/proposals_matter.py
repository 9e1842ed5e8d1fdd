"""The page of a proposal, a joint opinion or a publication: acts, clocks, talks, opinions, replies, story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import listed, shell, words
from sunshine.doors.desk import matter as pages
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Opinion, Proposal, Publication, Reply

Rows = Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A joint opinion that was asked, with its light."""

    reference: str
    of: str
    light: str
    due_on: date | None
    given_on: date | None
    is_called_off: bool
    opinion: str


@dataclass(frozen=True, slots=True)
class Given:
    """A reply with what it promises and how it becomes public."""

    reply: Reply
    rows: Rows
    promises: Sequence[queries.Promise]
    publication: Publication | None


def readable(request: HttpRequest, reference: str) -> Matter:
    """Return a matter of this room that this officer may read.

    :raises NotFound: there is none, or this officer may not know that there is
    """
    matter = queries.matter(reference)
    if not queries.may_read(matter, shell.staff(request), at=timezone.now()):
        raise errors.NotFound(Reason(gettext_noop("There is no such proposal")))
    return matter


def clock_as_json(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Answer the whole reading of one clock, day by day, with the rules it rests on."""
    return pages.clock_told(readable(request, reference), name)


def acts_for(matter: Matter, person: Person, now: datetime) -> list[pages.ActShown]:
    """Return the acts of the stage for this person, the likely next one first."""
    return pages.acts_shown(matter, queries.acts_open(matter, person, at=now))


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one matter with everything an officer needs to take the next step."""
    matter, now, person = readable(request, reference), timezone.now(), shell.staff(request)
    acts = acts_for(matter, person, now)
    about = {rules.OPINION: _of_opinion, rules.PUBLICATION: _of_publication}.get(matter.kind, _of_proposal)
    return shell.page(
        request,
        "desk/proposal.html",
        title=matter.title,
        place="proposals",
        matter=matter,
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        acts=[act for act in acts if act.is_open],
        shut=[act for act in acts if not act.is_open],
        next_by=pages.next_by(matter, acts, now),
        clocks=pages.clocks(matter, now),
        moments=words.timeline(ledger.timeline(matter.reference)),
        **about(matter, now),
    )


def of_class(proposal: Proposal, code: str) -> str:
    """Say a class of reply as its session words it."""
    own = rules.set_named(proposal.session.classes)
    found = own.named(code) if own else None
    return f"{found.code} {found.term}" if found else code


def _of_proposal(matter: Matter, now: datetime) -> dict[str, Any]:
    proposal = queries.proposal(matter.reference)
    on = timezone.localdate(now)
    replies = list(proposal.replies.select_related("drafted_by", "signed_by"))
    promises = queries.commitments_of([reply.pk for reply in replies], on=on)
    publications = {
        each.reply_id: each for each in Publication.objects.filter(reply__in=replies).select_related("matter")
    }
    return {
        "rows": rows_of(proposal),
        "session": proposal.session,
        "text": proposal.text,
        "contacts": [
            (each, listed.said(each.way, rules.WAYS)) for each in proposal.contacts.select_related("by")
        ],
        "asked": _asked(proposal, now),
        "replies": [
            Given(
                reply,
                _reply_rows(proposal, reply),
                [each for each in promises if each.commitment.reply_id == reply.pk],
                publications.get(reply.pk),
            )
            for reply in replies
        ],
    }


def rows_of(proposal: Proposal) -> Rows:
    """Return what the list says of a proposal."""
    rows = [
        (_("Session"), proposal.session.name),
        (_("Number"), proposal.number),
        (_("Sort"), listed.said(proposal.sort, rules.SORTS)),
        (_("Our part"), listed.said(proposal.role, rules.ROLES)),
        (_("Proposed by"), proposal.proposer),
        (_("Body that leads"), proposal.lead_body),
        (_("Joint bodies of the list"), proposal.joint_bodies),
        (_("Assigned on"), proposal.assigned_on),
        (_("Replied on"), proposal.replied_on or ""),
        (_("Reply class"), of_class(proposal, proposal.reply_class)),
        (_("The deputy says"), listed.said(proposal.rating, rules.RATINGS)),
    ]
    return [(label, value) for label, value in rows if value]


def _reply_rows(proposal: Proposal, reply: Reply) -> Rows:
    rows = [
        (_("Reply class"), of_class(proposal, reply.reply_class)),
        (_("Mark"), listed.said(reply.mark, rules.MARKS)),
        (_("Ground"), reply.ground),
        (_("Without missing opinions"), reply.without_opinions),
        (_("Drafted by"), reply.drafted_by),
        (_("Signed by"), reply.signed_by or ""),
        (_("Handed over on"), reply.replied_on or ""),
        (_("How"), listed.said(reply.way, rules.WAYS)),
        (_("The deputy says"), listed.said(reply.rating, rules.RATINGS)),
        (_("Of how it was handled"), listed.said(reply.rating_of_process, rules.RATINGS)),
        (_("In the deputy’s words"), reply.rating_words),
    ]
    return [(label, value) for label, value in rows if value]


def _asked(proposal: Proposal, now: datetime) -> list[Asked]:
    rows = proposal.opinions.exclude(matter=proposal.matter).select_related("matter", "department")
    found = list(rows)
    read = matters.readings_of([each.matter for each in found], now=now)
    return [_one_asked(each, read[each.matter_id].get("opinion")) for each in found]


def _one_asked(opinion: Opinion, reading: Any) -> Asked:
    return Asked(
        reference=opinion.matter.reference,
        of=opinion.department.name if opinion.department else opinion.body,
        light="" if opinion.is_called_off or reading is None else reading.light.value,
        due_on=reading.due_on if reading else None,
        given_on=opinion.given_on,
        is_called_off=opinion.is_called_off,
        opinion=opinion.opinion if opinion.given_on else "",
    )


def _of_opinion(matter: Matter, _now: datetime) -> dict[str, Any]:
    opinion = Opinion.objects.select_related("department", "proposal__matter__department").get(matter=matter)
    proposal = queries.proposal(opinion.proposal.matter.reference)
    is_own = opinion.proposal_id == opinion.matter_id
    rows = [
        (_("Asked by"), "" if is_own else proposal.matter.department.name),
        (_("Asked of"), opinion.body),
        (_("Asked on"), opinion.asked_on),
        (_("Given on"), opinion.given_on or ""),
    ]
    return {
        "rows": [*rows_of(proposal), *((label, value) for label, value in rows if value)],
        "session": proposal.session,
        "text": proposal.text,
        "question": opinion.question,
        "opinion": opinion.opinion,
        "around": [] if is_own else [(proposal.matter.reference, _("The proposal"))],
    }


def _of_publication(matter: Matter, _now: datetime) -> dict[str, Any]:
    publication = Publication.objects.select_related("reply__proposal__matter").get(matter=matter)
    proposal = queries.proposal(publication.reply.proposal.matter.reference)
    around = [(proposal.matter.reference, _("The proposal"))]
    if publication.document:
        around.append((publication.document, _("The document")))
    return {
        "rows": [*rows_of(proposal), *_reply_rows(proposal, publication.reply)],
        "session": proposal.session,
        "around": around,
        "record_url": f"/r/{publication.record}/" if publication.record else "",
        "record": publication.record,
        "proposal_url": reverse("desk:matter", args=[proposal.matter.reference]),
    }
