"""The operator's screen: what comes by telephone, letter, visit or e-mail, with what is alike beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Person
from sunshine.doors.desk import (
    fields,
    letters_matter,
    letters_posts,
    listed,
    permits,
    refusals,
    sent,
    shell,
    words,
)
from sunshine.kernel import errors
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Case
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages, terms
from sunshine.work.correspondence.rules.posting import Letter

BEGINNINGS = {
    "register_case": letters.register_case,
    "register_consultation": letters.register_consultation,
    "register_danger": letters.register_danger,
}
TAKES_IN = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)


class LetterForm(sent.PageForm):
    """What somebody says, as the operator hears it; `looked` says that alike cases were shown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        services = [(each.code, each.name) for each in cases.services(on=shell.today())]
        line: dict[str, Any] = {"required": False, "max_length": 200}
        named, numbered = line | {"max_length": 60}, line | {"max_length": 120}
        self.fields = {
            **self.fields,
            "text": forms.CharField(
                label=_("What is it about?"),
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
            ),
            "service": forms.ChoiceField(
                label=_("What is reported"), required=False, choices=[("", _("something else")), *services]
            ),
            "sort": listed.field(_("Sort"), terms.SORTS),
            "address": forms.CharField(label=_("Place in words"), **line),
            "lat": forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90),
            "lon": forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180),
            "name": forms.CharField(label=_("Name of who writes"), **line),
            "phone": forms.CharField(label=_("Telephone"), **line),
            "email": forms.CharField(label=_("E-mail"), **line),
            "channel": listed.field(_("Channel"), terms.ENTERED),
            "track": forms.ChoiceField(label=_("Handled as"), choices=_tracks()),
            "accused": forms.TypedChoiceField(
                label=_("Department that is accused"),
                required=False,
                help_text=_("Of a petition only; this department never gets it."),
                choices=[("", _("none")), *((each.pk, each.name) for each, _p in _departments())],
                coerce=lambda value: people.department(int(value)),
                empty_value=None,
            ),
            "arrived_at": fields.Moment(label=_("Arrived"), initial=timezone.now()),
            "source": forms.CharField(label=_("Other system"), help_text=_("Such as 12345"), **named),
            "number": forms.CharField(label=_("Its number there"), **numbered),
            "may_be_shown": forms.BooleanField(
                label=_("The reporter agrees that message and answer may be shown without personal data"),
                required=False,
            ),
            "looked": forms.CharField(required=False, widget=forms.HiddenInput),
        }
        if not self.is_bound:
            self.initial.setdefault("channel", terms.HOTLINE_12345.code)
            self.initial.setdefault("sort", terms.COMPLAINT.code)

    def letter(self) -> Letter:
        """Return what was entered as a letter; call after `is_valid`."""
        given = self.cleaned_data
        names = ("channel", "text", "sort", "service", "address", "lat", "lon", "may_be_shown")
        who = {name: given[name] for name in ("name", "phone", "email")}
        return Letter(who=who, **{name: given[name] for name in names})


def _departments() -> list[tuple[Any, Any]]:
    return list(people.register(on=shell.today()))


