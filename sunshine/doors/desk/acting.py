"""Doing an act: its form, made from what the procedure says it needs, and its one call inward.

All rooms do their acts here; what differs between them stands in a `Room`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import deeds, matter, refusals, shell, words
from sunshine.doors.desk.facts import ActForm, Asking
from sunshine.kernel import errors
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


def _nothing(_matter: Matter, _act: Act) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Room:
    """What the acts of one room need to know of it.

    :param readable: returns a matter that this officer may read, or raises `NotFound`
    :param acts_for: returns the acts of the stage for this person
    :param form: the form with the room's own fields
    :param place: the part of the desk that the page belongs to
    :param known: facts that the form begins with, beside those the first of two people gave
    :param beside: what else the act's page shows
    """

    readable: Callable[[HttpRequest, str], Matter]
    acts_for: Callable[[Matter, Person, datetime], Sequence[matter.ActShown]]
    form: type[ActForm] = ActForm
    place: str = "worklist"
    known: Callable[[Matter, Act], Mapping[str, Any]] = _nothing
    beside: Callable[[Matter, Act], Mapping[str, Any]] = _nothing


def acts_of(room: Room) -> Callable[..., HttpResponseBase]:
    """Return the view that does the acts of a room."""

    @require_http_methods(["GET", "POST"])
    def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
        """Show the form of an act, or do the act and lead back to the matter."""
        return _act(room, request, reference, name)

    return act


def _act(room: Room, request: HttpRequest, reference: str, name: str) -> HttpResponse:
    found = room.readable(request, reference)
    wanted, deed, operation = _find(found, name)
    asking = Asking(found, wanted, shell.today())
    if request.method != "POST":
        proposed = _proposed(found, wanted)
        known = {**_given(proposed), **room.known(found, wanted)}
        return _form(room, request, found, wanted, room.form(asking, deed, initial=known), proposed)
    form = room.form(asking, deed, request.POST)
    if not form.is_valid():
        return _form(room, request, found, wanted, form, _proposed(found, wanted))
    seen, person = form.cleaned_data["seen"], shell.staff(request)
    try:
        operation(found.pk, **form.facts(), actor=person, at=timezone.now(), seen=seen)
    except errors.RuleBroken as refusal:
        refusals.onto(form, refusal)
        return _form(room, request, found, wanted, form, _proposed(found, wanted))
    except errors.StaleStage as refusal:
        return refusals.answer(request, refusal, form=form)
    messages.success(request, _("Done: %(act)s") % {"act": _(wanted.label)})
    return HttpResponseRedirect(_where_next(room, request, reference))


def _find(found: Matter, name: str) -> tuple[Act, deeds.Deed, Callable[..., object]]:
    """Return an act with a form here, and how it is done; an act with a page of its own is none."""
    try:
        deed = deeds.deed(found.kind, name)
        act = matters.procedure_of(found).act_named(name)
    except KeyError:
        raise errors.NotFound(Reason(gettext_noop("There is no such act"))) from None
    if deed.operation is None or deed.page:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    return act, deed, deed.operation


def _where_next(room: Room, request: HttpRequest, reference: str) -> str:
    """Lead back to the matter, or to the worklist when it is now another department's affair."""
    try:
        room.readable(request, reference)
    except errors.NotFound:
        return reverse("desk:worklist")
    return reverse("desk:matter", args=[reference])


def _form(
    room: Room, request: HttpRequest, found: Matter, wanted: Act, form: ActForm, proposed: Entry | None
) -> HttpResponse:
    acts = room.acts_for(found, shell.staff(request), timezone.now())
    return shell.page(
        request,
        "desk/act.html",
        title=_(wanted.label),
        place=room.place,
        status=422 if form.errors else 200,
        matter=found,
        act=next((act for act in acts if act.name == wanted.name), None),
        wanted=wanted,
        basis=words.cited(wanted.basis),
        by=words.roles(role.name for role in wanted.by),
        form=form,
        proposal=words.timeline([proposed])[0] if proposed else None,
        **room.beside(found, wanted),
    )


def _given(proposed: Entry | None) -> dict[str, object]:
    """Return what the first person gave, so that the second need not type it again."""
    return {name: proposed.facts.get(name) for name in ("ground", "reason")} if proposed else {}


def _proposed(found: Matter, wanted: Act) -> Entry | None:
    """Return the newest act of the first person that this one answers."""
    if not wanted.four_eyes_since:
        return None
    kind = f"{found.kind}.{wanted.four_eyes_since}"
    entries = [entry for entry in ledger.timeline(found.reference) if entry.kind == kind]
    return entries[-1] if entries else None
