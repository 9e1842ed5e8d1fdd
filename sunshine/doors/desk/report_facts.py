"""Recorded facts of a year: entered, corrected with a reason, struck with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.doors.desk import fields, refusals, shell
from sunshine.kernel import errors
from sunshine.lenses.reporting.rules.narrative import FACTS
from sunshine.work.facts import operations as facts
from sunshine.work.facts import queries
from sunshine.work.facts.models import Fact
from sunshine.work.facts.rules import TOPICS, Stated


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact in the list of a year: how a text names it, and what it says."""

    place: str
    url: str
    name: str
    said: str
    as_of: date
    source: str
    topic: str
    listed: Sequence[str]
    by: str


class FactForm(forms.Form):
    """A fact; where it takes the place of another one, why."""

    def __init__(self, year: int, *args: Any, fact: Fact | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._year, self._fact = year, fact
        if fact is None:
            self.fields["code"] = forms.CharField(
                label=_("Short name"),
                max_length=30,
                help_text=_(
                    "Small letters, digits and low lines, such as microblog_followers; stays for ever."
                ),
            )
        self.fields["name"] = forms.CharField(
            label=_("What is counted or true"),
            max_length=200,
            help_text=_("As a sentence that goes on with the number."),
        )
        self.fields["value"] = forms.CharField(label=_("Value"), max_length=20)
        self.fields["unit"] = forms.CharField(label=_("Unit"), max_length=20, required=False)
        self.fields["as_of"] = fields.Day(
            label=_("As of"), initial=min(date(year, 12, 31), shell.today()).isoformat()
        )
        self.fields["source"] = forms.CharField(
            label=_("Source"), max_length=300, help_text=_("The paper, the system or the rule that says so.")
        )
        self.fields["topic"] = forms.ChoiceField(
            label=_("Section of the report"), choices=[(code, _(label)) for code, label in TOPICS.items()]
        )
        self.fields["listed"] = forms.CharField(
            label=_("What is counted, a line each"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Where the number is a count: as many lines as it says. Everybody reads them."),
        )
        if fact is not None:
            self.fields["reason"] = forms.CharField(label=_("Why it is corrected"), max_length=300)
            self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def stated(self) -> Stated:
        """The fact as it was typed."""
        given = dict(self.cleaned_data)
        for name in ("reason", "seen"):
            given.pop(name, None)
        listed = tuple(line for line in given.pop("listed").splitlines() if line.strip())
        code = self._fact.code if self._fact else given.pop("code")
        return Stated(year=self._year, code=code, listed=listed, **given)


class StrikeForm(forms.Form):
    """Why a fact is struck."""

    reason = forms.CharField(label=gettext_lazy("Why it is struck"), max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def may_record(request: HttpRequest) -> bool:
    """Return whether the reader may enter facts."""
    return queries.may_record(shell.staff(request), on=shell.today()).holds


def shown(year: int) -> list[Shown]:
    """Return the facts of a year as the desk lists them."""
    return [
        Shown(
            place=f"[[{FACTS}{fact.code}]]",
            url=reverse("desk:report_fact", args=[year, fact.code]),
            name=fact.name,
            said=f"{fact.value}{fact.unit}",
            as_of=fact.as_of,
            source=fact.source,
            topic=_(TOPICS[fact.topic]) if fact.topic else "",
            listed=fact.listed,
            by=fact.recorded_by.name,
        )
        for fact in queries.standing(year)
    ]


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, year: str) -> HttpResponse:
    """Record a fact."""
    _require(request)
    form = FactForm(int(year), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            facts.record(form.stated, actor=shell.staff(request), at=timezone.now())
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            return HttpResponseRedirect(_back(year))
    return _page(request, form, _("Record a fact of %(year)s") % {"year": year}, _("Record"), year)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, year: str, code: str) -> HttpResponse:
    """Put a newer statement in the place of a fact."""
    _require(request)
    fact = _fact(request, year, code)
    given: dict[str, Any] = {
        name: getattr(fact, name) for name in ("name", "value", "unit", "source", "topic")
    }
    given |= {"as_of": fact.as_of, "listed": "\n".join(fact.listed), "seen": fact.pk}
    posted = request.POST if request.method == "POST" else None
    form = FactForm(int(year), posted, fact=fact, initial=given)
    if request.method == "POST" and form.is_valid():
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        try:
            facts.correct(seen, form.stated, reason=reason, actor=shell.staff(request), at=timezone.now())
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            return HttpResponseRedirect(_back(year))
    url = reverse("desk:report_fact_strike", args=[year, code])
    return _page(request, form, fact.name, _("Correct it"), year, [(url, _("Strike it"))])


@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, year: str, code: str) -> HttpResponse:
    """Strike a fact that should not have been entered."""
    _require(request)
    fact = _fact(request, year, code)
    form = StrikeForm(request.POST if request.method == "POST" else None, initial={"seen": fact.pk})
    if request.method == "POST" and form.is_valid():
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        try:
            facts.strike(seen, reason=reason, actor=shell.staff(request), at=timezone.now())
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            return HttpResponseRedirect(_back(year))
    return _page(request, form, _("Strike: %(fact)s") % {"fact": fact.name}, _("Strike it"), year)


def _fact(request: HttpRequest, year: str, code: str) -> Fact:
    """Return the fact that stands; to who sends a form also one struck meanwhile, so that it is told."""
    return (queries.newest if request.method == "POST" else queries.fact)(int(year), code)


def _require(request: HttpRequest) -> None:
    verdict = queries.may_record(shell.staff(request), on=shell.today())
    if not verdict.holds:
        raise errors.NotAllowed(*verdict.reasons)


def _back(year: str) -> str:
    return f"{reverse('desk:report', args=[year])}#facts"


def _page(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    action: str,
    year: str,
    others: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    return shell.page(
        request,
        "desk/report_fact.html",
        title=title,
        place="reports",
        back=_back(year),
        form=form,
        action=action,
        others=others,
        status=422 if form.errors else 200,
    )
