"""The fields that acts on proposals, joint opinions and publications ask for, one maker a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.core.people.models import Department
from sunshine.doors.desk import facts, fields, listed, requests_facts
from sunshine.doors.desk.facts import ActForm, Asking, FieldMaker
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Commitment


def _text(label: str, *, rows: int = 4, hint: str = "") -> forms.Field:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=20_000, widget=widget)


def _short(label: str, *, hint: str = "") -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, max_length=500, widget=widget)


def _day(label: str, asking: Asking) -> forms.Field:
    return fields.Day(label=label, initial=asking.on)


def _rating(label: str) -> forms.Field:
    return forms.ChoiceField(label=label, choices=listed.choices(rules.RATINGS), widget=forms.RadioSelect)


def _rating_of_process(_asking: Asking) -> forms.Field:
    among = [("", _("not said")), *listed.choices(rules.RATINGS)]
    return forms.ChoiceField(label=_("What the deputy says of how it was handled"), choices=among)


def _way(_asking: Asking) -> forms.Field:
    return forms.ChoiceField(label=_("How"), choices=[("", _("Choose …")), *listed.choices(rules.WAYS)])


def _departments(asking: Asking) -> forms.Field:
    known = [department for department, _posts in people.register(on=asking.on)]
    among = [(each.pk, each.name) for each in known if each.pk != asking.matter.department_id]
    return forms.TypedMultipleChoiceField(
        label=_("Departments of the bureau"),
        choices=among,
        coerce=_as_department,
        widget=forms.CheckboxSelectMultiple,
    )


def _as_department(value: str) -> Department:
    return people.department(int(value))


def _commitment(asking: Asking) -> forms.Field:
    open_ids = queries.open_commitments(asking.matter.pk)
    rows = Commitment.objects.filter(pk__in=open_ids).order_by("due_on", "id")
    among = [(row.pk, f"{row.due_on.isoformat()} {row.text}") for row in rows]
    return forms.TypedChoiceField(label=_("Commitment"), choices=among, coerce=int, widget=forms.RadioSelect)


def _reason(asking: Asking) -> forms.Field:
    """The public reads why a commitment is put off, and no other reason of this room."""
    is_read = asking.act.name == "put_off_commitment"
    return facts.reason(_("The public reads this reason.") if is_read else "")


MAKERS: Mapping[str, FieldMaker] = {
    "reason": _reason,
    "officer": facts.FACTS["officer"],
    "department": requests_facts.MAKERS["department"],
    "note": requests_facts.MAKERS["note"],
    "question": lambda _asking: _text(_("What the opinion is asked about")),
    "departments": _departments,
    "bodies": lambda _asking: fields.Lines(label=_("Other bodies"), help_text=_("One a line")),
    "opinion": lambda _asking: _text(_("The joint opinion"), rows=8),
    "said": lambda _asking: _text(
        _("What was said"), hint=_("Kept inside the bureau; no telephone numbers or addresses.")
    ),
    "way": _way,
    "contacted_on": lambda asking: _day(_("On which day"), asking),
    "told_on": lambda _asking: fields.Day(label=_("The deputy was told on")),
    "consented_on": lambda _asking: fields.Day(label=_("The assigner consented on")),
    "replied_on": lambda asking: _day(_("The deputy has it since"), asking),
    "sent_on": lambda asking: _day(_("Went out on"), asking),
    "rated_on": lambda asking: _day(_("The deputy answered on"), asking),
    "rating": lambda _asking: _rating(_("What the deputy says of the result")),
    "rating_of_process": _rating_of_process,
    "rating_words": lambda _asking: _short(_("In the deputy’s words")),
    "without_opinions": lambda _asking: _short(
        _("Why the reply goes without missing opinions"), hint=_("Only where joint opinions are missing.")
    ),
    "commitment": _commitment,
    "kept_on": lambda asking: _day(_("Kept on"), asking),
    "proof": lambda _asking: _short(_("What shows it"), hint=_("The public reads this.")),
    "due_on": lambda _asking: fields.Day(label=_("The new day")),
}


class ProposalActForm(ActForm):
    """The form of one act on a proposal, an opinion or a publication."""

    makers: ClassVar[Mapping[str, FieldMaker]] = MAKERS
