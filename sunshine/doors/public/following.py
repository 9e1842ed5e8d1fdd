"""Pages that a code opens: slow to guess, open for half an hour on one computer, and in no cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.cache import cache
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.design import parts
from sunshine.doors.public import page
from sunshine.kernel import errors

KEPT_OPEN = 30 * 60
"""Seconds for which the page stays open after the code was typed."""

TRIES, TRIES_WITHIN = 50, 15 * 60
"""Wrong codes from one address in so many seconds, before it has to wait."""


class CodeForm(forms.Form):
    """Where a code is typed; in the body of the request, never in its address."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of thing that a code opens.

    :param kept_as: what the session keeps the opened thing under
    :param url: the name of its address
    :param title: the heading under which the code is asked for
    :param unknown: what is said of a code under which there is nothing
    :param find: returns what a code opens, or raises `NotFound`
    :param lost: what to do when the code was lost
    :param code_now: returns the mark of the code that opens something now, where it can be replaced: what was
        opened with the one of before is shut then
    """

    kept_as: str
    url: str
    title: str
    unknown: str
    find: Callable[[str], Model]
    lost: str = ""
    code_now: Callable[[int], str] | None = None

    def ask(self, http_request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
        """Ask for the code; what was typed before is not shown again."""
        title = _(self.title)
        frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
        response = page.show(
            http_request,
            "public/code.html",
            frame,
            status=status,
            form=CodeForm(),
            said=said,
            opens=reverse(self.url),
            lost=_(self.lost) if self.lost else "",
        )
        return private(response)

    def open(self, http_request: HttpRequest) -> HttpResponse:
        """Open the page of a code; who guesses is stopped after a few tries."""
        form = CodeForm(http_request.POST)
        tries = f"code:{self.kept_as}:{http_request.META.get('REMOTE_ADDR', '')}"
        if cache.get(tries, 0) >= TRIES:
            return self.ask(http_request, said=_("Too many tries; wait a quarter of an hour."), status=429)
        if not form.is_valid():
            return self.ask(http_request, said=_("Type the code."), status=422)
        try:
            found = self.find(form.cleaned_data["code"])
        except errors.NotFound:
            cache.add(tries, 0, TRIES_WITHIN)
            cache.incr(tries)
            return self.ask(http_request, said=_(self.unknown), status=404)
        self.keep_open(http_request, found)
        return self.again()

    def keep_open(self, http_request: HttpRequest, found: Model) -> None:
        """Let this browser see what was found, for a while."""
        http_request.session.cycle_key()
        http_request.session[f"opened {self.kept_as}"] = [
            type(found).__name__,
            found.pk,
            self._mark(found.pk),
        ]
        http_request.session.set_expiry(KEPT_OPEN)

    def opened(self, http_request: HttpRequest, model: type[Model]) -> int | None:
        """Return the key of what this browser opened, if it is one of these."""
        name, key, *mark = http_request.session.get(f"opened {self.kept_as}") or ("", 0)
        return key if name == model.__name__ and mark == [self._mark(key)] else None

    def _mark(self, key: int) -> str:
        return self.code_now(key) if self.code_now else ""

    def again(self) -> HttpResponseRedirect:
        """Lead back to the page, after something was done on it."""
        return HttpResponseRedirect(reverse(self.url))

    def sent_before(self, http_request: HttpRequest, said: str, *, new_url: str = "") -> HttpResponse:
        """Say that a page was sent before, long enough ago that its code is not shown again."""
        title = _("This was sent before")
        frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
        response = page.show(
            http_request,
            "public/sent_before.html",
            frame,
            status=409,
            said=said,
            follow=parts.Link(_(self.title), reverse(self.url)),
            new_url=new_url,
        )
        return private(response)

    def leaving(self) -> Callable[..., HttpResponseBase]:
        """Return the view that closes the page again, on a computer that others use."""

        @require_http_methods(["POST"])
        def leave(http_request: HttpRequest) -> HttpResponse:
            http_request.session.flush()
            return self.again()

        return leave


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page that is somebody's own, or changes with what people send, out of every cache."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
