"""The fields that acts on requests, remedies and corrections ask for, one maker a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.core.people.models import Department
from sunshine.doors.desk import facts, fields, listed
from sunshine.doors.desk.facts import ActForm, Asking, FieldMaker
from sunshine.work.requests import operations as requests
from sunshine.work.requests import rules, third_parties
from sunshine.work.requests.models import Consultation, Enclosure
from sunshine.work.requests.rules import codes, correction_table

MAIL_NUMBER = 60
"""Characters that the column of an answer holds."""

APPLICANT_READS = frozenset({"extend", "defer", "demand_reasons", "propose_decision"})
"""Acts whose reason stands in a notice to the applicant, or with what was decided on the applicant's page."""

WHOM = {"body_received": ("co_maker",), "body_answered": ("co_maker", "other_body")}
"""Which sorts of those who were asked an act is about, where it is no third party."""

OF_A_REFUSAL = frozenset({"tell_third_party", "respect_refusal"})
"""Acts about a third party that refused, of which nothing was entered yet."""

ANSWERS = ("consents", "refuses", "refuses_without_ground", "undeliverable")


def _text(label: str, *, rows: int = 3, hint: str = "") -> forms.Field:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=4000, widget=widget)


def _line(label: str, *, hint: str = "", most: int = 200) -> forms.Field:
    return forms.CharField(label=label, help_text=hint, max_length=most)


def _day(label: str, asking: Asking) -> forms.Field:
    return fields.Day(label=label, initial=asking.on)


def _service(_asking: Asking) -> forms.Field:
    choices = [(each.code, f"{_(each.label)}: {_(each.counted_from)}") for each in rules.SERVICES]
    return forms.ChoiceField(label=_("How it went out"), choices=choices, widget=forms.RadioSelect)


def _found(_asking: Asking) -> forms.Field:
    choices = [("yes", _("Something was found")), ("no", _("Nothing was found"))]
    return forms.TypedChoiceField(
        label=_("Result of the search"),
        choices=choices,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


def _answer(_asking: Asking) -> forms.Field:
    labels = (
        _("Consents"),
        _("Refuses, with a reasonable ground"),
        _("Refuses without a ground"),
        _("Undeliverable"),
    )
    return forms.ChoiceField(
        label=_("Answer"), choices=list(zip(ANSWERS, labels, strict=True)), widget=forms.RadioSelect
    )


def _consultation(asking: Asking) -> forms.Field:
    sorts = WHOM.get(asking.act.name, ("third_party",))
    asked = Consultation.objects.filter(request_id=asking.matter.pk, sort__in=sorts)
    undecided = {"answer": "refuses", "decided": ""}
    waiting = asked.filter(**undecided if asking.act.name in OF_A_REFUSAL else {"answer": ""})
    numbers = third_parties.numbers(asking.matter.pk)
    choices = [(row.pk, _party(row, numbers.get(row.pk))) for row in waiting]
    return forms.TypedChoiceField(label=_("Who"), choices=choices, coerce=int)


def _party(row: Consultation, number: int | None) -> str:
    return f"{number}. {requests.party_of(row)}" if number else requests.party_of(row)


def _enclosure(asking: Asking) -> forms.Field:
    laid = Enclosure.objects.filter(request_id=asking.matter.pk, answer=None)
    choices = [(row.pk, row.name) for row in laid]
    return forms.TypedChoiceField(label=_("File"), choices=choices, coerce=int)


def _department(asking: Asking) -> forms.Field:
    known = [department for department, _posts in people.register(on=asking.on)]
    choices = [("", _("Choose …")), *((each.pk, each.name) for each in known)]
    return forms.TypedChoiceField(label=_("Department"), choices=choices, coerce=_as_department)


def _as_department(value: str) -> Department:
    return people.department(int(value))


def _sort(_asking: Asking) -> forms.Field:
    choices = [("co_maker", _("Made the information together with us")), ("other_body", _("Another body"))]
    return forms.ChoiceField(label=_("Which body"), choices=choices, widget=forms.RadioSelect)


def _quantity(_asking: Asking) -> forms.Field:
    hint = _("Of requests: the how-manieth in the month this one is. Of pages: how many are supplied.")
    return forms.IntegerField(label=_("Quantity"), help_text=hint, min_value=1, max_value=100_000)


def _parts(_asking: Asking) -> forms.Field:
    hint = _("One subject a line; the request itself goes on with its first subject")
    return fields.Lines(label=_("Further subjects"), help_text=hint)


def _reason(asking: Asking) -> forms.Field:
    """No page or log that is public has a reason of this room; some stand in a letter or on a page of one."""
    if asking.act.name in APPLICANT_READS:
        return facts.reason(_("The applicant reads this."))
    return facts.reason(_("The third party reads this.") if asking.act.name == "tell_third_party" else "")


MAKERS: Mapping[str, FieldMaker] = {
    "reason": _reason,
    "remark": facts.FACTS["remark"],
    "note": lambda _asking: _text(_("Note")),
    "what": lambda _asking: _text(_("What is lacking"), hint=_("The applicant reads this.")),
    "about": lambda _asking: _text(_("What is asked")),
    "text": lambda _asking: _text(_("What the applicant wrote"), rows=5),
    "disclosed": lambda _asking: _text(_("What is disclosed"), hint=_("The third party reads this.")),
    "party": lambda _asking: _line(_("Third party"), hint=_("Kept sealed")),
    "body": lambda _asking: _line(_("Body")),
    "other": lambda _asking: _line(_("Number of the other request")),
    "systems": lambda _asking: _text(_("Where one looked")),
    "words": lambda _asking: _text(_("With which words")),
    "mail_number": lambda _asking: _line(_("Number of the mail"), most=MAIL_NUMBER),
    "ground": lambda _asking: _text(_("Ground of the refusal")),
    "enclosure": _enclosure,
    "found": _found,
    "answer": _answer,
    "consultation": _consultation,
    "department": _department,
    "sort": _sort,
    "quantity": _quantity,
    "parts": _parts,
    "service": _service,
    "scale": lambda _asking: listed.field(_("Scale"), rules.SCALES),
    "result": lambda _asking: listed.field(_("How it ended"), rules.RESULTS),
    "proof": lambda _asking: listed.field(_("How you made sure who gets it"), codes.PROOFS),
    "decision": lambda _asking: listed.field(_("Decision"), correction_table.DECISIONS),
    "until": lambda _asking: fields.Day(label=_("Until which day")),
    "received_on": lambda asking: _day(_("Received on"), asking),
    "notified_on": lambda asking: _day(_("The notice went out on"), asking),
    "completed_on": lambda asking: _day(_("Completed on"), asking),
    "sent_on": lambda asking: _day(_("Went out on"), asking),
    "answered_on": lambda asking: _day(_("Answered on"), asking),
    "paid_on": lambda asking: _day(_("Paid on"), asking),
    "served_on": lambda asking: _day(_("On which day"), asking),
    "told_on": lambda asking: _day(_("Told on"), asking),
    "ordered_on": lambda asking: _day(_("Ordered on"), asking),
    "decided_on": lambda asking: _day(_("Decided on"), asking),
}


class RequestActForm(ActForm):
    """The form of one act on a request."""

    makers: ClassVar[Mapping[str, FieldMaker]] = MAKERS
