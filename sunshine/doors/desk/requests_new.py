"""Registering what came on paper, by fax, e-mail or by word of mouth; entering remedies, corrections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.doors.desk import fields, listed, permits, refusals, requests_matter, sent, shell, words
from sunshine.kernel import errors
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries, rules
from sunshine.work.requests.models import Request
from sunshine.work.requests.rules import remedy_table
from sunshine.work.requests.rules.filing import IDENTITY_FIELDS, Filing

TAKES_IN = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)
BY_HAND = [way for way in rules.WAYS if way.code != "web"]


class IdentityForm(sent.PageForm):
    """Who asks, as the applicant proved it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "organisation": _("Organisation"),
            "name": _("Name"),
            "document_number": _("Number of the document"),
            "phone": _("Telephone"),
            "email": _("E-mail"),
            "address": _("Address"),
        }
        documents = listed.choices(rules.IDENTITY_DOCUMENTS)
        for name, label in labels.items():
            self.fields[name] = forms.CharField(label=label, required=False, max_length=200)
        self.fields["document"] = forms.ChoiceField(label=_("Document"), choices=documents)

    def identity(self) -> dict[str, str]:
        """Return what is sealed; call after `is_valid`."""
        return {name: self.cleaned_data.get(name, "") for name in IDENTITY_FIELDS}


class RegisterForm(IdentityForm):
    """A request on paper, by fax, by e-mail or spoken, entered by the office."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)

        def choice(label: str, among: Any) -> forms.ChoiceField:
            return forms.ChoiceField(label=label, choices=listed.choices(among))

        own = {
            "way": choice(_("Way"), BY_HAND),
            "arrived_at": fields.Moment(label=_("Arrived"), initial=timezone.now()),
            "applicant_kind": choice(_("Who asks"), rules.APPLICANT_KINDS),
            "wanted": forms.CharField(
                label=_("What is asked, in the applicant’s words"),
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 6}),
            ),
            "features": forms.CharField(
                label=_("Name or number of the document"), required=False, max_length=300
            ),
            "form_wanted": choice(_("Form wanted"), rules.FORMS_WANTED),
            "delivery": choice(_("How to get it"), rules.DELIVERIES),
            "help": forms.ChoiceField(
                label=_("Help"),
                required=False,
                choices=[("", _("none")), *((each.code, _(each.label)) for each in rules.HELP)],
            ),
        }
        self.fields = {**own, **self.fields}

    def filing(self) -> Filing:
        """Return what was entered as a request; call after `is_valid`."""
        given = self.cleaned_data
        names = ("way", "applicant_kind", "wanted", "features", "form_wanted", "delivery", "help")
        return Filing(identity=self.identity(), **{name: given[name] for name in names})


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Enter a request that did not come by the site's own form."""
    person = shell.staff(request)
    permits.require(person, TAKES_IN)
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with matters.once(form.key, at=at) as keep:
                made, code = requests.register(
                    form.filing(),
                    office=people.office(),
                    arrived_at=form.cleaned_data["arrived_at"],
                    actor=person,
                    at=at,
                )
                keep(code)
        except matters.SentBefore as refusal:
            return _again(request, refusal)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            return _registered(request, made.matter.reference, code, made.received_on is not None)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Register a request"),
        place="register_request",
        form=form,
        action=_("Register"),
        status=422 if form.errors else 200,
    )


def _again(request: HttpRequest, refusal: matters.SentBefore) -> HttpResponse:
    """Show number and code once more to who pressed twice; later, say only that nothing was entered twice."""
    if not refusal.code:
        return sent.before(request, refusal, reverse("desk:worklist"))
    reference = queries.matter_of_code(refusal.code).reference
    asked = Request.objects.filter(matter__reference=reference).first()
    is_received = asked is None or asked.received_on is not None
    return _registered(request, reference, refusal.code, is_received)


def _registered(request: HttpRequest, reference: str, code: str, is_received: bool) -> HttpResponse:
    """Show number and code once, to be handed to the applicant with the receipt."""
    return shell.page(
        request,
        "desk/request_registered.html",
        title=_("Registered: %(reference)s") % {"reference": reference},
        place="register_request",
        reference=reference,
        code=code,
        is_received=is_received,
        at=words.moment(timezone.now()),
    )


class CorrectionForm(IdentityForm):
    """A request to correct one's own data."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {
            "received_on": fields.Day(label=_("Received on"), initial=shell.today()),
            "wanted": forms.CharField(
                label=_("What is to be corrected, and the evidence"),
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 6}),
            ),
            **self.fields,
        }


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest) -> HttpResponse:
    """Enter a request to correct one's own data: no request for information."""
    person = shell.staff(request)
    permits.require(person, TAKES_IN)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with matters.once(form.key, at=at) as keep:
                made, code = requests.open_correction(
                    wanted=form.cleaned_data["wanted"],
                    identity=form.identity(),
                    received_on=form.cleaned_data["received_on"],
                    office=people.office(),
                    actor=person,
                    at=at,
                )
                keep(code)
        except matters.SentBefore as refusal:
            return _again(request, refusal)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            return _registered(request, made.matter.reference, code, True)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Register a correction of one’s own data"),
        place="register_request",
        form=form,
        action=_("Register"),
        status=422 if form.errors else 200,
    )


class RemedyForm(sent.PageForm):
    """A reconsideration or lawsuit of which the bureau has heard."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tracks = [(each.code, _(each.label)) for each in remedy_table.TRACKS]
        self.fields["track"] = forms.ChoiceField(
            label=_("How it is heard"), choices=tracks, widget=forms.RadioSelect
        )
        self.fields["filed_on"] = fields.Day(label=_("Filed on"))
        self.fields["received_on"] = fields.Day(label=_("The bureau was told on"), initial=shell.today())
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, max_length=500)


@require_http_methods(["GET", "POST"])
def remedy(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter a reconsideration or lawsuit against the answer to a request, or against none in time."""
    matter = requests_matter.readable(request, reference)
    person = shell.staff(request)
    form = RemedyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def begin(at: datetime) -> str:
            made = requests.open_remedy(queries.request(reference), **form.given, actor=person, at=at)
            return reverse("desk:matter", args=[made.matter.reference])

        try:
            otherwise = reverse("desk:matter", args=[reference])
            return sent.once(request, form, begin, otherwise=otherwise)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Enter a reconsideration or lawsuit"),
        place="worklist",
        form=form,
        matter=matter,
        action=_("Enter"),
        status=422 if form.errors else 200,
    )
