"""Giving the applicant a new code: it is shown this once and lies nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import queries as matters
from sunshine.doors.desk import deeds, refusals, requests_matter, shell, words
from sunshine.doors.desk.facts import Asking
from sunshine.doors.desk.requests_facts import RequestActForm
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import operations as requests

ACT = "issue_code"


@require_http_methods(["GET", "POST"])
def issue_code(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask how one made sure who gets it; then show the code."""
    matter = requests_matter.readable(request, reference)
    person, at = shell.staff(request), timezone.now()
    if ACT not in deeds.DEEDS[matter.kind]:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    wanted, deed = matters.procedure_of(matter).act_named(ACT), deeds.deed(matter.kind, ACT)
    form = RequestActForm(Asking(matter, wanted, shell.today()), deed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            code = requests.issue_code(matter.pk, **form.facts(), actor=person, at=at, seen=seen)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            return shell.page(
                request,
                "desk/request_code.html",
                title=_("New code: %(reference)s") % {"reference": reference},
                place="worklist",
                reference=reference,
                code=code,
                at=words.moment(at),
            )
    acts = requests_matter.acts_for(matter, person, at)
    return shell.page(
        request,
        "desk/act.html",
        title=_(wanted.label),
        place="worklist",
        matter=matter,
        form=form,
        wanted=wanted,
        act=next((each for each in acts if each.name == ACT), None),
        by=words.roles(role.name for role in wanted.by),
        basis=words.cited(wanted.basis),
        status=422 if form.errors else 200,
    )
