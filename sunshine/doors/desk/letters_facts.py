"""The fields that acts on letters ask for, one maker a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.people.models import Department, Person
from sunshine.doors.desk import facts, fields, letters_words, listed
from sunshine.doors.desk.facts import ActForm, Asking, FieldMaker
from sunshine.work.correspondence.models import Case
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages, terms

TOLD_WHY = frozenset({"extend_case", "move_promise"})
"""Acts whose reason goes to everybody who reported the case."""


def _text(label: str, *, rows: int = 3, hint: str = "") -> forms.Field:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=4000, widget=widget)


def _line(label: str, *, hint: str = "") -> forms.Field:
    return forms.CharField(label=label, help_text=hint, max_length=200)


def department(label: str, asking: Asking) -> forms.Field:
    """Return a field for a department; its value is the department."""
    known = [each for each, _posts in people.register(on=asking.on)]
    choices = [("", _("Choose …")), *((each.pk, each.name) for each in known)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=_as_department)


def _as_department(value: str) -> Department:
    return people.department(int(value))


def _proposed_department(asking: Asking) -> forms.Field:
    """Propose the department that answers for the service that was reported."""
    field = department(_("Department"), asking)
    case = Case.objects.filter(pk=asking.matter.pk).select_related("service").first()
    if case is not None and case.service is not None:
        field.initial = case.service.department_id
    return field


def _accused(asking: Asking) -> forms.Field:
    """Offer the departments, none of which need be accused."""
    known = [(each.pk, each.name) for each, _posts in people.register(on=asking.on)]
    return forms.TypedChoiceField(
        label=_("Department that is accused"),
        help_text=_("Of a petition only; this department never gets it."),
        choices=[("", _("none")), *known],
        coerce=_as_department,
        empty_value=None,
    )


def _officer(asking: Asking) -> forms.Field:
    """Offer who handles cases: of the department, or for a contested case of any."""
    everywhere = asking.matter.stage == "contested"
    case = Case.objects.filter(pk=asking.matter.pk).first()
    barred = cases.replied_by(case) if case else ()
    departments = [each for each, _posts in people.register(on=asking.on)]
    chosen = [each for each in departments if everywhere or each.pk == asking.matter.department_id]
    names: dict[int, str] = {}
    for each in chosen:
        for person in _handlers(each, asking):
            if person.pk not in barred:
                names[person.pk] = f"{each.name} · {person.name}"
    choices = [("", _("Choose …")), *names.items()]
    return forms.TypedChoiceField(
        label=_("Officer"), choices=choices, coerce=lambda value: people.person(int(value))
    )


def _handlers(where: Department, asking: Asking) -> list[Person]:
    named = (roles.DRAFTER.name, roles.DEPARTMENT_HEAD.name)
    return [
        person for role in named for person in people.holders_of(role, on=asking.on, department_id=where.pk)
    ]


def _outcome(asking: Asking) -> forms.Field:
    is_petition = asking.matter.kind == stages.PETITION
    return listed.field(_("Outcome"), terms.PETITION_OUTCOMES if is_petition else terms.CASE_OUTCOMES)


def _notice(asking: Asking) -> forms.Field:
    waiting = cases.waiting_notices(Case.objects.get(pk=asking.matter.pk))
    choices = [(each.pk, letters_words.notice(each)) for each in waiting]
    return forms.TypedChoiceField(label=_("Who was told what"), choices=choices, coerce=int)


def _reporter(asking: Asking) -> forms.Field:
    rows = cases.reporters(Case.objects.get(pk=asking.matter.pk))
    if asking.act.name == "rate_case":
        rows = [each for each in rows if each.rating is None]
    choices = [(each.pk, letters_words.reporter(each)) for each in rows]
    return forms.TypedChoiceField(label=_("Reporter"), choices=choices, coerce=int)


def _rating(_asking: Asking) -> forms.Field:
    choices = list(zip(terms.RATINGS, letters_words.ratings(), strict=True))
    return forms.TypedChoiceField(label=_("Rating"), choices=choices, coerce=int, widget=forms.RadioSelect)


def _reason(asking: Asking) -> forms.Field:
    """No page or log that is public has a reason of this room; some go to those who reported."""
    if asking.act.name == "withdraw_question":
        return facts.reason(_("The department that was asked reads this."))
    return facts.reason(_all_read() if asking.act.name in TOLD_WHY else "")


def _task(asking: Asking) -> forms.Field:
    waiting = cases.questions_open(Case.objects.get(pk=asking.matter.pk)).select_related("matter__department")
    choices = [(each.pk, f"{each.matter.department.name} · {each.question[:80]}") for each in waiting]
    return forms.TypedChoiceField(label=_("Which question"), choices=choices, coerce=int)


def _all_read() -> str:
    return _("Everybody who reported this reads it: no names, no numbers of persons.")


def _reply(_asking: Asking) -> forms.Field:
    return _text(_("Reply"), rows=8, hint=_all_read())


MAKERS: Mapping[str, FieldMaker] = {
    "reason": _reason,
    "note": lambda _asking: _text(_("Note")),
    "text": _reply,
    "question": lambda _asking: _text(_("What is asked")),
    "answer": lambda _asking: _text(_("Answer"), rows=6),
    "other": lambda _asking: _line(_("Number of the other case")),
    "sort": lambda _asking: listed.field(_("Sort"), terms.SORTS),
    "other_way": lambda _asking: listed.field(_("Where it belongs"), terms.OTHER_WAYS),
    "petition_kind": lambda _asking: listed.field(_("Kind of petition"), terms.PETITION_KINDS),
    "accused": _accused,
    "told_by": lambda _asking: listed.field(_("How it goes out"), terms.WAYS_TOLD),
    "outcome": _outcome,
    "department": _proposed_department,
    "asked": lambda asking: department(_("Which department"), asking),
    "officer": _officer,
    "notice": _notice,
    "task": _task,
    "reporter": _reporter,
    "rating": _rating,
    "rating_words": lambda _asking: _text(_("In words")),
    "promised_on": lambda _asking: fields.Day(
        label=_("Done by"), help_text=_("Only where it is promised by a day")
    ),
    "kept_on": lambda asking: fields.Day(label=_("Done on"), initial=asking.on),
    "received_on": lambda asking: fields.Day(label=_("Received on"), initial=asking.on),
    "known_at": lambda _asking: fields.Moment(label=_("Known since")),
}


class LetterActForm(ActForm):
    """The form of one act on a letter."""

    makers: ClassVar[Mapping[str, FieldMaker]] = MAKERS
