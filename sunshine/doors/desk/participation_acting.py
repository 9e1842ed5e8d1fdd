"""Doing an act on a matter of participation: its form and its one call inward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.doors.desk import deeds, participation_facts, participation_matter, refusals, shell, words
from sunshine.doors.desk.facts import ActForm, Asking, FieldMaker
from sunshine.kernel import errors
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


class ParticipationActForm(ActForm):
    """The form of one act of this room."""

    makers: ClassVar[Mapping[str, FieldMaker]] = participation_facts.MAKERS


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of an act, or do the act and lead back to the matter."""
    matter = participation_matter.readable(request, reference)
    wanted, deed = find(matter, name)
    asking = Asking(matter, wanted, shell.today())
    if request.method != "POST":
        return _form(request, matter, wanted, ParticipationActForm(asking, deed))
    form = ParticipationActForm(asking, deed, request.POST)
    if not form.is_valid():
        return _form(request, matter, wanted, form)
    assert deed.operation is not None  # noqa: S101  # `find` lets no other through
    seen, person = form.cleaned_data["seen"], shell.staff(request)
    try:
        deed.operation(matter.pk, **form.facts(), actor=person, at=timezone.now(), seen=seen)
    except errors.RuleBroken as refusal:
        refusals.onto(form, refusal)
        return _form(request, matter, wanted, form)
    except errors.StaleStage as refusal:
        return refusals.answer(request, refusal, form=form)
    messages.success(request, _("Done: %(act)s") % {"act": _(wanted.label)})
    return HttpResponseRedirect(reverse("desk:matter", args=[reference]))


def find(matter: Matter, name: str) -> tuple[Act, deeds.Deed]:
    """Return an act with a form here, and how it is done; raise `NotFound` for any other."""
    try:
        deed = deeds.deed(matter.kind, name)
        found = matters.procedure_of(matter).act_named(name)
    except KeyError:
        raise errors.NotFound(Reason(gettext_noop("There is no such act"))) from None
    if deed.operation is None or deed.page:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    return found, deed


def _form(request: HttpRequest, matter: Matter, wanted: Act, form: forms.Form) -> HttpResponse:
    acts = participation_matter.acts_for(matter, shell.staff(request), timezone.now())
    return shell.page(
        request,
        "desk/act.html",
        title=_(wanted.label),
        place="worklist",
        status=422 if form.errors else 200,
        matter=matter,
        act=next((act for act in acts if act.name == wanted.name), None),
        wanted=wanted,
        basis=words.cited(wanted.basis),
        by=words.roles(role.name for role in wanted.by),
        form=form,
    )
