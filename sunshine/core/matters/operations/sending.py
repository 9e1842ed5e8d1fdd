"""A page that is sent does its work once, however often it is sent and whatever fails on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.datastructures import MultiValueDict

from sunshine.core.matters import sealing
from sunshine.core.matters.models import SentPage
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

REMEMBERED = timedelta(days=1)
"""How long a page that was sent is known."""

SHOWN_AGAIN = timedelta(minutes=10)
"""How long who sends it again is given the code again, which the first answer may not have brought."""


UNTYPED = frozenset({"csrfmiddlewaretoken", "once"})


def page_key(sort: str, once: str, typed: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    """Return the key of a page as it was filled in; empty where the page names itself by no `once`.

    The same page with other words is another page: somebody went back and wrote something else. What was
    typed stands in the key as a mark that nobody without the secret can guess from.
    """
    if not once:
        return ""
    told = [[name, values] for name, values in _lists(typed) if name not in UNTYPED]
    sent = [[name, [[each.name, each.size] for each in group]] for name, group in _lists(files)]
    return f"{sort} {once} {sealing.mark(json.dumps([told, sent]), purpose='page')[:10]}"


def _lists(given: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """Return what a form was given under each name, in the order of the names."""
    return sorted(given.lists() if isinstance(given, MultiValueDict) else given.items())


class SentBefore(errors.StaleStage):
    """A page that did its work was sent again; `code` is what it was given, a code or an address.

    It is empty when that is long ago.
    """

    def __init__(self, code: str = "") -> None:
        super().__init__(Reason(gettext_noop("This was sent before")))
        self.code = code


@contextmanager
def once(key: str, *, at: datetime) -> Iterator[Callable[[str], None]]:
    """Do what stands within in one transaction that also notes the page's key; an empty key notes nothing.

    Yields what keeps the code that the page is given, or the address to which it leads: of a button pressed
    twice only the second answer is seen. What fails notes nothing either, so that the page can be sent again.

    :raises SentBefore: a page of this key did its work before
    """
    with transaction.atomic():
        if key:
            _note(key, at)
        yield lambda code: _keep(key, code)


def _note(key: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            SentPage.objects.create(key=key, at=at)
    except IntegrityError as error:
        raise SentBefore(_code_of(key, at)) from error


def _keep(key: str, code: str) -> None:
    sealed = sealing.seal(code.encode(), place=f"page:{key}")
    SentPage.objects.filter(key=key).update(sealed=sealed)


def _code_of(key: str, at: datetime) -> str:
    page = SentPage.objects.filter(key=key, at__gt=at - SHOWN_AGAIN).first()
    return sealing.unseal(bytes(page.sealed), place=f"page:{key}").decode() if page and page.sealed else ""


def forget_pages(*, at: datetime) -> int:
    """Forget the codes that nobody waits for any more, and the pages that nobody sends again; count these."""
    SentPage.objects.filter(at__lte=at - SHOWN_AGAIN).exclude(sealed=b"").update(sealed=b"")
    gone, _each = SentPage.objects.filter(at__lt=at - REMEMBERED).delete()
    return gone
