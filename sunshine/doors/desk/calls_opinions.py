"""Answering the opinions of a call: group by group, many groups at once, each with its persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters.models import Matter
from sunshine.design.parts import Link
from sunshine.doors.desk import listed, participation_facts, participation_matter, refusals, shell
from sunshine.kernel import errors
from sunshine.text import numbers
from sunshine.work.participation.models import CommentCall
from sunshine.work.participation.operations import answering
from sunshine.work.participation.queries import calls
from sunshine.work.participation.rules import calls as call_rules
from sunshine.work.participation.rules import terms

ON_A_PAGE = 50
SHOWN_OF_A_GROUP = 20
"""Further texts of a group that its line unfolds; what says the same need not be read a hundred times."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group as it is answered, and how it was."""

    group: calls.Group
    answer: str


class AnswerForm(forms.Form):
    """One answer for the groups that were chosen."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed through as they came
        self.fields["answer"] = listed.field(_("Answer"), terms.ANSWERS)
        reason = participation_facts.text(
            _("Reason"), hint=_("The public reads it; what is not adopted is owed one.")
        )
        reason.required = False
        self.fields["reason"] = reason


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the groups of a call, or answer those that were chosen."""
    matter = participation_matter.readable(request, reference)
    call = calls.call(reference)
    if request.method != "POST":
        return _page(request, matter, call, AnswerForm())
    taken_out = numbers.typed(request.POST.get("take_out", ""))
    if taken_out is not None:
        return _take_out(request, matter, taken_out)
    form = AnswerForm(request.POST)
    chosen = numbers.all_typed(request.POST.getlist("group"))
    if not chosen:
        form.add_error(None, _("Choose the opinions that this answers."))
    if not form.is_valid():
        return _page(request, matter, call, form, chosen)
    person, at = shell.staff(request), timezone.now()
    try:
        answering.answer(matter.pk, groups=chosen, **form.cleaned_data, actor=person, at=at)
    except errors.RuleBroken as refusal:
        refusals.onto(form, refusal)
        return _page(request, matter, call, form, chosen)
    except errors.StaleStage as refusal:
        return refusals.answer(request, refusal, form=form)
    messages.success(request, _("Answered: %(count)d groups") % {"count": len(chosen)})
    return _back(request, matter)


def _take_out(request: HttpRequest, matter: Matter, opinion: int) -> HttpResponse:
    try:
        answering.take_out(matter.pk, opinion=opinion, actor=shell.staff(request), at=timezone.now())
    except (errors.RuleBroken, errors.StaleStage) as refusal:
        return refusals.answer(request, refusal)
    messages.success(request, _("Taken out; it is answered alone."))
    return _back(request, matter)


def _back(request: HttpRequest, matter: Matter) -> HttpResponse:
    answer = request.POST.get("shown", "")
    return HttpResponseRedirect(f"{reverse('desk:call_opinions', args=[matter.reference])}?answer={answer}")


def _page(
    request: HttpRequest, matter: Matter, call: CommentCall, form: AnswerForm, chosen: Sequence[int] = ()
) -> HttpResponse:
    shown = request.POST.get("shown") or request.GET.get("answer", "none")
    known = {term.code for term in terms.ANSWERS}
    answer = shown if shown in known else "" if shown == "none" else None
    page = Paginator(calls.groups(call, answer=answer), ON_A_PAGE).get_page(request.GET.get("page"))
    return shell.page(
        request,
        "desk/call_opinions.html",
        title=_("Opinions"),
        status=422 if form.errors else 200,
        tabs=_tabs(matter, call, shown),
        shown=shown,
        lines=[_line(each) for each in calls.told(page.object_list, members=SHOWN_OF_A_GROUP)],
        chosen=list(chosen),
        page=page,
        form=form,
        may_answer=matter.stage == call_rules.CLOSED.name and not call.report_document,
        may_take_out=matter.closed_at is None and not call.report_document,
        is_reported_on=matter.closed_at is None and bool(call.report_document),
        **participation_matter.context(matter),
    )


def _line(group: calls.Group) -> Line:
    return Line(group, listed.said(group.answer, terms.ANSWERS))


def _tabs(matter: Matter, call: CommentCall, shown: str) -> list[Link]:
    address = reverse("desk:call_opinions", args=[matter.reference])
    counts = calls.answers(call)
    named = [("none", _("Without an answer"), counts.get("", 0))]
    named += [(term.code, _(term.label), counts.get(term.code, 0)) for term in terms.ANSWERS]
    named.append(("", _("All"), sum(counts.values())))
    return [
        Link(label, f"{address}?answer={code or 'all'}", current=(code or "all") == shown, count=count)
        for code, label, count in named
    ]
