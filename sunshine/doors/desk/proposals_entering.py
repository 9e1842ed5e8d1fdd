"""Taking in what was assigned: a session, its yearly list as a sheet, or one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.doors.desk import fields, listed, permits, refusals, sent, shell
from sunshine.doors.desk.proposals_list import TAKES_IN
from sunshine.kernel import errors
from sunshine.text import sheets
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Session
from sunshine.work.proposals.rules import lists, terms

MOST_SLIPS = 200
"""Mistakes shown at once; a sheet with more is better looked at in the program it was made with."""


class SessionForm(sent.PageForm):
    """A session with the classes it uses and how its deputies are named."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        hint = _("Stands in addresses: letters, digits and dashes, such as city-congress-2018.")
        classes = [
            (each.code, f"{each.label}: {'; '.join(f'{c.code} {c.term}' for c in each.classes)}")
            for each in rules.CLASS_SETS
        ]
        self.fields["name"] = forms.CharField(label=_("Name of the session"), max_length=120)
        self.fields["code"] = forms.SlugField(label=_("Code"), help_text=hint, max_length=40)
        self.fields["body"] = forms.ChoiceField(label=_("Body"), choices=listed.choices(rules.BODIES))
        self.fields["level"] = forms.ChoiceField(label=_("Level"), choices=listed.choices(rules.LEVELS))
        self.fields["year"] = forms.IntegerField(
            label=_("Year"), min_value=2015, max_value=2100, initial=shell.today().year
        )
        self.fields["classes"] = forms.ChoiceField(
            label=_("Classes of its replies"), choices=classes, widget=forms.RadioSelect
        )
        self.fields["naming"] = forms.ChoiceField(
            label=_("How deputies are named where the public reads"),
            choices=listed.choices(rules.NAMINGS),
            initial=terms.SURNAME.code,
            widget=forms.RadioSelect,
        )


@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """Enter a session and lead to its page."""
    person = shell.staff(request)
    permits.require(person, TAKES_IN)
    form = SessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def open_it(at: datetime) -> str:
            made = proposals.open_session(**form.given, actor=person, at=at)
            return reverse("desk:session", args=[made.code])

        try:
            return sent.once(request, form, open_it, otherwise=reverse("desk:proposals"))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    return _page(request, form, _("Enter a session"), _("Enter"), reverse("desk:proposals"))


class EntryForm(sent.PageForm):
    """One suggestion or proposal, as it was assigned."""

    def __init__(self, session: Session, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_congress = session.body == terms.CONGRESS.code
        sorts = [each for each in rules.SORTS if (each != terms.PROPOSAL) == is_congress]
        area = forms.Textarea(attrs={"rows": 6})
        hint = _("No telephone numbers or addresses: contact data is not kept here.")
        self.fields["number"] = forms.CharField(label=_("Number"), max_length=20)
        self.fields["title"] = forms.CharField(label=_("Title"), max_length=300)
        self.fields["sort"] = forms.ChoiceField(label=_("Sort"), choices=listed.choices(sorts))
        self.fields["proposer"] = forms.CharField(label=_("Proposed by"), help_text=hint, max_length=300)
        self.fields["proposer_sort"] = forms.ChoiceField(
            label=_("Who that is"), choices=listed.choices(rules.PROPOSERS)
        )
        self.fields["role"] = forms.ChoiceField(
            label=_("Our part"), choices=listed.choices(rules.ROLES), widget=forms.RadioSelect
        )
        self.fields["lead_body"] = forms.CharField(
            label=_("Body that leads, where it is not us"), required=False, max_length=120
        )
        self.fields["joint_bodies"] = forms.CharField(
            label=_("Joint bodies of the list"), required=False, max_length=500
        )
        self.fields["assigned_on"] = fields.Day(label=_("Assigned on"), initial=shell.today())
        self.fields["text"] = forms.CharField(
            label=_("Text"), required=False, max_length=lists.LONGEST_TEXT, widget=area
        )


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Enter one suggestion or proposal and lead to its matter."""
    session, person = queries.session(code), shell.staff(request)
    permits.require(person, TAKES_IN)
    form = EntryForm(session, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def take_in(at: datetime) -> str:
            given = lists.Entry(**form.given)
            made = proposals.enter(session, given, office=people.office(), actor=person, at=at)
            return reverse("desk:matter", args=[made.matter.reference])

        try:
            return sent.once(request, form, take_in, otherwise=reverse("desk:session", args=[code]))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    title = _("Enter one of %(session)s") % {"session": session.name}
    return _page(request, form, title, _("Enter"), reverse("desk:session", args=[code]))


def _page(request: HttpRequest, form: forms.Form, title: str, action: str, back: str) -> HttpResponse:
    return shell.page(
        request,
        "desk/simple.html",
        title=title,
        place="proposals",
        back=back,
        form=form,
        action=action,
        status=422 if form.errors else 200,
    )


class ListForm(sent.PageForm):
    """The yearly list as a sheet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"] = forms.FileField(label=_("The list (.xlsx)"))


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest, code: str) -> HttpResponse:
    """Take the yearly list in, or say of every mistake in which row and column it stands."""
    session, person = queries.session(code), shell.staff(request)
    permits.require(person, TAKES_IN)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    slips: Sequence[sheets.Slip] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(lists.MOST_BYTES + 1)
        try:
            done = proposals.import_list(
                session, data, office=people.office(), actor=person, at=timezone.now(), page=form.key
            )
        except matters.SentBefore as refusal:
            return sent.before(request, refusal, reverse("desk:session", args=[code]))
        except proposals.ListRefused as refusal:
            slips = refusal.slips
        else:
            _say(request, done)
            return HttpResponseRedirect(reverse("desk:session", args=[code]))
    return shell.page(
        request,
        "desk/proposals_import.html",
        title=_("Take in the list of %(session)s") % {"session": session.name},
        place="proposals",
        back=reverse("desk:session", args=[code]),
        form=form,
        slips=listed.slips(slips, most=MOST_SLIPS),
        mistakes=len(slips),
        columns=listed.columns(lists.HEADINGS, lists.NEEDED),
        status=422 if slips or form.errors else 200,
    )


def _say(request: HttpRequest, done: proposals.Imported) -> None:
    numbers = {"entered": done.entered, "standing": done.standing}
    messages.success(request, _("%(entered)d entered, %(standing)d stood already.") % numbers)
    if done.left_out:
        told = {"columns": _(", ").join(done.left_out)}
        messages.info(request, _("Not taken in: the columns %(columns)s.") % told)
