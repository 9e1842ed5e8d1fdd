"""Doing an act: its form, made from what the procedure says it needs, and its one call inward."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import deeds, matter, refusals, shell, words
from sunshine.doors.desk.facts import ActForm, Asking
from sunshine.kernel import errors
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents.models import Document


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of an act, or do the act and lead back to the matter."""
    document = matter.readable(request, reference)
    wanted, deed = _find(document, name)
    asking = Asking(document.matter, wanted, shell.today())
    if request.method != "POST":
        return _form(request, document, wanted, ActForm(asking, deed, initial=_proposed(document, wanted)))
    form = ActForm(asking, deed, request.POST)
    if not form.is_valid():
        return _form(request, document, wanted, form)
    try:
        _do(request, document, deed, form)
    except errors.RuleBroken as refusal:
        refusals.onto(form, refusal)
        return _form(request, document, wanted, form)
    except errors.StaleStage as refusal:
        return refusals.answer(request, refusal, form=form)
    messages.success(request, _("Done: %(act)s") % {"act": _(wanted.label)})
    return HttpResponseRedirect(reverse("desk:matter", args=[reference]))


def _find(document: Document, name: str) -> tuple[Act, deeds.Deed]:
    """Return an act with a form here; an act with a page of its own is not one of them."""
    try:
        deed = deeds.deed(document.matter.kind, name)
        found = matters.procedure_of(document.matter).act_named(name)
    except KeyError:
        raise errors.NotFound(Reason(gettext_noop("There is no such act"))) from None
    if deed.operation is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    return found, deed


def _do(request: HttpRequest, document: Document, deed: deeds.Deed, form: ActForm) -> None:
    assert deed.operation is not None  # noqa: S101  # `_find` lets no other through
    seen = form.cleaned_data["seen"]
    person = shell.staff(request)
    deed.operation(document.matter_id, **form.facts(), actor=person, at=timezone.now(), seen=seen)


def _form(request: HttpRequest, document: Document, wanted: Act, form: ActForm) -> HttpResponse:
    shown = next(
        (
            act
            for act in matter.acts_for(document, shell.staff(request), timezone.now())
            if act.name == wanted.name
        ),
        None,
    )
    return shell.page(
        request,
        "desk/act.html",
        title=_(wanted.label),
        place="worklist",
        status=422 if form.errors else 200,
        document=document,
        matter=document.matter,
        act=shown,
        wanted=wanted,
        basis=words.cited(wanted.basis),
        by=words.roles(role.name for role in wanted.by),
        form=form,
        publish_at=_publish_at(document, wanted),
        proposal=_proposal(document, wanted),
    )


def _publish_at(document: Document, wanted: Act) -> str:
    """Say the time that the frozen bundle names, where the act is about it."""
    if "publish_at" not in wanted.needs:
        return ""
    moment = drafts.time_of_publication(document.matter_id)
    return words.moment(moment) or _("The document names no time of publication; send it back to name one.")


def _proposed(document: Document, wanted: Act) -> dict[str, object]:
    """Return what the first person gave, so that the second need not type it again."""
    entries = [
        entry
        for entry in ledger.timeline(document.matter.reference)
        if wanted.four_eyes_since and entry.kind == f"{document.matter.kind}.{wanted.four_eyes_since}"
    ]
    return {name: entries[-1].facts.get(name) for name in ("ground", "reason")} if entries else {}


def _proposal(document: Document, wanted: Act) -> object:
    """Return the proposal that this act answers, as a moment of the story."""
    if not wanted.four_eyes_since:
        return None
    kind = f"{document.matter.kind}.{wanted.four_eyes_since}"
    entries = [entry for entry in ledger.timeline(document.matter.reference) if entry.kind == kind]
    return words.timeline(entries[-1:])[0] if entries else None
