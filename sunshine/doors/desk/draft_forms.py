"""The forms an author writes in: a document, its interpretations, plan and promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from sunshine.core.publishing import preparing
from sunshine.core.publishing.models import Draft
from sunshine.doors.desk import fields, listed, sent, words
from sunshine.work.documents import rules
from sunshine.work.participation.queries import calls

OF_CALLS: Final = ("comment_until", "comment_identity", "short_reason", "explanation")
"""Fields of a draft that is put out for comment."""

COVERS: Final = "covers_"
"""Before the code of each of the nine fields that an interpretation covers (INT-CONTENT)."""


def _body() -> forms.CharField:
    return forms.CharField(
        label=_("Body text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "data-body": ""}),
        help_text=_("Paste from Word: headings, lists and tables stay, foreign styles go."),
    )


class DraftForm(forms.Form):
    """What every member of a bundle has; `revision` is the one the author started from."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300)
    body = _body()
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it says in two or three sentences; stands in lists and search results."),
    )
    department = forms.CharField(label=_("Issuing department"), required=False, max_length=80)
    formed_on = fields.Day(
        label=_("Formed on"),
        required=False,
        help_text=_("The time limit of publication counts from this day."),
    )

    def as_fields(self) -> dict[str, Any]:
        """Return the values that a draft keeps, JSON throughout; call after `is_valid`."""
        return {name: _json(value) for name, value in self.cleaned_data.items() if name != "revision"}

    def as_typed(self) -> dict[str, Any]:
        """Return what stands in the fields now, right or wrong, for the autosave."""
        return {name: self.data.get(self.add_prefix(name), "") for name in self.fields if name != "revision"}

    @classmethod
    def values(cls, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands in the fields of a form for what a draft keeps."""
        return dict(kept)


class DocumentForm(DraftForm):
    """An official document: the head of the national pattern and the text."""

    number = forms.CharField(
        label=_("Document number"),
        required=False,
        max_length=80,
        help_text=_("Brackets and digits are set right by themselves: 阳城管〔2026〕12号."),
    )
    topic = forms.CharField(label=_("Topic"), required=False, max_length=60)
    changed_on = fields.Day(
        label=_("Changed on"),
        required=False,
        help_text=_("The day of this correction; the date of forming stays as it was published."),
    )
    effective_from = fields.Day(label=_("In force from"), required=False)
    valid_until = fields.Day(
        label=_("In force until"),
        required=False,
        help_text=_("The last day. A normative document that names none lapses after five years."),
    )
    validity_reason = forms.CharField(label=_("Why longer than five years"), required=False, max_length=300)

    decision = forms.CharField(
        label=_("Number of the decision it came from"),
        required=False,
        max_length=40,
        help_text=_("The gate asks whether its comment call, reviews and discussion stand (DEC-PACK)."),
    )
    comment_until = fields.Day(
        label=_("Comments until"),
        required=False,
        help_text=_("The last day on which anybody may comment; thirty days after publication or later."),
    )
    comment_identity = forms.ChoiceField(label=_("Who comments must say who they are"), required=False)
    short_reason = forms.CharField(
        label=_("Why fewer than thirty days"),
        required=False,
        max_length=300,
        help_text=_("The public reads it in the call (DEC-30D)."),
    )
    explanation = forms.CharField(
        label=_("Explanation of the draft"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Why it is needed, on what it rests, what it changes; it stands above the draft."),
    )

    field_order = (
        "title",
        "number",
        "department",
        "topic",
        "formed_on",
        "changed_on",
        "effective_from",
        "valid_until",
        "validity_reason",
        "decision",
        "comment_until",
        "comment_identity",
        "short_reason",
        "explanation",
        "summary",
        "body",
    )
    head = field_order[1:14]

    def __init__(self, *args: Any, kind: str, corrects: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if corrects:
            self.fields["changed_on"].required = True
        elif not (self.initial.get("changed_on") or self.data.get(self.add_prefix("changed_on"))):
            del self.fields["changed_on"]  # what was taken down and opened up again may still have one
        if kind != rules.NORMATIVE_DOCUMENT.code:
            del self.fields["validity_reason"]
        if kind not in {each.kind for each in preparing.PREPARED}:
            del self.fields["decision"]
        if kind != rules.DECISION_DRAFT.code:
            for name in OF_CALLS:
                del self.fields[name]
        else:
            self.fields["comment_identity"] = forms.ChoiceField(
                label=_("Who comments must say who they are"),
                choices=[(each.code, listed.both(each)) for each in calls.identities_open()],
                required=False,
            )
            self.order_fields(self.field_order)


class InterpretationForm(DraftForm):
    """An interpretation: its form, and what it covers, field by field (INT-CONTENT)."""

    field_order = ("title", "form", "department", "formed_on", "summary", "body")
    head = field_order[1:4]

    def __init__(self, *args: Any, kind: str, corrects: bool, **options: Any) -> None:
        del kind, corrects  # an interpretation has one form, whatever it interprets
        super().__init__(*args, **options)
        self.fields["form"] = forms.ChoiceField(
            label=_("Form of interpretation"),
            choices=[("", _("Choose …")), *((form.code, form.term) for form in rules.FORMS)],
            required=False,
        )
        for each in rules.INTERPRETATION_FIELDS:
            self.fields[COVERS + each.code] = forms.CharField(
                label=each.term,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(self.field_order)

    @property
    def coverage(self) -> list[forms.BoundField]:
        """The nine fields, in the order of the law."""
        return [self[COVERS + each.code] for each in rules.INTERPRETATION_FIELDS]

    def as_fields(self) -> dict[str, Any]:
        return _covered(super().as_fields())

    def as_typed(self) -> dict[str, Any]:
        return _covered(super().as_typed())

    @classmethod
    def values(cls, kept: Mapping[str, Any]) -> dict[str, Any]:
        covered = kept.get("coverage") or {}
        return {**kept, **{COVERS + code: text for code, text in covered.items()}}


def _covered(flat: dict[str, Any]) -> dict[str, Any]:
    """Gather the nine fields under `coverage`, as a record has them; what is blank is left out."""
    coverage = {
        name.removeprefix(COVERS): text
        for name, text in flat.items()
        if name.startswith(COVERS) and str(text).strip()
    }
    return {
        **{name: value for name, value in flat.items() if not name.startswith(COVERS)},
        "coverage": coverage,
    }


def _form_of_interpretation() -> forms.ChoiceField:
    """Return the choice of a form; what a browser sends of an untouched line is no change."""
    choices = [(form.code, form.term) for form in rules.FORMS]
    return forms.ChoiceField(label="形式", choices=choices, initial=choices[0][0])


class PlanRow(forms.Form):
    """One line of the interpretation plan (INT-PLAN)."""

    outline = forms.CharField(label="解读提纲", max_length=300)
    form = _form_of_interpretation()
    ways = forms.CharField(label="途径", max_length=120, required=False)
    time = forms.CharField(label="时间", max_length=80, required=False)


class PromiseRow(forms.Form):
    """One later interpretation, promised while the policy runs (INT-DURING)."""

    due_on = fields.Day(label=_("Due on"))
    form = _form_of_interpretation()
    note = forms.CharField(label=_("What about"), max_length=200, required=False)


PlanRows = forms.formset_factory(PlanRow, extra=1, max_num=12, can_delete=True)
PromiseRows = forms.formset_factory(PromiseRow, extra=1, max_num=12, can_delete=True)
Rows = forms.BaseFormSet


def rows_kept(rows: Rows[Any]) -> list[dict[str, Any]]:
    """Return the lines that were filled in and not struck out; call after `is_valid`."""
    return [
        {name: _json(value) for name, value in row.cleaned_data.items() if name != "DELETE"}
        for row in rows.forms
        if row.has_changed() or row.initial
        if row.cleaned_data and not row.cleaned_data.get("DELETE")
    ]


def rows_typed(rows: Rows[Any]) -> list[dict[str, Any]]:
    """Return what stands in the lines now, right or wrong, without those that are empty."""
    typed = [
        {name: row.data.get(row.add_prefix(name), "") for name in row.fields if name != "DELETE"}
        for row in rows.forms
    ]
    return [line for line in typed if any(value for name, value in line.items() if name != "form")]


def form_for(draft: Draft) -> type[DocumentForm] | type[InterpretationForm]:
    """Return the form of a member of the bundle."""
    return InterpretationForm if draft.part else DocumentForm


def needs_plan(draft: Draft) -> bool:
    """Return whether a member carries the plan of interpretation: the document of such a kind does."""
    return draft.part == 0 and draft.kind in rules.NEEDS_INTERPRETATION | rules.INTERPRETATION_RECOMMENDED


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


class NewDocumentForm(sent.PageForm):
    """What it takes to begin a document."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=[])
    title = forms.CharField(label=_("Title"), max_length=300)
    department = forms.TypedChoiceField(label=_("Department"), coerce=int, choices=[])

    def __init__(self, departments: Mapping[int, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.code, kind.term) for kind in rules.KINDS if kind != rules.INTERPRETATION]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of document"), choices=kinds)
        choices = list(departments.items())
        self.fields["department"] = forms.TypedChoiceField(
            label=_("Department"),
            coerce=int,
            choices=choices,
            widget=None if len(choices) > 1 else forms.HiddenInput,
        )
        if len(choices) == 1:
            self.initial["department"] = choices[0][0]


class InterpretationBegun(forms.Form):
    """What it takes to begin an interpretation material."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300)
    form = forms.ChoiceField(
        label=_("Form of interpretation"), choices=[(form.code, form.term) for form in rules.FORMS]
    )


class AttributeForm(forms.Form):
    """The openness attribute with its ground, the place in the directory, the time of publication."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    attribute = forms.ChoiceField(label=_("Attribute"), widget=forms.RadioSelect, choices=[])
    item = forms.CharField(label=_("Item of the directory"), required=False)
    publish_at = fields.Moment(
        label=_("Time of publication"),
        required=False,
        help_text=_("Leave it empty to publish by hand. It is frozen with the document when you submit."),
    )
    ground = forms.ChoiceField(label=_("Legal ground"), required=False, choices=[])
    ground_until = fields.Day(
        label=_("The ground lasts until"),
        required=False,
        help_text=_("For state secrets and for what is still being decided: the day it is looked at again."),
    )
    ground_note = forms.CharField(
        label=_("Note on the ground"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, law: date, items: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        attributes = [(each.value, term) for each, term in rules.ATTRIBUTE_TERMS.items()]
        grounds = [(each.code, f"{each.term} ({words.cited(each.basis)})") for each in rules.grounds_on(law)]
        self.fields["attribute"] = forms.ChoiceField(
            label=_("Attribute"), widget=forms.RadioSelect, choices=attributes
        )
        self.fields["ground"] = forms.ChoiceField(
            label=_("Legal ground"), required=False, choices=[("", "—"), *grounds]
        )
        self.fields["item"] = forms.ChoiceField(
            label=_("Item of the directory"), required=False, choices=[("", "—"), *items]
        )
