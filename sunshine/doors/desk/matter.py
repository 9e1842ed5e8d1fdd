"""The matter page: what it is, the acts open to this person, clocks, gate, bundle, reviews, the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.models import Attachment, Draft, Record, Review, Submission
from sunshine.core.publishing.queries import bundles, drafts
from sunshine.design.parts import Check
from sunshine.doors.desk import deeds, gates, shell, words
from sunshine.doors.desk.review_forms import decision_word
from sunshine.kernel import clock, errors, explanation
from sunshine.kernel.procedure import Where
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import queries as documents
from sunshine.work.documents.models import Document


@dataclass(frozen=True, slots=True)
class ActShown:
    """An act of this stage as one officer sees it: how it is done, or why it is shut."""

    name: str
    label: str
    url: str
    is_open: bool
    is_likely: bool
    is_plain: bool
    is_grave: bool
    basis: str
    why: list[str]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock with its reading in words."""

    label: str
    reading: clock.Reading
    sentence: str
    arithmetic: str
    json_url: str


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member of the bundle: the document itself, or an interpretation that goes with it."""

    draft: Draft
    kind: str
    files: tuple[Attachment, ...]
    record: Record | None


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """A review that the bundle needs: what was said, or who can say it."""

    label: str
    said: Review | None
    waits_for: str
    decided: tuple[tuple[str, str, str], ...] = ()
    """What was found, what was decided about it, and why."""


def readable(request: HttpRequest, reference: str) -> Document:
    """Return a document that this officer may read.

    :raises NotFound: there is none, or this officer may not know that there is
    """
    document = documents.document(reference)
    if not documents.may_read(document, shell.staff(request), at=timezone.now()):
        raise errors.NotFound(Reason(gettext_noop("There is no such document")))
    return document


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one matter with everything an officer needs to take the next step."""
    document = readable(request, reference)
    matter, person, now = document.matter, shell.staff(request), timezone.now()
    held = bundles.bundle(matter)
    candidate = bundles.candidate(matter)
    acts = acts_for(document, person, now)
    return shell.page(
        request,
        "desk/matter.html",
        title=matter.title,
        place="worklist",
        document=document,
        matter=matter,
        kind=words.kind(document.kind),
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        acts=[act for act in acts if act.is_open],
        shut=[act for act in acts if not act.is_open],
        next_by=next_by(matter, acts, now),
        clocks=clocks(matter, now),
        checks=_gate(matter, candidate, acts),
        members=[_member(draft, held.files[draft.pk]) for draft in held.drafts],
        main=held.drafts[0] if held.drafts else None,
        attribute=words.attribute(held.drafts[0].attribute) if held.drafts else "",
        ground=words.ground(held.drafts[0].ground) if held.drafts else "",
        proposed=_proposed(document),
        reviews=_reviews(matter, now),
        submission=bundles.standing_submission(matter),
        moments=words.timeline(ledger.timeline(matter.reference)),
        may_write=any(act.name == "draft" and act.is_open for act in acts),
    )


