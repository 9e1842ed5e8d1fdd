"""Figures of citizens' letters: each a name, a number and the list of cases that makes it.

A year's figure counts cases by the day they were received, answered or closed. Who was silent has not
rated; a hundred persons with one complaint are one case and a hundred persons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from sunshine.core.ledger.models import Entry
from sunshine.kernel import errors, period
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Case, Promise, Reporter
from sunshine.work.correspondence.queries import public
from sunshine.work.correspondence.rules import stages, terms


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a year, as far as it has come."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return period.start_of(self.first)

    @property
    def ends(self) -> datetime:
        return period.end_of(self.last)


def span(year: int, *, on: date) -> Span:
    """Return the days of a year until a day."""
    return Span(date(year, 1, 1), min(date(year, 12, 31), max(on, date(year, 1, 1))))


Asked = Callable[[Span], Q]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its name, its label, and which cases it counts."""

    name: str
    group: str
    label: str
    of: Asked


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a year with its number; `has_list` where the cases behind it are listed."""

    name: str
    group: str
    label: str
    value: int | str
    has_list: bool = True


def _received(span: Span) -> Q:
    return Q(received_on__gte=span.first, received_on__lte=span.last)


def _replied(span: Span) -> Q:
    return Q(first_replied_at__gte=span.begins, first_replied_at__lt=span.ends)


def _closed(span: Span) -> Q:
    return Q(closed_on__gte=span.first, closed_on__lte=span.last)


def _and(asked: Asked, more: Q) -> Asked:
    return lambda span: asked(span) & more


RECEIVED, REPLIED, ENDED = (
    gettext_noop("Received"),
    gettext_noop("Answered"),
    gettext_noop("How it ended"),
)
FIGURES: tuple[Figure, ...] = (
    Figure("received", RECEIVED, gettext_noop("All"), _received),
    *(
        Figure(f"received.{each.code}", RECEIVED, each.label, _and(_received, Q(channel=each.code)))
        for each in terms.CHANNELS
    ),
    *(
        Figure(f"sort.{each.code}", RECEIVED, each.label, _and(_received, Q(sort=each.code)))
        for each in terms.SORTS
    ),
    Figure("replied", REPLIED, gettext_noop("Replied"), _replied),
    Figure("in_time", REPLIED, gettext_noop("Replied in time"), _and(_replied, Q(was_in_time=True))),
    Figure("late", REPLIED, gettext_noop("Late"), _and(_replied, Q(was_in_time=False))),
    Figure("open", REPLIED, gettext_noop("Still being handled"), _and(_received, Q(closed_on=None))),
    *(
        Figure(f"outcome.{each.code}", ENDED, each.label, _and(_closed, Q(outcome=each.code)))
        for each in (*terms.CASE_OUTCOMES, *terms.OTHER_OUTCOMES)
    ),
    Figure(
        "contested", ENDED, gettext_noop("Contested by a reporter"), _and(_replied, Q(was_contested=True))
    ),
)
BY_NAME: Mapping[str, Figure] = {figure.name: figure for figure in FIGURES}
PERSONS, RATED, HELD, PROMISES = (
    gettext_noop("Persons"),
    gettext_noop("Rating"),
    gettext_noop("Posts that waited"),
    gettext_noop("Promises"),
)


def _cases() -> QuerySet[Case]:
    return public.register().order_by()


def figures(year: int, *, on: date) -> list[Counted]:
    """Return every figure of a year as it stands on a day, in a fixed number of queries."""
    days = span(year, on=on)
    asked = {f"n{place}": Count("pk", filter=each.of(days)) for place, each in enumerate(FIGURES)}
    told = _cases().aggregate(**asked)
    counted = [
        Counted(each.name, each.group, each.label, told[f"n{place}"]) for place, each in enumerate(FIGURES)
    ]
    return [
        *counted,
        *_promises(days, on),
        *_persons(days),
        *_ratings(days),
        *_posts(days),
        *_petitions(days),
    ]


def _promises(days: Span, on: date) -> list[Counted]:
    rows = Promise.objects.filter(replaced=False, case__matter__kind=stages.CASE)
    told = rows.aggregate(
        due=Count("pk", filter=Q(due_on__gte=days.first, due_on__lte=days.last)),
        kept=Count("pk", filter=Q(kept_on__gte=days.first, kept_on__lte=days.last)),
        overdue=Count("pk", filter=Q(kept_on=None, due_on__lt=on, due_on__gte=days.first)),
    )
    labels = {
        "due": gettext_noop("Come due"),
        "kept": gettext_noop("Kept"),
        "overdue": gettext_noop("Overdue and not kept"),
    }
    return [
        Counted(f"promises.{name}", PROMISES, label, told[name], has_list=name == "overdue")
        for name, label in labels.items()
    ]


def _persons(days: Span) -> list[Counted]:
    rows = Reporter.objects.filter(came_at__gte=days.begins, came_at__lt=days.ends)
    told = rows.aggregate(
        known=Count("mark", distinct=True, filter=~Q(mark="")), unknown=Count("pk", filter=Q(mark=""))
    )
    value = told["known"] + told["unknown"]
    return [Counted("persons", PERSONS, gettext_noop("Persons who reported"), value, has_list=False)]


def _ratings(days: Span) -> list[Counted]:
    replied = Reporter.objects.filter(
        case__first_replied_at__gte=days.begins, case__first_replied_at__lt=days.ends
    )
    told = replied.aggregate(
        rated=Count("rating"), silent=Count("pk", filter=Q(rating=None)), average=Avg("rating")
    )
    average = f"{told['average']:.1f}" if told["average"] is not None else "—"
    return [
        Counted("rated", RATED, gettext_noop("Rated"), told["rated"], has_list=False),
        Counted("silent", RATED, gettext_noop("Did not rate"), told["silent"], has_list=False),
        Counted("average", RATED, gettext_noop("Average of those who rated (1–5)"), average, has_list=False),
    ]


def _posts(days: Span) -> list[Counted]:
    labels = {
        "posts.released": gettext_noop("Went on"),
        "posts.set_aside": gettext_noop("Set aside"),
        "posts.restored": gettext_noop("Taken back from there"),
    }
    rows = Entry.objects.filter(kind__in=labels, at__gte=days.begins, at__lt=days.ends)
    total = Sum(Cast(KT("facts__count"), IntegerField()))
    told = dict(rows.order_by().values("kind").annotate(total=total).values_list("kind", "total"))
    return [Counted(kind, HELD, label, told.get(kind) or 0, has_list=False) for kind, label in labels.items()]


def _petitions(days: Span) -> list[Counted]:
    count = Case.objects.filter(_received(days), matter__kind=stages.PETITION).count()
    return [Counted("petitions", RECEIVED, gettext_noop("Petitions"), count, has_list=False)]


def listed(
    year: int, name: str, *, on: date, before: int | None = None
) -> tuple[str, list[public.Line], int | None]:
    """Return the label of a figure, a page of the cases that make it, and where the next page begins.

    :raises NotFound: there is no such figure with a list
    """
    days = span(year, on=on)
    rows = public.register().order_by("-matter_id")
    if name == "promises.overdue":
        label = gettext_noop("Overdue and not kept")
        overdue = Promise.objects.filter(replaced=False, kept_on=None, due_on__lt=on, due_on__gte=days.first)
        rows = rows.filter(pk__in=overdue.values("case"))
    elif name in BY_NAME:
        label = BY_NAME[name].label
        rows = rows.filter(BY_NAME[name].of(days))
    else:
        raise errors.NotFound(Reason(gettext_noop("There is no such figure")))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = public.lines(rows[: public.ON_A_PAGE + 1])
    shown = found[: public.ON_A_PAGE]
    return label, shown, shown[-1].id if len(found) > public.ON_A_PAGE else None


def years(*, on: date) -> list[int]:
    """Return the years with letters, the newest first; the present one among them."""
    first = public.register().order_by("received_on").values_list("received_on", flat=True).first()
    return list(range(on.year, min(first.year if first else on.year, on.year) - 1, -1))
