"""A hotline's list: brought as a file, looked at line by line, then taken in; what has mistakes stays out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.doors.desk import letters_posts, listed, permits, refusals, sent, shell, words
from sunshine.doors.desk.letters_new import TAKES_IN
from sunshine.kernel import errors
from sunshine.text import sheets
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import BroughtList
from sunshine.work.correspondence.queries import lists
from sunshine.work.correspondence.rules import hotline, terms

MOST_SLIPS, MOST_LINES = 200, 100
"""Mistakes and lines shown at once; a longer list is better looked at in the program it was made with."""


class ListForm(sent.PageForm):
    """A list and the hotline that hands it over."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        handing = [each for each in terms.CHANNELS if each.code in terms.HOTLINES]
        self.fields["channel"] = listed.field(_("Hotline"), handing)
        self.fields["file"] = forms.FileField(label=_("The list (.xlsx or .csv)"))


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take a list to be looked at; nothing is entered by that."""
    person = shell.staff(request)
    permits.require(person, TAKES_IN)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(sheets.MOST_BYTES + 1)
        channel = form.cleaned_data["channel"]
        try:
            found = letters.bring(data, channel=channel, actor=person, at=timezone.now(), page=form.key)
        except matters.SentBefore as refusal:
            return sent.before(request, refusal, _where(refusal.code))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            return HttpResponseRedirect(_where(found.token))
    return shell.page(
        request,
        "desk/letter_lists.html",
        title=_("Take in the list of a hotline"),
        place="letters",
        form=form,
        columns=listed.columns(hotline.HEADINGS, (*hotline.NEEDED, *hotline.SAYS[:1])),
        most=hotline.MOST_ROWS,
        links=letters_posts.links("letter_lists"),
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, token: str) -> HttpResponse:
    """Show what taking in a list would do, or take it in."""
    person = shell.staff(request)
    permits.require(person, TAKES_IN)
    found = lists.brought(token, person)
    if found is None:
        messages.info(request, _("This list was taken in or thrown away; bring it again to look at it."))
        return HttpResponseRedirect(reverse("desk:letter_lists"))
    form = sent.PageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given: dict[str, Any] = {"office": people.office(), "actor": person, "at": timezone.now()}
        try:
            done = letters.take_in(found, **given, page=form.key)
        except matters.SentBefore as refusal:
            return sent.before(request, refusal, _where(token))
        messages.success(request, _said(done))
        if done.waiting:
            told = _("%(count)d lines wait; press once more to go on with them.") % {"count": done.waiting}
            messages.info(request, told)
            return HttpResponseRedirect(_where(token))
        return HttpResponseRedirect(_where())
    return _shown(request, found, form)


def _where(token: str = "") -> str:
    """Return the page on which a list is looked at; without its token, the one that takes lists."""
    return reverse("desk:letter_list", args=[token]) if token else reverse("desk:letter_lists")


def _said(done: letters.TakenIn) -> str:
    return _(
        "%(entered)d entered as cases, %(told)d told something new, %(known)d were known, "
        "%(left)d with mistakes stayed out."
    ) % {"entered": done.entered, "told": done.told, "known": done.known, "left": done.left}


def _shown(request: HttpRequest, found: BroughtList, form: sent.PageForm) -> HttpResponse:
    judged = lists.judged(found, at=timezone.now())
    fresh = {line.row for line in judged.entered}
    told = [(line, update) for line, update in judged.told if line.row not in fresh]
    return shell.page(
        request,
        "desk/letter_list.html",
        title=_("Look at the list of %(hotline)s") % {"hotline": listed.said(found.channel, terms.CHANNELS)},
        place="letters",
        back=reverse("desk:letter_lists"),
        form=form,
        entered=[_line(line) for line in judged.entered[:MOST_LINES]],
        told=[(line.row, line.number, update.words) for line, update in told[:MOST_LINES]],
        counts={
            "entered": len(judged.entered),
            "told": len({line.row for line, _update in told}),
            "known": judged.known,
            "left": len({slip.row for slip in judged.slips}),
        },
        slips=listed.slips(judged.slips, most=MOST_SLIPS),
        left_out=_(", ").join(judged.left_out),
        status=422 if form.errors else 200,
    )


def _line(line: hotline.Line) -> tuple[int, str, str, str, str]:
    sort = listed.said(line.letter.sort, terms.SORTS) if line.letter.sort else _("to be sorted by the office")
    return line.row, line.number, words.moment(line.arrived_at), sort, line.letter.text
