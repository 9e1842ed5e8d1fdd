"""What can be begun in participation, and beginning it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department
from sunshine.design.parts import Link
from sunshine.doors.desk import fields, listed, participation_facts, permits, refusals, sent, shell, worklist
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import numbers
from sunshine.work.participation.operations import deciding, gathering
from sunshine.work.participation.queries import inside
from sunshine.work.participation.rules import gatherings

ON_A_PAGE = 50
BEGINS = (roles.DRAFTER, roles.DEPARTMENT_HEAD)


def begin(request: HttpRequest) -> HttpResponse:
    """Show what is under way, what can be begun here, and where the rest begins by itself."""
    links = [
        Link(
            _("Begin a decision"),
            reverse("desk:new_decision"),
            hint=_("Comment call, experts, risks, legality, discussion: the gate asks for them"),
        ),
        Link(
            _("Plan a meeting, hearing or event"),
            reverse("desk:new_gathering"),
            hint=_("Seats, sign-up, waiting list or draw, minutes, calendar"),
        ),
        Link(
            _("Keep the yearly list"),
            reverse("desk:participation_list", args=[shell.today().year]),
            hint=_("Matters open to participation, their ways and months"),
        ),
        Link(
            _("Put a draft out for comment"),
            f"{reverse('desk:new')}?kind=decision_draft",
            hint=_("Write it as a draft of a decision; the call opens when it is published"),
        ),
    ]
    return shell.page(
        request,
        "desk/participation_begin.html",
        title=_("Taking part"),
        place="participation_begin",
        links=links,
        **_under_way(request),
    )


def _under_way(request: HttpRequest) -> dict[str, Any]:
    """Return the lines of what has not ended: of all for the office and leaders, of one's own for others."""
    seen = permits.departments_seen(shell.staff(request))
    page = Paginator(inside.under_way(seen), ON_A_PAGE).get_page(request.GET.get("page"))
    clocks = matters.readings_of(page.object_list, now=timezone.now())
    return {"rows": worklist.rows_of(list(page.object_list), clocks), "page": page}


class TitleForm(sent.PageForm):
    """A title, to begin with."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"] = forms.CharField(label=_("Title"), max_length=300)


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest) -> HttpResponse:
    """Begin a decision in the officer's department."""
    form = TitleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def open_it(at: datetime) -> str:
            made = deciding.open_decision(**form.given, **_own(request), at=at)
            return _begun(request, made.matter)

        try:
            return sent.once(request, form, open_it, otherwise=reverse("desk:participation_begin"))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Begin a decision"),
        place="participation_begin",
        form=form,
        action=_("Begin"),
        status=422 if form.errors else 200,
    )


class PlanForm(TitleForm):
    """What is planned."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= {
            "sort": listed.field(_("What it is"), gatherings.SORTS),
            "hearing": listed.field(_("Sort of hearing"), gatherings.HEARINGS, required=False),
            "starts_at": fields.Moment(label=_("Begins at")),
            "ends_at": fields.Moment(label=_("Ends at")),
            "place": participation_facts.line(_("Place")),
            "signup_closes_at": fields.Moment(label=_("Sign-up until")),
            "seats": forms.IntegerField(label=_("Seats"), min_value=0, max_value=10_000),
            "by_draw": forms.BooleanField(label=_("Participants are drawn"), required=False),
            "groups": fields.Lines(
                label=_("Groups of the draw"),
                required=False,
                help_text=_("One a line: name, a blank, number of seats; the sum is the number of seats"),
            ),
            "stream_url": forms.URLField(
                label=_("Address of the live stream"), required=False, assume_scheme="https"
            ),
        }

    def clean_groups(self) -> list[dict[str, Any]]:
        """Return the groups that were typed."""
        found = []
        for each in self.cleaned_data.get("groups") or []:
            name, _blank, seats = str(each).strip().rpartition(" ")
            count = numbers.typed(seats, digits=4)
            if not name or count is None:
                raise forms.ValidationError(_("Write each group as: name, a blank, number of seats."))
            found.append({"name": name.strip(), "seats": count})
        return found


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a gathering in the officer's department."""
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def plan_it(at: datetime) -> str:
            made = gathering.plan(gathering.Plan(**form.given), **_own(request), at=at)
            return _begun(request, made.matter)

        try:
            return sent.once(request, form, plan_it, otherwise=reverse("desk:participation_begin"))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Plan a meeting, hearing or event"),
        place="participation_begin",
        form=form,
        action=_("Plan it"),
        status=422 if form.errors else 200,
    )


def _own(request: HttpRequest) -> dict[str, Any]:
    """Return who begins, and in which department."""
    return {"department": own_department(request), "officer": shell.staff(request)}


def _begun(request: HttpRequest, matter: Matter) -> str:
    """Say what was begun; return its address."""
    messages.success(request, _("Begun: %(document)s") % {"document": matter.reference})
    return reverse("desk:matter", args=[matter.reference])


def own_department(request: HttpRequest) -> Department:
    """Return the department for which an officer begins things.

    :raises NotAllowed: the officer drafts for none
    """
    held = people.held_roles(shell.staff(request), on=shell.today())
    begins = {role.name for role in BEGINS}
    own = next((role.department_id for role in held if role.role in begins), None)
    if own is None:
        wanted = " ".join(sorted(begins))
        text = gettext_noop("You do not hold the role that this page needs.")
        raise errors.NotAllowed(Reason(text, mended_by=wanted))
    return people.department(own)
