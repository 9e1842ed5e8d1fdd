"""The forms of reading for review: each finding decided, what the reviewer found, one word; the signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KEEP, HARMLESS, CHANGE = "keep", "harmless", "change"
DECISIONS = (
    (CHANGE, gettext_lazy("Must be changed")),
    (KEEP, gettext_lazy("Stays: it is lawful and needed")),
    (HARMLESS, gettext_lazy("Is not what the check took it for")),
)
OWN = range(3)
"""Places for what the reviewer found and the checks did not; more are a case for the remark."""


class ReviewForm(forms.Form):
    """One person's word on one digest: each finding decided with a reason, then pass or object."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)
    kind = forms.CharField(widget=forms.HiddenInput)
    passed = forms.ChoiceField(
        label=gettext_lazy("Your word"),
        choices=[("yes", gettext_lazy("Passes")), ("no", gettext_lazy("Object"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("An objection needs one."),
    )

    def __init__(self, findings: Sequence[dict[str, Any]], content: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        numbered = list(enumerate(findings))
        self.asked = [(number, each) for number, each in numbered if each["severity"] != "hint"]
        self.hints = [(number, each) for number, each in numbered if each["severity"] == "hint"]
        self.content = _solid(content)
        for number, finding in self.asked:
            self.fields[f"decision_{number}"] = forms.ChoiceField(
                label=_("Decision on “%(text)s”") % {"text": finding["text"]},
                choices=DECISIONS,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"why_{number}"] = forms.CharField(
                label=_("Why, for “%(text)s”") % {"text": finding["text"]},
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"placeholder": _("Reason, where it stays")}),
            )
        for number in OWN:
            place = {"number": number + 1}
            self.fields[f"own_{number}"] = forms.CharField(
                label=_("Text you found, %(number)d") % place, required=False, max_length=300
            )
            self.fields[f"own_why_{number}"] = forms.CharField(
                label=_("What is wrong with it, %(number)d") % place, required=False, max_length=300
            )

    def lines(self) -> list[tuple[int, dict[str, Any], forms.BoundField, forms.BoundField]]:
        """Return each finding that may be decided, with its number and its two fields; no mere hint."""
        return [
            (number, finding, self[f"decision_{number}"], self[f"why_{number}"])
            for number, finding in self.asked
        ]

    def own_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the places for what the reviewer found."""
        return [(self[f"own_{number}"], self[f"own_why_{number}"]) for number in OWN]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        changes = self._check_decisions(given) + self._check_own(given)
        if changes and given.get("passed") == "yes":
            self.add_error("passed", _("What must be changed cannot pass; object instead."))
        return given

    def _check_decisions(self, given: Mapping[str, Any]) -> int:
        """Return how many findings must be changed; to leave one as it is asks a reason."""
        decisions = {number: given.get(f"decision_{number}") for number, _finding in self.asked}
        for number, decision in decisions.items():
            if decision in (KEEP, HARMLESS) and not str(given.get(f"why_{number}") or "").strip():
                self.add_error(f"why_{number}", _("Say why."))
        return list(decisions.values()).count(CHANGE)

    def _check_own(self, given: Mapping[str, Any]) -> int:
        found = [number for number in OWN if given.get(f"own_{number}")]
        for number in found:
            if _solid(given[f"own_{number}"]) not in self.content:
                self.add_error(f"own_{number}", _("This does not stand in the document."))
            if not given.get(f"own_why_{number}"):
                self.add_error(f"own_why_{number}", _("Say why."))
        return len(found)

    def decisions(self) -> list[dict[str, str]]:
        """Return what was decided and found, as a review keeps it; call after `is_valid`."""
        decided = [
            {
                "key": finding["key"],
                "text": finding["text"],
                "decision": self.cleaned_data[f"decision_{number}"],
                "reason": self.cleaned_data[f"why_{number}"],
            }
            for number, finding in self.asked
            if self.cleaned_data[f"decision_{number}"]
        ]
        own = [
            {
                "key": f"{self.cleaned_data['kind']}:own:{number}",
                "text": self.cleaned_data[f"own_{number}"],
                "decision": CHANGE,
                "reason": self.cleaned_data[f"own_why_{number}"],
            }
            for number in OWN
            if self.cleaned_data[f"own_{number}"]
        ]
        return decided + own


class SignatureForm(forms.Form):
    """The leader's signature under one digest."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def decision_word(code: str) -> str:
    """Return a decision in words."""
    return str(dict(DECISIONS).get(code, code))


def _solid(text: str) -> str:
    return "".join(text.split())
