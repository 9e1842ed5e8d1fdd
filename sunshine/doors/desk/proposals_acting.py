"""Doing an act on a proposal, a joint opinion or a publication: its form and its one call inward."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.doors.desk import deeds, proposals_matter, refusals, shell, words
from sunshine.doors.desk.facts import Asking
from sunshine.doors.desk.proposals_facts import ProposalActForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of an act, or do the act and lead back to the matter."""
    matter = proposals_matter.readable(request, reference)
    wanted, deed = _find(matter, name)
    asking = Asking(matter, wanted, shell.today())
    if request.method != "POST":
        return _form(request, matter, wanted, ProposalActForm(asking, deed, initial=_given(matter, wanted)))
    form = ProposalActForm(asking, deed, request.POST)
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


def _form(request: HttpRequest, matter: Matter, wanted: Act, form: ProposalActForm) -> HttpResponse:
    acts = proposals_matter.acts_for(matter, shell.staff(request), timezone.now())
    told = _proposals(matter, wanted)
    return shell.page(
        request,
        "desk/act.html",
        title=_(wanted.label),
        place="proposals",
        status=422 if form.errors else 200,
        matter=matter,
        act=next((act for act in acts if act.name == wanted.name), None),
        wanted=wanted,
        basis=words.cited(wanted.basis),
        by=words.roles(role.name for role in wanted.by),
        form=form,
        proposal=words.timeline(told[-1:])[0] if told else None,
    )


def _proposals(matter: Matter, wanted: Act) -> list[Entry]:
    """Return the acts of the first person that this one answers, oldest first."""
    kind = f"{matter.kind}.{wanted.four_eyes_since}"
    return [entry for entry in ledger.timeline(matter.reference) if entry.kind == kind]


def _given(matter: Matter, wanted: Act) -> dict[str, object]:
    """Return the reason that the first person gave, so that the second need not type it again."""
    told = _proposals(matter, wanted) if "reason" in wanted.needs else []
    return {"reason": told[-1].facts.get("reason")} if told else {}
