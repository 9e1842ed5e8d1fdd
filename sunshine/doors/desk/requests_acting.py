"""Doing an act on a request, a remedy or a correction: its form and its one call inward."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.design.parts import Moment
from sunshine.doors.desk import deeds, refusals, requests_matter, shell, words
from sunshine.doors.desk.facts import Asking
from sunshine.doors.desk.requests_facts import RequestActForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of an act, or do the act and lead back to the matter."""
    matter = requests_matter.readable(request, reference)
    wanted, deed = _find(matter, name)
    asking = Asking(matter, wanted, shell.today())
    if request.method != "POST":
        return _form(request, matter, wanted, RequestActForm(asking, deed, initial=_proposed(matter, wanted)))
    form = RequestActForm(asking, deed, request.POST)
    if not form.is_valid():
        return _form(request, matter, wanted, form)
    assert deed.operation is not None  # noqa: S101  # `_find` lets no other through
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


def _find(matter: Matter, name: str) -> tuple[Act, deeds.Deed]:
    """Return an act with a form here, and how it is done."""
    try:
        deed = deeds.deed(matter.kind, name)
        found = matters.procedure_of(matter).act_named(name)
    except KeyError:
        raise errors.NotFound(Reason(gettext_noop("There is no such act"))) from None
    if deed.operation is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    return found, deed


def _form(request: HttpRequest, matter: Matter, wanted: Act, form: RequestActForm) -> HttpResponse:
    acts = requests_matter.acts_for(matter, shell.staff(request), timezone.now())
    return shell.page(
        request,
        "desk/act.html",
        title=_(wanted.label),
        place="worklist",
        status=422 if form.errors else 200,
        matter=matter,
        act=next((act for act in acts if act.name == wanted.name), None),
        wanted=wanted,
        by=words.roles(role.name for role in wanted.by),
        form=form,
        proposal=_proposal(matter, wanted),
    )


def _proposed(matter: Matter, wanted: Act) -> dict[str, object]:
    """Return what the first person gave, so that the second need not type it again."""
    kind = f"{matter.kind}.{wanted.four_eyes_since}"
    entries = [entry for entry in ledger.timeline(matter.reference) if entry.kind == kind]
    return {"reason": entries[-1].facts.get("reason")} if entries else {}


def _proposal(matter: Matter, wanted: Act) -> Moment | None:
    """Return the act of the first person that this one answers, as a moment of the story."""
    kind = f"{matter.kind}.{wanted.four_eyes_since}"
    entries = [entry for entry in ledger.timeline(matter.reference) if entry.kind == kind]
    return words.timeline(entries[-1:])[0] if entries else None
