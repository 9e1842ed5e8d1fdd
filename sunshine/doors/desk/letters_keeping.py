"""The lists behind the letters: promises that come due, what can be reported, programs that report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.doors.desk import (
    letters_posts,
    listed,
    permits,
    refusals,
    shell,
    words,
)
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import ApiKey, Service
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import terms

KEEPS_SERVICES = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)
KEEPS_PROGRAMS = (roles.ADMINISTRATOR, roles.OFFICE_HEAD)
AHEAD = timedelta(days=60)


def promises(request: HttpRequest) -> HttpResponse:
    """Show what was promised by a day and is not done: of one's own departments, or of all for the office."""
    person, on = shell.staff(request), shell.today()
    is_office = permits.holds(person, (roles.OFFICE_CLERK, roles.OFFICE_HEAD, roles.LEADER))
    departments = None if is_office else people.departments_of(person, on=on)
    found = cases.promises_open(until=on + AHEAD, departments=departments)
    return shell.page(
        request,
        "desk/letter_promises.html",
        title=_("Promises"),
        place="letters",
        links=letters_posts.links("promises"),
        lines=[
            (
                "red" if each.due_on < on else "yellow" if each.due_on <= on + timedelta(days=3) else "green",
                each.due_on,
                each.first_due_on if each.first_due_on != each.due_on else None,
                each.case.matter,
            )
            for each in found
        ],
    )


def services(request: HttpRequest) -> HttpResponse:
    """Show what can be reported."""
    permits.require(shell.staff(request), KEEPS_SERVICES)
    return shell.page(
        request,
        "desk/letter_services.html",
        title=_("What can be reported"),
        place="letters",
        links=letters_posts.links("services"),
        lines=[
            (each, listed.said(each.sort, terms.SORTS))
            for each in Service.objects.select_related("department")
        ],
    )


class ServiceForm(forms.Form):
    """Something that can be reported."""

    def __init__(self, *args: Any, is_new: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        departments = [(each.pk, each.name) for each, _posts in people.register(on=shell.today())]
        self.fields = {
            "name": forms.CharField(label=_("Name"), max_length=80),
            "sort": listed.field(_("Sort"), terms.SORTS),
            "group": forms.CharField(label=_("Group"), max_length=60, required=False),
            "description": forms.CharField(
                label=_("Description"),
                max_length=400,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "keywords": forms.CharField(
                label=_("Key words"), help_text=_("With commas between"), max_length=200, required=False
            ),
            "department": forms.TypedChoiceField(
                label=_("Department that handles it"),
                required=False,
                choices=[("", _("none")), *departments],
                coerce=lambda value: people.department(int(value)),
                empty_value=None,
            ),
            "has_place": forms.BooleanField(label=_("It has a place"), required=False, initial=True),
        }
        if is_new:
            code = forms.SlugField(
                label=_("Code"), help_text=_("Small letters, figures, hyphens"), max_length=40
            )
            self.fields = {"code": code, **self.fields}


@require_http_methods(["GET", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """List something that can be reported."""
    return _service(request, None)


@require_http_methods(["GET", "POST"])
def change_service(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of something that can be reported."""
    found = Service.objects.filter(code=code).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such service")))
    return _service(request, found)


def _service(request: HttpRequest, found: Service | None) -> HttpResponse:
    person = shell.staff(request)
    permits.require(person, KEEPS_SERVICES)
    given = request.POST if request.method == "POST" else None
    form = ServiceForm(given, is_new=found is None, initial=_told(found))
    if given is not None and form.is_valid():
        values = dict(form.cleaned_data)
        code = found.code if found else values.pop("code")
        if found is None and Service.objects.filter(code=code).exists():
            form.add_error("code", _("Another service has this code."))
        else:
            kept = {"position": found.position, "asks": found.asks} if found else {}
            letters.list_service(code=code, **values, **kept, actor=person, at=timezone.now())
            messages.success(request, _("Listed: %(name)s") % {"name": values["name"]})
            return HttpResponseRedirect(reverse("desk:services"))
    return shell.page(
        request,
        "desk/simple.html",
        title=found.name if found else _("List a service"),
        place="letters",
        form=form,
        action=_("Save"),
        status=422 if form.errors else 200,
    )


def _told(found: Service | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = ("name", "sort", "group", "description", "keywords", "has_place")
    return {**{name: getattr(found, name) for name in names}, "department": found.department_id}


class ProgramForm(forms.Form):
    """A program that may report cases."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(label=_("Name of the program"), max_length=80)
        self.fields["source"] = forms.SlugField(
            label=_("Short name"), help_text=_("Small letters, figures, hyphens"), max_length=60
        )
        self.fields["per_minute"] = forms.IntegerField(
            label=_("Reports in a minute at most"), min_value=1, max_value=6000, initial=60
        )
        self.fields["is_trusted"] = forms.BooleanField(
            label=_("Its makers look at each report themselves: nothing waits here"), required=False
        )


@require_http_methods(["GET", "POST"])
def programs(request: HttpRequest) -> HttpResponse:
    """Show the programs that may report, and give a new one its key, once."""
    person = shell.staff(request)
    permits.require(person, KEEPS_PROGRAMS)
    form = ProgramForm(request.POST if request.method == "POST" else None)
    key = ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, key = letters.issue_key(**form.cleaned_data, actor=person, at=timezone.now())
            form = ProgramForm()
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    rows = [
        (each, words.moment(each.issued_at), words.moment(each.ended_at)) for each in ApiKey.objects.all()
    ]
    return shell.page(
        request,
        "desk/letter_programs.html",
        title=_("Programs"),
        place="letters",
        links=letters_posts.links("programs"),
        form=form,
        key=key,
        lines=rows,
        status=422 if form.errors else 200,
    )


@require_POST
def end_program(request: HttpRequest, key_id: int) -> HttpResponse:
    """Let a program's key hold no longer."""
    person = shell.staff(request)
    permits.require(person, KEEPS_PROGRAMS)
    found = ApiKey.objects.filter(pk=key_id).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such program")))
    letters.end_key(found, actor=person, at=timezone.now())
    return HttpResponseRedirect(reverse("desk:programs"))
