"""What everybody may know: what the public entries say, and of a reply what its visible record says.

A title, a text and a commitment are shown only where the record of the reply is visible and says them;
withdrawn, they are gone with it. The rule of what is visible is `publishing.queries.records.visible`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from sunshine.core.ledger.models import Entry
from sunshine.core.publishing.models import Record
from sunshine.core.publishing.queries import records
from sunshine.kernel import clock, errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import markup
from sunshine.work.proposals.models import Commitment, Proposal, Publication, Reply, Session
from sunshine.work.proposals.rules import commitments, naming


@dataclass(frozen=True, slots=True)
class Released:
    """The visible record of one reply, with the words that stand in it."""

    proposal_id: int
    reply: int
    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class Kept:
    """A commitment that a visible record makes, with its light on a day.

    Its words, what shows that it was kept and why it was put off name the deputy as the session says.
    """

    commitment: Commitment
    text: str
    proof: str
    put_off: Sequence[tuple[date, str]]
    record: Record
    reference: str
    light: clock.Light


def years() -> list[tuple[int, list[Session]]]:
    """Return the years in which something was assigned, the newest first, with their sessions."""
    held = Exists(Proposal.objects.filter(session=OuterRef("pk")))
    rows = Session.objects.filter(held).order_by("-year", "name")
    found: dict[int, list[Session]] = defaultdict(list)
    for row in rows:
        found[row.year].append(row)
    return list(found.items())


def shown(year: int) -> QuerySet[Proposal]:
    """Return what was assigned in the sessions of a year, in their order."""
    rows = Proposal.objects.filter(session__year=year)
    return rows.select_related("matter", "session").order_by("session__name", "-role", "assigned_on", "pk")


def received(reference: str) -> Proposal:
    """Return one that was assigned to the bureau; raise `NotFound` for anything else."""
    rows = Proposal.objects.filter(matter__reference=reference)
    found = rows.select_related("matter", "session").first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such proposal")))
    return found


def released(proposals: Sequence[int]) -> dict[int, list[Released]]:
    """Return the visible records of replies, the first reply first, by proposal; in two queries."""
    rows = Publication.objects.filter(reply__proposal__in=list(proposals)).exclude(record="")
    held = list(rows.select_related("reply").order_by("reply__number"))
    seen = {each.reference: each for each in records.named([row.record for row in held])}
    found: dict[int, list[Released]] = defaultdict(list)
    for row in held:
        if row.record in seen:
            reply = row.reply
            told = Released(reply.proposal_id, reply.pk, reply.number, seen[row.record])
            found[reply.proposal_id].append(told)
    return found


def proposal_of_record(record: str) -> str:
    """Return the reference of the proposal that a record answers; empty for any other record."""
    rows = Publication.objects.filter(record=record).exclude(record="")
    return rows.values_list("reply__proposal__matter__reference", flat=True).first() or ""


def replies_of(proposal: Proposal) -> list[Reply]:
    """Return the replies that were handed over, the first one first; their words stand in records only."""
    return list(Reply.objects.filter(proposal=proposal, replied_on__isnull=False).order_by("number"))


def commitments_shown(held: Sequence[Commitment], *, on: date) -> list[Kept]:
    """Return those of some commitments that stand in visible records, in their order."""
    told = released(list({each.reply.proposal_id for each in held}))
    by_reply = {each.reply: each for found in told.values() for each in found}
    held = [each for each in held if each.reply_id in by_reply]
    texts = _texts([by_reply[each.reply_id].record for each in held])
    return [
        _kept(each, record, on)
        for each in held
        for record in [by_reply[each.reply_id].record]
        if _stands_in(texts[record.pk], each)
    ]


def _kept(commitment: Commitment, record: Record, on: date) -> Kept:
    rule = commitment.reply.proposal.naming_rule()
    return Kept(
        commitment,
        naming.without_names(commitment.text, *rule),
        naming.without_names(commitment.proof, *rule),
        [(each.was_due_on, naming.without_names(each.reason, *rule)) for each in commitment.put_off.all()],
        record,
        commitment.reply.proposal.matter.reference,
        commitments.light(commitment.due_on, commitment.kept_on, on),
    )


def _stands_in(text: str, commitment: Commitment) -> bool:
    """Return whether a published reply makes a commitment; older ones name the deputy in full there."""
    named = naming.without_names(commitment.text, *commitment.reply.proposal.naming_rule())
    return any(
        commitments.written(commitment.number, said, commitment.promised_for) in text
        for said in (named, commitment.text)
    )


def _texts(shown_records: Sequence[Record]) -> Mapping[int, str]:
    versions = records.newest_versions(shown_records)
    return {key: markup.to_text(str(version.fields.get("body", ""))) for key, version in versions.items()}


def promised(*, is_open: bool) -> QuerySet[Commitment]:
    """Return commitments that were given: those open, the soonest first, or those kept, the newest first."""
    rows = Commitment.objects.filter(is_given=True, kept_on__isnull=is_open)
    rows = rows.filter(reply__publication__isnull=False).exclude(reply__publication__record="")
    rows = rows.select_related("reply__proposal__matter", "reply__proposal__session")
    rows = rows.prefetch_related("put_off")
    return rows.order_by("due_on", "id") if is_open else rows.order_by("-kept_on", "-id")


def commitments_to(proposal: Proposal) -> QuerySet[Commitment]:
    """Return what was promised to the deputy of one proposal, in the order of the replies."""
    rows = Commitment.objects.filter(reply__proposal=proposal, is_given=True).prefetch_related("put_off")
    rows = rows.select_related("reply__proposal__matter", "reply__proposal__session")
    return rows.order_by("reply__number", "number")


def entries(proposal: Proposal) -> list[Entry]:
    """Return the public entries about a proposal and the publications of its replies, oldest first."""
    rows = Publication.objects.filter(reply__proposal=proposal)
    subjects = [proposal.matter.reference, *rows.values_list("matter__reference", flat=True)]
    found = Entry.objects.filter(subject__in=subjects, public=True).select_related("leaf")
    return list(found.order_by("id"))
