"""What an officer adds to a report that the record cannot know: stated cells, and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sunshine.lenses.reporting.rules import labels, narrative, prose
from sunshine.lenses.reporting.rules.forms import NARRATIVE, Form
from sunshine.lenses.reporting.rules.report import Report
from sunshine.lenses.reporting.rules.stated import Sort, Stated

HINTS: Mapping[Sort, Any] = {
    Sort.COUNT: gettext_lazy("A whole number; 0 where there was none; 不适用 where it does not apply."),
    Sort.CHANGE: gettext_lazy("Such as +2, -1 or 0; 不适用 where it does not apply."),
    Sort.AMOUNT: gettext_lazy("In 10,000 yuan; 0 where there was none; 不适用 where it does not apply."),
}
WORDS: Mapping[str, Any] = {
    "management": gettext_lazy("How information was managed"),
    "platform": gettext_lazy("How the platform was built"),
    "supervision": gettext_lazy("Supervision and support"),
    "problems": gettext_lazy("Main problems"),
    "improvements": gettext_lazy("What is improved"),
}
PLACES = gettext_lazy("Numbers only as references, such as [[records.published]]; a line is a paragraph.")


class ReportForm(forms.Form):
    """The stated cells of the year's form, and the officer's own sentences.

    `seen` is the revision of the draft that they begin from, 0 where there is none.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, form: Form, *args: Any, departments: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._stated = form.stated
        for cell in form.stated:
            self.fields[cell.name] = forms.CharField(
                label=_label(form, cell), required=False, max_length=20, help_text=HINTS[cell.sort]
            )
        for name in form.words:
            self.fields[name] = forms.CharField(
                label=NARRATIVE.get(name) or WORDS[name],
                required=False,
                max_length=20_000 if form.is_narrative else 2000,
                widget=forms.Textarea(attrs={"rows": 8 if form.is_narrative else 3}),
                help_text=PLACES,
            )
        self._words = form.words
        self.fields["department"] = forms.TypedChoiceField(
            label=gettext_lazy("Department"), coerce=int, choices=list(departments.items())
        )

    @property
    def stated(self) -> dict[str, str]:
        return {cell.name: self.cleaned_data[cell.name].strip() for cell in self._stated}

    @property
    def words(self) -> prose.Words:
        return prose.Words(**{name: self.cleaned_data[name].strip() for name in self._words})


def _label(form: Form, cell: Stated) -> str:
    term = labels.of(form, cell.name)
    return f"{_(cell.label)} ({term})" if get_language() == "en" else term


def initial(report: Report | None, now: Report) -> dict[str, str]:
    """Return what was given the last time; a narrative begins as its figures and facts draft it now."""
    if report is None:
        is_narrative = now.form.is_narrative
        return narrative.drafted(now.year, now.values, now.facts) if is_narrative else {}
    return {**report.stated, **{name: getattr(report.words, name) for name in prose.WORDS}}
