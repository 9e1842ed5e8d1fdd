"""The form of an act, made from what its procedure says it needs: each fact has one friendly field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.doors.desk import fields, words
from sunshine.doors.desk.deeds import Deed
from sunshine.kernel.procedure import Act
from sunshine.work.documents import queries as document_queries
from sunshine.work.documents import rules as documents

TAKES_BACK = frozenset({"propose_withdrawal", "withdraw"})
OF_NO_RECORD = frozenset({"lower_attribute_in_draft"})
"""Acts with a public entry that shows no reason: no page of theirs is public."""


@dataclass(frozen=True, slots=True)
class Asking:
    """For which act of which matter a field is made, and on which day."""

    matter: Matter
    act: Act
    on: date


FieldMaker = Callable[[Asking], forms.Field]


def _reason(asking: Asking) -> forms.Field:
    is_read = asking.act.public and asking.act.name not in OF_NO_RECORD
    return reason(_("The public reads this reason.") if is_read else "")


def reason(who_reads: str = "") -> forms.Field:
    """Return the field of a reason, with who reads it beside the officers."""
    return forms.CharField(
        label=_("Reason"), help_text=who_reads, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _remark(_asking: Asking) -> forms.Field:
    return forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def _ground(asking: Asking) -> forms.Field:
    law = matters.procedure_of(asking.matter).effective_from
    among: tuple[documents.Ground, ...] = documents.GROUNDS
    if asking.act.name in TAKES_BACK:
        among = (*documents.WITHDRAWAL_GROUNDS, *documents.GROUNDS)
    choices = [
        (each.code, f"{each.term} ({words.cited(each.basis)})") for each in documents.grounds_on(law, among)
    ]
    return forms.ChoiceField(label=_("Legal ground"), choices=[("", _("Choose …")), *choices])


def _less_open(_asking: Asking) -> forms.Field:
    choices = [
        (each.value, documents.ATTRIBUTE_TERMS[each]) for each in (documents.ON_REQUEST, documents.NOT_PUBLIC)
    ]
    return forms.ChoiceField(label=_("Attribute"), choices=choices, widget=forms.RadioSelect)


def _day(_asking: Asking) -> forms.Field:
    return fields.Day(label=_("From which day"))


def _last_day(_asking: Asking) -> forms.Field:
    return fields.Day(
        label=_("The ground lasts until"),
        help_text=_("For state secrets and for what is still being decided: the day it is looked at again."),
    )


def _moment(_asking: Asking) -> forms.Field:
    return fields.Moment(label=_("Time of publication"))


def _officer(asking: Asking) -> forms.Field:
    holders = {
        person.pk: person
        for role in (roles.DRAFTER, roles.DEPARTMENT_HEAD)
        for person in people.holders_of(role.name, on=asking.on, department_id=asking.matter.department_id)
        if person.pk != asking.matter.officer_id
    }
    return fields.PersonChoice(holders.values(), label=_("Give it to"))


def _parts(asking: Asking) -> forms.Field:
    choices = [
        (
            code,
            _("%(record)s, version %(version)d: %(field)s")
            % {
                "record": part.title,
                "version": part.version,
                "field": _(words.FIELDS.get(part.name, part.name)),
            },
        )
        for code, part in document_queries.erasable(asking.matter)
    ]
    return forms.MultipleChoiceField(
        label=_("What is erased for ever"), choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _words(_asking: Asking) -> forms.Field:
    return forms.CharField(max_length=300)


FACTS: Mapping[str, FieldMaker] = {
    "reason": _reason,
    "remark": _remark,
    "ground": _ground,
    "attribute": _less_open,
    "on": _day,
    "ground_until": _last_day,
    "publish_at": _moment,
    "officer": _officer,
    "parts": _parts,
}
"""One maker a fact; a fact that no procedure has named before is asked for as a line of text."""


class ActForm(forms.Form):
    """The form of one act; `seen` is the version of the matter that the officer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    makers: ClassVar[Mapping[str, FieldMaker]] = FACTS

    def __init__(self, asking: Asking, deed: Deed, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name in deed.facts(asking.act):
            field = self.makers.get(name, _words)(asking)
            field.required = name not in deed.may_ask
            field.label = field.label or name.replace("_", " ")
            self.fields[name] = field
        self.initial.setdefault("seen", asking.matter.version)

    def facts(self) -> dict[str, Any]:
        """Return what was given, under the names that the operation takes; call after `is_valid`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
