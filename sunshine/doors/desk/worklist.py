"""The worklist: one line a matter, what will be late first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.matters import queries as matters
from sunshine.core.matters import worklists
from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people.models import Person
from sunshine.design.parts import Link, Row
from sunshine.doors.desk import shell, words
from sunshine.kernel import clock
from sunshine.work.documents import queries as documents

ON_A_PAGE = 50
WHOSE = ("waiting", "mine", "department", "resting")
PROMISES_WITH = ("waiting", "department")
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Promised:
    """A later interpretation that comes due (INT-DURING)."""

    light: str
    due_on: str
    title: str
    url: str
    form: str
    note: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A document in force that lapses soon (NORM-5Y)."""

    light: str
    within: str
    last_day: str
    title: str
    url: str


def show(request: HttpRequest) -> HttpResponse:
    """Show the matters that wait for this officer, are this officer's, or are the department's."""
    person, now = shell.staff(request), timezone.now()
    whose = request.GET.get("whose", "")
    whose = whose if whose in WHOSE else WHOSE[0]
    stage, asked = request.GET.get("stage", ""), request.GET.get("q", "").strip()[:80]
    found = worklists.of(person, at=now, whose=whose, stage=stage, words=asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    return shell.page(
        request,
        "desk/worklist.html",
        title=_("Worklist"),
        place="worklist",
        count=page.paginator.count,
        rows=rows_of(rows, matters.readings_of(rows, now=now)),
        page=page,
        total=page.paginator.count,
        is_cut=found.is_cut,
        tabs=_tabs(whose),
        whose=whose,
        stage=stage,
        stages=_stages(),
        query=asked,
        is_filtered=bool(stage or asked),
        **(_beside(person, now) if whose in PROMISES_WITH and not (stage or asked) else {}),
    )


def _beside(person: Person, now: datetime) -> dict[str, Any]:
    """Return what comes due besides matters, of one's own departments, or of all for the office."""
    on = timezone.localdate(now)
    held = people.held_roles(person, on=on)
    departments = None if any(role.in_office for role in held) else people.departments_of(person, on=on)
    return {"promised": _promised(on, departments), "ending": _ending(on, departments)}


def _ending(on: date, departments: Iterable[int] | None) -> list[Ending]:
    """Return the documents that lapse soon, in time to evaluate them and make them anew."""
    return [
        Ending(
            light="yellow" if each.is_near else "green",
            within=_("Within three months") if each.is_near else _("Within six months"),
            last_day=each.last_day.isoformat(),
            title=each.title,
            url=reverse("desk:matter", args=[each.matter]),
        )
        for each in documents.ending(on=on, department_ids=departments)
    ]


def _promised(on: date, departments: Iterable[int] | None) -> list[Promised]:
    """Return the later interpretations that come due."""
    return [
        Promised(
            light="red" if promise.due_on < on else "yellow",
            due_on=promise.due_on.isoformat(),
            title=promise.title,
            url=reverse("desk:matter", args=[promise.matter]),
            form=words.form(promise.form),
            note=promise.note,
        )
        for promise in documents.promises_open(on=on, until=on + SOON, department_ids=departments)
    ]


def _tabs(whose: str) -> list[Link]:
    labels = (_("Waiting for me"), _("Mine"), _("My department’s"), _("At rest"))
    address = reverse("desk:worklist")
    return [
        Link(label=label, url=f"{address}?whose={name}", current=name == whose)
        for name, label in zip(WHOSE, labels, strict=True)
    ]


def _stages() -> list[tuple[str, str]]:
    """Return the stages of all procedures that have not ended, once each, in the tables' order."""
    open_stages = {
        stage.name: stage.label
        for procedure in matters.procedures()
        for stage in procedure.stages
        if stage not in procedure.final
    }
    return [(name, _(label)) for name, label in open_stages.items()]


def rows_of(rows: Sequence[Matter], clocks: Mapping[int, Mapping[str, clock.Reading]]) -> list[Row]:
    """Return a line for each of some matters."""
    return [_row(matter, clocks[matter.pk]) for matter in rows]


def _row(matter: Matter, clocks: Mapping[str, clock.Reading]) -> Row:
    running = [reading for reading in clocks.values() if reading.state is not clock.State.STOPPED]
    nearest = min(running, key=lambda reading: reading.left, default=None)
    return Row(
        light=nearest.light.value if nearest else "",
        reference=matter.reference,
        title=matter.title,
        url=reverse("desk:matter", args=[matter.reference]),
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        holder=matter.officer.name if matter.officer else "—",
        left=int(nearest.left) if nearest else "",
        due=_due(nearest),
    )


def _due(reading: Any) -> str:
    return words.say("%(date)s", {"date": reading.due_on}) if reading and reading.due_on else ""
