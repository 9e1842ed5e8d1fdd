"""Doing an act on a letter: its form and its one call inward."""

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
from sunshine.design.parts import Moment
from sunshine.doors.desk import deeds, letters_matter, refusals, shell, words
from sunshine.doors.desk.facts import Asking
from sunshine.doors.desk.letters_facts import LetterActForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import Act
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Show the form of an act, or do the act and lead back to the matter."""
    matter = letters_matter.readable(request, reference)
    wanted, deed = _find(matter, name)
    asking = Asking(matter, wanted, shell.today())
    if request.method != "POST":
        return _form(request, matter, wanted, LetterActForm(asking, deed, initial=_proposed(matter, wanted)))
    form = LetterActForm(asking, deed, request.POST)
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
    return HttpResponseRedirect(_where_next(request, reference))


def _where_next(request: HttpRequest, reference: str) -> str:
    """Lead back to the matter, or to the worklist when it is now another department's affair."""
    if cases.may_read(cases.matter(reference), shell.staff(request), at=timezone.now()):
        return reverse("desk:matter", args=[reference])
    return reverse("desk:worklist")


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


def _form(request: HttpRequest, matter: Matter, wanted: Act, form: LetterActForm) -> HttpResponse:
    acts = letters_matter.acts_for(matter, shell.staff(request), timezone.now())
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
        proposal=_proposal(matter, wanted),
    )


def _proposed(matter: Matter, wanted: Act) -> dict[str, object]:
    """Return what was given before, so that it need not be typed again."""
    if wanted.name == "draft_case_reply" and matter.kind in stages.KINDS:
        reply = cases.newest_reply(cases.case(matter.reference))
        if reply is not None and reply.sent_at is None:
            return {"outcome": reply.outcome, "text": reply.text, "promised_on": reply.promised_on}
    if wanted.name.startswith("register_") and matter.kind == stages.CASE:
        return {"sort": cases.case(matter.reference).sort}
    entries = _entries(matter, wanted)
    return {"reason": entries[-1].facts.get("reason")} if entries else {}


def _proposal(matter: Matter, wanted: Act) -> Moment | None:
    """Return the act of the first person that this one answers, as a moment of the story."""
    entries = _entries(matter, wanted)
    return words.timeline(entries[-1:])[0] if entries else None


def _entries(matter: Matter, wanted: Act) -> list[Entry]:
    kind = f"{matter.kind}.{wanted.four_eyes_since}"
    return [entry for entry in ledger.timeline(matter.reference) if entry.kind == kind]
