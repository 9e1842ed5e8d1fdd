"""A page of the desk that is sent twice does its work once."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from sunshine.core.matters import operations as matters
from sunshine.doors.desk import words


def _key() -> str:
    return uuid.uuid4().hex


class PageForm(forms.Form):
    """A page with a key of its own: pressed twice, it is entered once (see `matters.once`)."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40, initial=_key)

    @property
    def key(self) -> str:
        """The page's key; call after `is_valid`."""
        once: str = self.cleaned_data["once"]
        return once and f"desk {once}"


def before(request: HttpRequest, refusal: matters.SentBefore, where: str) -> HttpResponse:
    """Lead to where what was entered stands."""
    messages.info(request, " ".join(words.reason(reason) for reason in refusal.reasons))
    return HttpResponseRedirect(where)
