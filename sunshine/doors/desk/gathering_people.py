"""Who signed up: seats and the queue; the names on demand, for the door and for the record's signatures."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.doors.desk import listed, participation_matter, refusals, shell
from sunshine.kernel import errors
from sunshine.text import numbers
from sunshine.work.participation.operations import gathering, seating
from sunshine.work.participation.queries import gatherings
from sunshine.work.participation.rules import gatherings as rules

ON_A_PAGE = 100


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who signed up by number; open the names, or enter who signed the record."""
    matter = participation_matter.readable(request, reference)
    row = gatherings.gathering(reference)
    person, at = shell.staff(request), timezone.now()
    names: dict[int, dict[str, str]] = {}
    if request.method == "POST" and request.POST.get("do") == "names":
        names = seating.view_people(row, actor=person, at=at)
    elif request.method == "POST":
        chosen = numbers.all_typed(request.POST.getlist("number"))
        signature = request.POST.get("do", "")
        try:
            gathering.sign(matter.pk, numbers=chosen, signature=signature, actor=person, at=at)
        except (errors.RuleBroken, errors.StaleStage) as refusal:
            return refusals.answer(request, refusal)
        messages.success(request, _("Entered."))
        return HttpResponseRedirect(reverse("desk:gathering_people", args=[reference]))
    page = Paginator(gatherings.signups(row), ON_A_PAGE).get_page(request.GET.get("page"))
    states = {
        gatherings.SEATED: _("Seated"),
        gatherings.WAITING: _("Waiting"),
        gatherings.DRAWING: _("In the draw"),
        gatherings.WITHDRAWN: _("Given back"),
    }
    return shell.page(
        request,
        "desk/gathering_people.html",
        title=_("Who comes"),
        lines=[
            (
                each,
                states.get(each.state, each.state),
                names.get(each.number, {}),
                listed.said(each.signature, rules.SIGNATURES),
            )
            for each in page.object_list
        ],
        page=page,
        with_names=bool(names),
        may_sign=matter.stage == rules.HELD.name,
        **participation_matter.context(matter),
    )
