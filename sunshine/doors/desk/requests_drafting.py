"""Drafting a reply: first its class, then a form that asks for exactly what this class needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters.models import Matter
from sunshine.doors.desk import refusals, requests_matter, shell, words
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries, rules
from sunshine.work.requests.models import Request
from sunshine.work.requests.rules.outcomes import Outcome

PART = ("place", "ground", "why")
PARTS, SHOWN = 6, 2
"""Parts that a form of partial disclosure can list; more go into one line together."""


class ReplyForm(forms.Form):
    """The draft of a reply of one class."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, outcome: Outcome, version: str, *args: Any, earlier: Sequence[Request] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.outcome, self.earlier = outcome, earlier
        self.fields["finding"] = forms.CharField(
            label=_("What was found, and why"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
        )
        self.fields["public_subject"] = forms.CharField(
            label=_("Subject for the public register"), help_text=_("Without personal data"), max_length=200
        )
        for name in outcome.needs:
            if name == "withheld":
                self._add_parts(version)
            else:
                self.fields[name] = self._field(name)

    def _field(self, name: str) -> forms.Field:
        label = _(requests_matter.DETAILS.get(name, name))
        if name == "which" and self.outcome.choices:
            choices = [("", _("Choose …")), *((term, term) for term in self.outcome.choices)]
            return forms.ChoiceField(label=label, choices=choices)
        if name == "earlier":
            return self._earlier(label)
        return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def _earlier(self, label: str) -> forms.Field:
        found = [each.matter for each in self.earlier]
        known = [(each.reference, f"{each.reference} {each.title}") for each in found]
        none = "" if known else _("No other request of this applicant was answered here.")
        return forms.ChoiceField(label=label, help_text=none, choices=[("", _("Choose …")), *known])

    def _add_parts(self, version: str) -> None:
        grounds = [
            ("", _("Choose …")),
            *(
                (each.code, f"{each.term} ({words.cited(each.bases[version])})")
                for each in rules.may_be_withheld_for(version)
            ),
        ]
        for number in range(PARTS):
            shown = {"number": number + 1}
            self.fields[f"place_{number}"] = forms.CharField(
                label=_("Part %(number)d: where it stands") % shown, required=False, max_length=300
            )
            self.fields[f"ground_{number}"] = forms.ChoiceField(
                label=_("Part %(number)d: ground") % shown, choices=grounds, required=False
            )
            self.fields[f"why_{number}"] = forms.CharField(
                label=_("Part %(number)d: why") % shown,
                help_text=_("The harm, how one weighed, which kind of information, which law or mark"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def at_first(self) -> list[forms.BoundField]:
        """The fields that are seen at once."""
        further = {bound.name for bound in self.further}
        return [bound for bound in self if bound.name not in further]

    @property
    def further(self) -> list[forms.BoundField]:
        """The fields for more parts than most answers withhold."""
        pairs = (f"{name}_{number}" for number in range(SHOWN, PARTS) for name in PART)
        return [self[name] for name in pairs if name in self.fields]

    @property
    def has_further(self) -> bool:
        """Whether any of those says something."""
        return any(bound.value() or bound.errors for bound in self.further)

    def details(self) -> dict[str, Any]:
        """Return what the class needs, as the answer keeps it; call after `is_valid`."""
        given = self.cleaned_data
        found: dict[str, Any] = {name: given[name] for name in self.outcome.needs if name != "withheld"}
        if "withheld" in self.outcome.needs:
            parts = [{name: given[f"{name}_{n}"].strip() for name in PART} for n in range(PARTS)]
            found["withheld"] = [part for part in parts if any(part.values())]
        return found


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a class, or draft the reply of the chosen one."""
    matter = requests_matter.readable(request, reference)
    outcome = rules.outcome_named(request.GET.get("outcome", ""))
    if outcome is None:
        return _choose(request, matter)
    if matter.procedure_version not in outcome.bases or not outcome.is_drafted:
        raise errors.NotFound(Reason(gettext_noop("There is no such class of answer")))
    kept = queries.newest_answer(queries.request(reference))
    initial: dict[str, Any] = {"seen": matter.version}
    if kept is not None:
        initial["public_subject"] = kept.public_subject
        if kept.outcome == outcome.code and kept.served_on is None:
            initial |= {"finding": kept.finding, **kept.details, **_parts_of(kept.details)}
    form = ReplyForm(
        outcome,
        matter.procedure_version,
        request.POST if request.method == "POST" else None,
        initial=initial,
        earlier=list(queries.answered_before(matter.pk)) if "earlier" in outcome.needs else (),
    )
    if request.method == "POST" and form.is_valid():
        answer = _enter(request, matter, outcome, form)
        if answer is not None:
            return answer
    basis = outcome.bases[matter.procedure_version]
    return shell.page(
        request,
        "desk/request_reply.html",
        title=_("Draft the reply"),
        place="worklist",
        matter=matter,
        form=form,
        outcome=requests_matter.outcome(outcome.code),
        basis=words.cited(basis),
        status=422 if form.errors else 200,
    )


def _parts_of(details: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts of a draft as the form's fields have them."""
    parts = enumerate(details.get("withheld", ()))
    return {f"{name}_{number}": part.get(name, "") for number, part in parts for name in PART}


def _enter(request: HttpRequest, matter: Matter, outcome: Outcome, form: ReplyForm) -> HttpResponse | None:
    """Enter the draft; None where a rule forbids it and the form says why."""
    try:
        requests.draft_reply(
            matter.pk,
            outcome=outcome.code,
            finding=form.cleaned_data["finding"],
            public_subject=form.cleaned_data["public_subject"],
            details=form.details(),
            actor=shell.staff(request),
            at=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
    except errors.RuleBroken as refusal:
        refusals.onto(form, refusal)
        return None
    except errors.StaleStage as refusal:
        return refusals.answer(request, refusal, form=form)
    messages.success(request, _("Done: %(act)s") % {"act": _("Draft the reply")})
    return HttpResponseRedirect(reverse("desk:matter", args=[matter.reference]))


def _choose(request: HttpRequest, matter: Matter) -> HttpResponse:
    choices = [
        (each.code, requests_matter.outcome(each.code), words.cited(each.bases[matter.procedure_version]))
        for each in rules.outcomes_open(matter.procedure_version)
    ]
    return shell.page(
        request,
        "desk/request_classes.html",
        title=_("Which class of answer?"),
        place="worklist",
        matter=matter,
        choices=choices,
    )