def clock_as_json(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Answer the whole reading of one clock, day by day, with the rules it rests on."""
    return clock_told(readable(request, reference).matter, name)


def clock_told(matter: Matter, name: str) -> HttpResponse:
    """Return the whole reading of one clock of any kind of matter.

    :raises NotFound: the matter has no such clock
    """
    readings = matters.readings(matter, now=timezone.now())
    if name not in readings:
        raise errors.NotFound(Reason(gettext_noop("The matter has no such clock")))
    told = explanation.as_json(readings[name], say=words.message)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


def acts_for(document: Document, person: Person, now: datetime) -> list[ActShown]:
    """Return the acts of the stage for this person, the likely next one first."""
    return acts_shown(document.matter, documents.acts_open(document, person, at=now))


def acts_shown(matter: Matter, opened: Iterable[matters.OpenAct]) -> list[ActShown]:
    """Return the acts that the desk has a form or a page for, the likely next one first."""
    known = deeds.DEEDS[matter.kind]
    shown = [
        act_shown(matter, each, known[each.act.name])
        for each in opened
        if each.act.label and each.act.name in known and not known[each.act.name].is_opening
    ]
    return sorted(shown, key=lambda act: (not act.is_open, not act.is_likely, act.is_grave))


def act_shown(matter: Matter, each: matters.OpenAct, deed: deeds.Deed) -> ActShown:
    """Return an act as an officer sees it."""
    act = each.act
    arguments = [matter.reference] if deed.page else [matter.reference, act.name]
    if act.name == "draft":
        arguments = [matter.reference, "0"]
    return ActShown(
        name=act.name,
        label=_(act.label),
        url=reverse(deed.page or "desk:act", args=arguments),
        is_open=each.is_open,
        is_likely=act.likely,
        is_plain=deed.is_plain(act),
        is_grave=deed.is_grave,
        basis=words.cited(act.basis),
        why=[words.with_basis(reason) for reason in each.judgement.reasons],
    )


def next_by(matter: Matter, acts: list[ActShown], now: datetime) -> str:
    """Say who is expected to act next, where it is not this officer."""
    if any(act.is_open and act.is_likely for act in acts):
        return ""
    procedure = matters.procedure_of(matter)
    likely = [act for act in procedure.acts_from(procedure.stage(matter.stage)) if act.likely]
    roles = [role for act in likely for role in act.by if role.where is not Where.SYSTEM]
    day = timezone.localtime(now).date()
    return _("; ").join(
        f"{_(role.label)}: {_(', ').join(names) or _('nobody holds this post')}"
        for role in roles
        for names in [
            [p.name for p in people.holders_of(role.name, on=day, department_id=matter.department_id)]
        ]
    )


def clocks(matter: Matter, now: datetime) -> list[ClockShown]:
    """Return every clock of a matter in words."""
    return [
        ClockShown(
            label=words.clock(name),
            reading=reading,
            sentence=words.message(explanation.sentence(reading)),
            arithmetic=words.message(explanation.arithmetic(reading)),
            json_url=reverse("desk:clock", args=[matter.reference, name]),
        )
        for name, reading in matters.readings(matter, now=now).items()
    ]


def _gate(matter: Matter, candidate: publishing.Candidate, acts: list[ActShown]) -> list[Check]:
    """Return the gate's lines while the gate still lies ahead of the bundle."""
    if matter.closed_at is not None or matter.stage == "published":
        return []
    ways = {act.name: act for act in acts if act.is_open}
    return gates.checks(candidate, matter.reference, ways)


def _member(draft: Draft, files: tuple[Attachment, ...]) -> MemberShown:
    return MemberShown(draft, words.kind(draft.kind), files, draft.record)


def _proposed(document: Document) -> str:
    if not document.proposed_attribute:
        return ""
    named = (words.attribute(document.proposed_attribute), words.ground(document.proposed_ground))
    return " · ".join(filter(None, named))


def _reviews(matter: Matter, now: datetime) -> list[ReviewShown]:
    submission = bundles.standing_submission(matter)
    if submission is None:
        return []
    return list(_reviews_of(submission, matter, now))


def _reviews_of(submission: Submission, matter: Matter, now: datetime) -> Iterator[ReviewShown]:
    """Yield each review that the submission requires, with the newest word on it."""
    newest = {review.kind: review for review in drafts.reviews(submission)}
    day = timezone.localtime(now).date()
    for kind in submission.requirements.get("reviews", ()):
        role = publishing.REVIEWERS[publishing.ReviewKind(kind)]
        holders = people.holders_of(role.name, on=day, department_id=matter.department_id)
        names = _(", ").join(person.name for person in holders) or _("nobody holds this post")
        said = newest.get(kind)
        yield ReviewShown(words.review(kind), said, f"{_(role.label)}: {names}", _decided(said))


def _decided(said: Review | None) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (each["text"], decision_word(each["decision"]), each.get("reason", ""))
        for each in (said.decisions if said else ())
        if each.get("text")
    )
