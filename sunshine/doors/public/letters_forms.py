"""The citizen's letter: what is needed to handle it and no more; no account, and a name only if one likes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sunshine.doors.public.requests_forms import SeveralFilesField
from sunshine.work.correspondence.models import Service
from sunshine.work.correspondence.rules import terms
from sunshine.work.correspondence.rules.posting import MOST_WORDS, Letter
from sunshine.work.correspondence.rules.terms import Term


def _choices(among: Iterable[Term]) -> list[tuple[str, str]]:
    return [(term.code, _(term.label)) for term in among]


class LetterForm(forms.Form):
    """A letter; `once` names this one page, so that pressing twice sends once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3)

    def __init__(self, *args: Any, services: Iterable[Service] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        own: dict[str, forms.Field] = {
            "channel": forms.ChoiceField(
                label=_("To whom"), choices=_choices(terms.WRITTEN_HERE), initial=terms.MESSAGE_BOARD.code
            ),
            "sort": forms.ChoiceField(
                label=_("What is it?"), choices=_choices(terms.SORTS), widget=forms.RadioSelect
            ),
            "text": forms.CharField(
                label=_("What do you want to say?"),
                help_text=_("What, where, since when. Please no names or numbers of other people."),
                error_messages={"required": _("Say what it is about.")},
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 7}),
            ),
            "address": forms.CharField(
                label=_("Place"),
                help_text=_("Street and number, or what stands nearby"),
                required=False,
                max_length=200,
            ),
            "attachments": SeveralFilesField(
                label=_("Photos or files"),
                help_text=_("Up to four, each up to 10 MB; where a photo was taken is removed from it"),
                required=False,
            ),
            "name": forms.CharField(
                label=_("Name of who writes"),
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs={"autocomplete": "name"}),
            ),
            "phone": forms.CharField(
                label=_("Telephone"),
                help_text=_("So that we can ask; sealed, and seen only by who handles it"),
                required=False,
                max_length=30,
                widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            ),
            "email": forms.CharField(
                label=_("E-mail"),
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
            ),
            "may_be_shown": forms.BooleanField(
                label=_("Message and answer may be shown to everybody, without anything personal"),
                required=False,
            ),
        }
        listed = [(each.code, each.name) for each in services]
        if listed:
            own["service"] = forms.ChoiceField(
                label=_("What is it about?"), required=False, choices=[("", _("something else")), *listed]
            )
        self.fields = {**self.fields, **own}
        order = ("once", "warned", "channel", "sort", "service", "text")
        self.order_fields(order)

    def letter(self, files: tuple[tuple[str, bytes], ...]) -> Letter:
        """Return what was written as a letter; call after `is_valid`."""
        given = self.cleaned_data
        who = {name: given[name] for name in ("name", "phone", "email")}
        return Letter(
            channel=given["channel"],
            text=given["text"],
            sort=given["sort"],
            service=given.get("service", ""),
            address=given["address"],
            who=who,
            may_be_shown=given["may_be_shown"],
            files=files,
        )
