"""The form of a comment call: who speaks (or nobody), files; the texts stand beside their paragraphs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from sunshine.doors.public.requests_forms import SeveralFilesField


class SenderForm(forms.Form):
    """Who speaks; everything may stay empty unless the call asks for a telephone."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Sealed, never shown; you need not give it"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Sealed; what comes from one address counts as one person"),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^\+?[\d \-]{5,20}$",
        label=gettext_lazy("Telephone"),
        required=False,
        help_text=gettext_lazy("Sealed; a code is sent to it by which you confirm what you say"),
        error_messages={"invalid": gettext_lazy("This is not a telephone number.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    attachments = SeveralFilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Up to five, each up to 10 MB: PDF, Word, Excel, text, pictures"),
        required=False,
    )

    def sender(self) -> dict[str, str]:
        """Return who speaks, as far as it was said; call after `is_valid`."""
        return {name: str(self.cleaned_data.get(name) or "") for name in ("name", "email", "phone")}
