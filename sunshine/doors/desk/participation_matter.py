"""The page of a call: what it is about, the acts open to this person, its figures, the story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Record
from sunshine.design.parts import Link
from sunshine.doors.desk import listed, shell, words
from sunshine.doors.desk import matter as pages
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation.models import FollowedItem
from sunshine.work.participation.queries import calls, decisions, gatherings, inside
from sunshine.work.participation.rules import calls as call_rules
from sunshine.work.participation.rules import decisions as decision_rules
from sunshine.work.participation.rules import gatherings as gathering_rules
from sunshine.work.participation.rules import terms

Rows = Sequence[tuple[object, ...]]
"""Label and value, and where the value is read."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page beneath the acts: facts, or lines that lead on."""

    title: str
    rows: Rows = ()
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What one kind of matter says of itself."""

    rows: Rows
    sections: Sequence[Section] = field(default_factory=tuple)


def readable(request: HttpRequest, reference: str) -> Matter:
    """Return a matter of this room that this officer may read.

    :raises NotFound: there is none, or this officer may not know that there is
    """
    matter = inside.matter(reference)
    if not inside.may_read(matter, shell.staff(request), at=timezone.now()):
        raise errors.NotFound(Reason(gettext_noop("There is no such matter")))
    return matter


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one matter with everything an officer needs to take the next step."""
    matter = readable(request, reference)
    now, person = timezone.now(), shell.staff(request)
    acts = acts_for(matter, person, now)
    about = ABOUT[matter.kind](matter)
    return shell.page(
        request,
        "desk/participation.html",
        title=matter.title,
        place="worklist",
        matter=matter,
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        acts=[act for act in acts if act.is_open],
        shut=[act for act in acts if not act.is_open],
        next_by=pages.next_by(matter, acts, now),
        clocks=pages.clocks(matter, now),
        rows=about.rows,
        sections=about.sections,
        moments=words.timeline(ledger.timeline(matter.reference)),
    )


