"""The fields that acts of participation ask for, one maker a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.doors.desk import facts, fields, listed, words
from sunshine.doors.desk.facts import ActForm, Asking, FieldMaker
from sunshine.work.participation.models import FollowedItem
from sunshine.work.participation.rules import calls, decisions, gatherings, terms


def text(label: str, *, rows: int = 3, hint: str = "", most: int = 4000) -> forms.Field:
    """Return a field for a text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=most, widget=widget)


def line(label: str, *, hint: str = "") -> forms.Field:
    """Return a field for a line."""
    return forms.CharField(label=label, help_text=hint, max_length=200)


def _paragraph(_asking: Asking) -> forms.Field:
    hint = _("The number of the paragraph; 0 for the whole draft")
    return forms.IntegerField(label=_("Paragraph"), help_text=hint, min_value=0, initial=0)


def _yes(label: str) -> forms.Field:
    choices = [("yes", _("Passes")), ("no", _("Does not pass"))]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )


def _result(asking: Asking) -> forms.Field:
    among = decisions.FEASIBLE if asking.act.name == "argue" else decisions.RISKS
    return listed.field(_("Result"), among)


def _ground(asking: Asking) -> forms.Field:
    choices = [
        (each.code, f"{listed.both(each)} ({words.cited(each.basis)})")
        for each in decisions.GROUNDS
        if each.since <= asking.on
    ]
    return forms.ChoiceField(label=_("Ground"), choices=[("", _("Choose …")), *choices])


def _department(asking: Asking) -> forms.Field:
    known = [department for department, _posts in people.register(on=asking.on)]
    choices = [("", _("Choose …")), *((each.pk, each.name) for each in known)]
    return forms.TypedChoiceField(
        label=_("Department"), choices=choices, coerce=lambda value: people.department(int(value))
    )


def _item(asking: Asking) -> forms.Field:
    rows = FollowedItem.objects.filter(gathering=asking.matter.pk, settled_on=None)
    return forms.TypedChoiceField(
        label=_("Which decision"), choices=[(row.pk, row.what) for row in rows], coerce=int
    )


def _record(label: str) -> forms.Field:
    return line(label, hint=_("Its index number on the public site, such as 2026-00012"))


MAKERS: Mapping[str, FieldMaker] = {
    "reason": facts.FACTS["reason"],
    "until": lambda _asking: fields.Day(label=_("Until which day")),
    "way": lambda _asking: listed.field(_("How it came"), [way for way in terms.WAYS if way != terms.WEB]),
    "text": lambda _asking: text(_("What was said"), rows=8, most=calls.LONGEST),
    "sender": lambda _asking: line(_("Who said it"), hint=_("Kept sealed")),
    "paragraph": _paragraph,
    "call": lambda _asking: line(_("Number of the comment call"), hint=_("YZ, the year, five digits")),
    "held_on": lambda asking: fields.Day(label=_("Held on"), initial=asking.on),
    "experts": lambda _asking: forms.IntegerField(label=_("Experts who signed"), min_value=1, max_value=99),
    "result": _result,
    "note": lambda _asking: text(_("What was said and found")),
    "passed": lambda _asking: _yes(_("Legality")),
    "step": lambda _asking: listed.field(_("Step"), decisions.STEPS.values()),
    "ground": _ground,
    "openness": lambda _asking: listed.field(_("How open"), gatherings.OPEN),
    "closed_ground": lambda _asking: line(_("Ground, where it is not open")),
    "notice": lambda _asking: _record(_("Record of the notice")),
    "minutes": lambda _asking: _record(_("Record of the minutes or the report")),
    "starts_at": lambda _asking: fields.Moment(label=_("Begins at")),
    "place": lambda _asking: line(_("Place")),
    "what": lambda _asking: line(_("What was decided")),
    "department": _department,
    "due_on": lambda _asking: fields.Day(label=_("Due on")),
    "item": _item,
    "meeting": lambda _asking: line(_("Which meeting")),
}


class ParticipationActForm(ActForm):
    """The form of one act on a matter of participation."""

    makers: ClassVar[Mapping[str, FieldMaker]] = MAKERS
