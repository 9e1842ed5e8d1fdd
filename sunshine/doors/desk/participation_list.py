"""Keeping the yearly list of matters open to participation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.doors.desk import listed, participation_facts, permits, refusals, sent, shell
from sunshine.kernel import errors
from sunshine.text import numbers
from sunshine.work.participation.operations import listing
from sunshine.work.participation.queries import listing as queries
from sunshine.work.participation.rules import listing as rules

KEEPS_LIST = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)


class LineForm(sent.PageForm):
    """One matter of the list."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [department for department, _posts in people.register(on=shell.today())]
        self.fields["title"] = participation_facts.line(_("Matter"))
        self.fields["department"] = forms.TypedChoiceField(
            label=_("Department"),
            choices=[("", _("Choose …")), *((each.pk, each.name) for each in known)],
            coerce=lambda value: people.department(int(value)),
        )
        self.fields["ways"] = forms.MultipleChoiceField(
            label=_("Ways"),
            choices=[(way.code, listed.both(way)) for way in rules.WAYS],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["month"] = forms.IntegerField(
            label=_("Planned for which month"), min_value=1, max_value=12
        )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's list; enter, link, strike out, publish."""
    permits.require(shell.staff(request), KEEPS_LIST)
    wish = request.POST.get("do", "")
    form = LineForm(request.POST if wish == "enter" else None)
    said = ""
    if request.method == "POST" and (wish != "enter" or form.is_valid()):
        try:
            return _done(request, year, wish, form)
        except errors.RuleBroken as refusal:
            said = " ".join(line.text for line in refusals.lines(refusal))
    lines = queries.lines(year)
    ways = {way.code: _(way.label) for way in rules.WAYS}
    return shell.page(
        request,
        "desk/participation_list.html",
        title=_("Matters open to participation in %(year)d") % {"year": year},
        place="participation_begin",
        status=422 if form.errors or said else 200,
        lines=[(line, _(", ").join(ways.get(way, way) for way in line.ways)) for line in lines],
        record=lines[0].of.record if lines else None,
        form=form,
        said=said,
        years=[year - 1, year + 1],
    )


def _done(request: HttpRequest, year: int, wish: str, form: LineForm) -> HttpResponse:
    """Do what is wished for; a line that is entered by a page pressed twice stands once."""
    where = reverse("desk:participation_list", args=[year])

    def enter(at: datetime) -> str:
        listing.enter(year, **form.given, actor=shell.staff(request), at=at)
        messages.success(request, _("Entered."))
        return where

    if wish == "enter":
        return sent.once(request, form, enter, otherwise=where)
    _change(request, year, wish)
    messages.success(request, _("Entered."))
    return HttpResponseRedirect(where)


def _change(request: HttpRequest, year: int, wish: str) -> None:
    given: dict[str, Any] = {"actor": shell.staff(request), "at": timezone.now()}
    line = numbers.typed(request.POST.get("line", ""))
    if wish == "publish":
        listing.publish(year, record=request.POST.get("record", ""), **given)
    elif line is not None and queries.line(line) is not None:
        typed = request.POST.get("typed", "")
        if wish == "strike":
            listing.strike(line, reason=typed, **given)
        else:
            listing.link(line, reference=typed, **given)