def clock_as_json(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Answer the whole reading of one clock, day by day, with the rules it rests on."""
    return pages.clock_told(readable(request, reference), name)


def acts_for(matter: Matter, person: Person, now: datetime) -> list[pages.ActShown]:
    """Return the acts of the stage for this person, the likely next one first."""
    ordered = pages.acts_shown(matter, inside.acts_open(matter, person, at=now))
    # Several acts may be done on one page; its first one leads there.
    return list({(act.is_open, act.url): act for act in reversed(ordered)}.values())[::-1]


def _of_call(matter: Matter) -> About:
    call = calls.call(matter.reference)
    counted = calls.counted(call)
    rows = [
        (_("Draft"), *_published(call.record)),
        (_("Comments until"), words.say("%(date)s, 24:00", {"date": call.until})),
        (_("Who comments must say who they are"), identity(call.identity)),
        (_("Report"), *(_published(call.report) if call.report else _matter(call.report_document))),
    ]
    messages, opinions = (
        reverse(f"desk:call_{name}", args=[matter.reference]) for name in ("messages", "opinions")
    )
    figures = [
        Link(_("Messages that count"), f"{messages}?state=shown", count=counted.submissions),
        Link(_("Persons"), messages, count=counted.persons),
        Link(_("Waiting to be looked at"), f"{messages}?state=held", count=counted.held),
        Link(_("Waiting for confirmation"), f"{messages}?state=unconfirmed", count=counted.unconfirmed),
        Link(_("Hidden"), f"{messages}?state=hidden", count=counted.hidden),
        Link(_("Opinions"), opinions, count=counted.opinions),
        Link(_("Without an answer"), f"{opinions}?answer=none", count=calls.unanswered(call).count()),
    ]
    return About([row for row in rows if row[1]], [Section(_("What was said"), links=figures)])


def identity(code: str) -> str:
    """Say how a call asks who speaks."""
    found = terms.named(code, terms.IDENTITIES)
    return listed.both(found) if found else code


def _of_decision(matter: Matter) -> About:
    decision = decisions.decision(matter.reference)
    stands = {each.code: each for each in decisions.standing(decision)}
    rows: list[tuple[object, ...]] = []
    for code, step in decision_rules.STEPS.items():
        found = stands.get(code)
        said = _("lacking") if found is None else _standing(code, found.reference)
        if found is not None and found.ground:
            said = f"{_('left out')}: {found.ground}"
        rows.append((listed.both(step), said))
    proposed = decision_rules.STEPS.get(decision.proposed_step)
    ground = decision_rules.ground_named(decision.proposed_ground)
    if proposed is not None and ground is not None:
        rows.append((_("Proposed to leave out"), f"{listed.both(proposed)}: {ground.term}"))
    links = []
    if decision.call is not None:
        reference = decision.call.matter.reference
        links.append(Link(reference, reverse("desk:matter", args=[reference]), hint=_("Comment call")))
    if decision.record is not None:
        links.append(Link(decision.record.reference, f"/r/{decision.record.reference}/", hint=_("Published")))
    return About(rows, [Section(_("Belongs to it"), links=links)] if links else ())


def _standing(step: str, reference: str) -> str:
    """Say by what a step stands: a call's number, or on which day it was taken and by how many."""
    told, _dot, experts = reference.partition(" · ")
    if step != preparing.EXPERTS or not experts:
        return told
    return _("%(day)s, experts who signed: %(count)s") % {"day": told, "count": experts}


def _of_gathering(matter: Matter) -> About:
    row = gatherings.gathering(matter.reference)
    taken = gatherings.taken(row)
    hearing = gathering_rules.hearing_named(row.hearing)
    rows = [
        (_("What it is"), listed.said(row.sort, gathering_rules.SORTS)),
        (_("Sort of hearing"), listed.both(hearing) if hearing else ""),
        (_("How open"), listed.said(row.openness, gathering_rules.OPEN)),
        (_("Proposed"), listed.said(row.proposed_openness, gathering_rules.OPEN)),
        (_("Begins at"), words.moment(row.starts_at)),
        (_("Ends at"), words.moment(row.ends_at)),
        (_("Place"), row.place),
        (_("Sign-up until"), words.moment(row.signup_closes_at)),
        (_("Participants are drawn"), _("yes") if row.by_draw else ""),
        (_("Announcement"), *_published(row.notice)),
        (_("Minutes or report"), *_published(row.minutes)),
    ]
    people = reverse("desk:gathering_people", args=[matter.reference])
    links = [
        Link(_("Seats"), people, count=taken.seats),
        Link(_("Seated"), people, count=taken.seated),
        Link(_("Waiting"), people, count=taken.waiting),
        Link(_("In the draw"), people, count=taken.drawing),
    ]
    items = [
        Link(each.what, "", hint=f"{each.department} · {each.due_on} · {_followed(each)}")
        for each in gatherings.items(row)
    ]
    sections = [Section(_("Who comes"), links=links)]
    if items:
        sections.append(Section(_("Decisions that are followed"), links=items))
    return About([each for each in rows if each[1]], sections)


def _published(record: Record | None) -> tuple[str, str]:
    """Return the number of a record and where everybody reads it; nothing where there is none."""
    return (record.reference, f"/r/{record.reference}/") if record else ("", "")


def _matter(reference: str) -> tuple[str, str]:
    """Return the number of a matter and its page at the desk; nothing where there is none."""
    return (reference, reverse("desk:matter", args=[reference])) if reference else ("", "")


def _followed(item: FollowedItem) -> str:
    if item.settled_on is not None:
        return _("carried out on %(day)s") % {"day": item.settled_on.isoformat()}
    return _("overdue") if item.due_on < shell.today() else _("under way")


ABOUT: Mapping[str, Callable[[Matter], About]] = {
    call_rules.KIND: _of_call,
    decision_rules.KIND: _of_decision,
    gathering_rules.KIND: _of_gathering,
}


def context(matter: Matter, **more: Any) -> dict[str, Any]:
    """Return what the pages beneath a matter say of it."""
    return {"place": "worklist", "matter": matter, **more}
