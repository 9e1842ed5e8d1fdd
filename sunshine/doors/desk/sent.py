"""A page of the desk that is sent twice does its work once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from sunshine.core.matters import operations as matters
from sunshine.doors.desk import words


def _key() -> str:
    return uuid.uuid4().hex


class PageForm(forms.Form):
    """A page with a key of its own: pressed twice, it is entered once (see `matters.once`)."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40, initial=_key)

    @property
    def key(self) -> str:
        """The page's key with what was typed; call after `is_valid`."""
        return matters.page_key("desk", self.cleaned_data["once"], self.data, self.files)

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, without the page's key; call after `is_valid`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


def once(
    request: HttpRequest, form: PageForm, begin: Callable[[datetime], str], *, otherwise: str
) -> HttpResponse:
    """Begin what a page asks for and lead there; the page sent again leads to what it began.

    :param begin: begins it and returns its address
    :param otherwise: the address to which a page leads that began something long ago
    """
    at = timezone.now()
    try:
        with matters.once(form.key, at=at) as keep:
            where = begin(at)
            keep(where)
    except matters.SentBefore as refusal:
        return before(request, refusal, refusal.code or otherwise)
    return HttpResponseRedirect(where)


def before(request: HttpRequest, refusal: matters.SentBefore, where: str) -> HttpResponse:
    """Lead to where what was entered stands."""
    messages.info(request, " ".join(words.reason(reason) for reason in refusal.reasons))
    return HttpResponseRedirect(where)
