"""Sessions, the list of one with its lights, and the proposals behind each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sunshine.core.matters import queries as matters
from sunshine.core.people import rules as roles
from sunshine.doors.desk import listed, permits, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.proposals import queries, rules

ON_A_PAGE = 50
TAKES_IN = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a session's list."""

    light: str
    number: str
    reference: str
    title: str
    url: str
    role: str
    stage: str
    department: str
    due: str
    reply_class: str
    rating: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with the address of its list."""

    label: str
    value: int
    url: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment that is open, with its light."""

    light: str
    due_on: date
    text: str
    url: str


ON_TOP = ("all", "lead", "joint", "replied", "opinions", "open", "late")
AFTER = ("satisfied", "basically", "dissatisfied", "unrated", "published", "published_late")
OF_PROMISES = ("commitments", "commitments_kept", "commitments_open", "commitments_overdue")
BAD = frozenset({"late", "dissatisfied", "published_late", "commitments_overdue"})


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Show the sessions with their numbers, and the commitments that come due."""
    person, on = shell.staff(request), shell.today()
    promised = queries.commitments_open(on=on, departments=permits.departments_seen(person), limit=30)
    return shell.page(
        request,
        "desk/proposals.html",
        title=_("Suggestions and proposals"),
        place="proposals",
        tallies=queries.tallies(),
        promised=[
            Promised(
                each.light.value,
                each.commitment.due_on,
                each.commitment.text,
                reverse("desk:matter", args=[each.reference]),
            )
            for each in promised
        ],
        may_take_in=permits.holds(person, TAKES_IN),
    )


@require_GET
def session(request: HttpRequest, code: str) -> HttpResponse:
    """Show the figures of a session and its list."""
    found, person, now = queries.session(code), shell.staff(request), timezone.now()
    given = request.GET
    role, state, asked = given.get("role", ""), given.get("state", ""), given.get("q", "").strip()[:80]
    seen = permits.departments_seen(person)
    lines = queries.lines(found, role=role, state=state, words=asked, departments=seen)
    page = Paginator(lines, ON_A_PAGE).get_page(given.get("page"))
    return shell.page(
        request,
        "desk/proposals_session.html",
        title=found.name,
        place="proposals",
        back=reverse("desk:proposals"),
        session=found,
        rows=[_row(each) for each in queries.line(list(page.object_list), now=now)],
        page=page,
        total=page.paginator.count,
        figures=_figures(code) if seen is None else (),
        roles=listed.choices(rules.ROLES),
        role=role,
        state=state,
        query=asked,
        is_filtered=bool(role or state or asked),
        may_take_in=permits.holds(person, TAKES_IN),
    )


def _figures(code: str) -> Sequence[tuple[str, Sequence[Shown]]]:
    made = rules.figures(queries.counted(on=shell.today(), session=code))
    own = queries.session(code)
    classes = rules.set_named(own.classes)
    letters = [f"class.{each.code}" for each in (classes.classes if classes else ())]
    groups = (
        (_("Assigned"), ON_TOP),
        (_("Replies"), (*letters, *AFTER)),
        (_("Commitments"), OF_PROMISES),
    )
    return [(label, [_shown(code, made[f"proposals.{name}"]) for name in names]) for label, names in groups]


def label(figure: rules.Figure) -> str:
    """Say what a figure counts."""
    return words.say(figure.label, figure.params) if figure.params else _(figure.label)


def _shown(code: str, figure: rules.Figure) -> Shown:
    is_bad = figure.name.removeprefix("proposals.") in BAD and figure.value > 0
    url = reverse("desk:proposal_figure", args=[code, figure.name])
    return Shown(label(figure), figure.value, url, is_bad)


def _row(line: queries.Line) -> Row:
    proposal, reading = line.proposal, line.reading
    matter = proposal.matter
    own = rules.named(proposal.role, rules.ROLES)
    rating = rules.named(proposal.rating, rules.RATINGS)
    is_running = reading is not None and reading.stopped_at is None
    return Row(
        light=reading.light.value if reading else "",
        number=proposal.number,
        reference=matter.reference,
        title=matter.title,
        url=reverse("desk:matter", args=[matter.reference]),
        role=own.term if own else "",
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        department=matter.department.name,
        due=reading.due_on.isoformat() if reading and is_running and reading.due_on else "",
        reply_class=proposal.reply_class,
        rating=rating.term if rating else "",
    )


@require_GET
def figure(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Show the proposals that make a figure now."""
    permits.require(shell.staff(request), permits.SEES_ALL)
    found = queries.session(code)
    made = rules.figures(queries.counted(on=shell.today(), session=code))
    if name not in made:
        raise errors.NotFound(Reason(gettext_noop("There is no such figure")))
    page = Paginator(made[name].cases, 2 * ON_A_PAGE).get_page(request.GET.get("page"))
    return shell.page(
        request,
        "desk/proposals_figure.html",
        title=f"{found.name} · {label(made[name])}",
        place="proposals",
        back=reverse("desk:session", args=[code]),
        figure=made[name],
        is_sum="commitments" in name,
        lines=[
            (
                case,
                reverse("desk:matter", args=[case.reference]),
                said_role(case.role),
                said_rating(case.rating),
            )
            for case in page.object_list
        ],
        page=page,
    )


def said_role(code: str) -> str:
    """Say the bureau's part."""
    found = rules.named(code, rules.ROLES)
    return found.term if found else ""


def said_rating(code: str) -> str:
    """Say what a deputy answered."""
    found = rules.named(code, rules.RATINGS)
    return listed.both(found) if found else ""