def _tracks() -> list[tuple[str, str]]:
    return [
        ("register_case", _("Ordinary case")),
        ("register_consultation", _("Consultation: answered sooner")),
        ("register_danger", _("Danger: secured within two hours")),
        ("petition", _("Petition under the rules on letters and visits")),
    ]


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a letter, or add who says it to the case that is being handled already."""
    person = shell.staff(request)
    permits.require(person, TAKES_IN)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    joins = request.POST.get("joins", "")
    found = [] if joins else [letters_matter.alike(each) for each in _alike(form, person)]
    if found and not joins and form.cleaned_data["looked"] != "yes":
        return _form(request, form, found)
    at = timezone.now()
    try:
        with matters.once(form.key, at=at) as keep:
            case, code = _added(form, joins, person, at) if joins else _entered(form, person, at)
            keep(code)
            if not code:  # nothing was entered: the page can be sent again
                transaction.set_rollback(True)
    except matters.SentBefore as refusal:
        return _again(request, refusal)
    except (errors.RuleBroken, errors.NotFound) as refusal:
        refusals.onto(form, refusal)
        return _form(request, form, found)
    if not code and case.matter.closed_at is None and cases.may_read(case.matter, person, at=timezone.now()):
        return _known(request, form, case)
    return _registered(request, case, code, is_added=bool(joins))


def _again(request: HttpRequest, refusal: matters.SentBefore) -> HttpResponse:
    """Show number and code once more to who pressed twice; later, say only that nothing was entered twice."""
    if not refusal.code:
        return sent.before(request, refusal, reverse("desk:letters"))
    case = cases.reporter_of_code(refusal.code).case
    return _registered(request, case, refusal.code, is_added=cases.persons(case) > 1)


def _known(request: HttpRequest, form: LetterForm, case: Case) -> HttpResponse:
    """Offer to add who calls to the case that bears the number already: so they too have a code."""
    told = {"reference": case.matter.reference}
    form.add_error(
        "number", _("%(reference)s bears this number. Add this person to it, or correct the number.") % told
    )
    said = _("%(count)d persons") % {"count": cases.persons(case)}
    return _form(request, form, [(case.matter.reference, letters_matter.beginning_of(case), said)])


def _kind(form: LetterForm) -> str:
    return stages.PETITION if form.cleaned_data["track"] == "petition" else stages.CASE


def _alike(form: LetterForm, person: Person) -> list[cases.Alike]:
    given = form.cleaned_data
    service = cases.service(given["service"], on=shell.today()) if given["service"] else None
    place = {"lat": given["lat"], "lon": given["lon"]}
    asked: dict[str, Any] = {"kind": _kind(form), "service": service, **place}
    return cases.alike(given["text"], at=timezone.now(), reader=person, **asked)


def _entered(form: LetterForm, person: Person, at: datetime) -> tuple[Case, str]:
    given = form.cleaned_data
    shared: dict[str, Any] = {
        "office": people.office(),
        "arrived_at": given["arrived_at"],
        "actor": person,
        "at": at,
    }
    kind = _kind(form)
    if kind == stages.PETITION:
        shared |= {"kind": kind, "accused": given["accused"]}
    if given["number"].strip():
        beginning = given["track"] if kind == stages.CASE else ""
        numbered = (_source(given), given["number"], form.letter())
        return letters.enter_foreign(*numbered, beginning=beginning, **shared)
    with transaction.atomic():
        case, code = letters.enter(form.letter(), **shared)
        if kind == stages.CASE:
            BEGINNINGS[given["track"]](case.pk, sort=given["sort"], actor=person, at=at)
    return case, code


def _source(given: Mapping[str, Any]) -> str:
    """Return the other system that was named; a hotline’s number is its platform’s, as in its lists."""
    channel = str(given["channel"])
    return str(given["source"]).strip() or terms.HOTLINES.get(channel, channel)


def _added(form: LetterForm, joins: str, person: Person, at: datetime) -> tuple[Case, str]:
    given = form.cleaned_data
    kind = _kind(form)
    with transaction.atomic():  # who is refused for the number is not added either
        _reporter, code = letters.add_reporter(
            joins,
            form.letter(),
            kind=kind,
            accused=given["accused"] if kind == stages.PETITION else None,
            came_at=given["arrived_at"],
            actor=person,
            at=at,
        )
        if given["number"].strip():
            number = given["number"]
            letters.name_elsewhere(joins, source=_source(given), number=number, actor=person, at=at)
    return cases.case(joins), code


def _form(request: HttpRequest, form: LetterForm, found: Sequence[tuple[str, str, str]] = ()) -> HttpResponse:
    return shell.page(
        request,
        "desk/letter_new.html",
        title=_("Enter a letter"),
        place="letters",
        form=form,
        found=found,
        links=letters_posts.links("letters"),
        status=422 if form.errors else 200,
    )


def _registered(request: HttpRequest, case: Case, code: str, *, is_added: bool) -> HttpResponse:
    """Show number and code once, to be told to the caller."""
    reference = case.matter.reference
    return shell.page(
        request,
        "desk/letter_registered.html",
        title=_("Registered: %(reference)s") % {"reference": reference},
        place="letters",
        reference=reference,
        code=code,
        persons=cases.persons(case) if is_added else None,
        at=words.moment(timezone.now()),
    )


class NumberForm(forms.Form):
    """The number under which another system knows a case."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"] = forms.CharField(label=_("Other system"), max_length=60)
        self.fields["number"] = forms.CharField(label=_("Its number there"), max_length=120)


@require_http_methods(["GET", "POST"])
def name_elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a case be known by another system's number as well."""
    matter = letters_matter.readable(request, reference)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            letters.name_elsewhere(
                reference, **form.cleaned_data, actor=shell.staff(request), at=timezone.now()
            )
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        else:
            messages.success(request, _("The number was entered."))
            return HttpResponseRedirect(reverse("desk:matter", args=[reference]))
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Enter another system’s number"),
        place="worklist",
        form=form,
        matter=matter,
        action=_("Enter"),
        status=422 if form.errors else 200,
    )
