"""Form fields that the desk uses in more than one form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.people import queries as people
from sunshine.core.people.models import Person

EARLIEST, LATEST = 1900, 2999
"""Years that somebody can mean: what lies outside is a slip, and at the calendar's ends nothing counts."""


class Day(forms.DateField):
    """A day, with the browser's own calendar; also read as it is typed on paper (2026.3.2, 2026年3月2日)."""

    def __init__(self, **options: Any) -> None:
        formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=formats, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        read = super().to_python(value)
        if read is not None and not EARLIEST <= read.year <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return read


class Moment(forms.DateTimeField):
    """A moment at the bureau, to the minute."""

    def __init__(self, **options: Any) -> None:
        formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(input_formats=formats, widget=widget, **options)

    def to_python(self, value: Any) -> datetime | None:
        read = super().to_python(value)
        if read is not None and not EARLIEST <= read.year <= LATEST:  # a year beside the calendar's own
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return read

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None)
        return super().prepare_value(value)


class PersonChoice(forms.TypedChoiceField):
    """One of some people; the value is the person."""

    def __init__(self, among: Iterable[Person], **options: Any) -> None:
        choices = [("", _("Choose …")), *((person.pk, person.name) for person in among)]
        super().__init__(choices=choices, coerce=_person, empty_value=None, **options)


def _person(value: str) -> Person:
    return people.person(int(value))


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]
