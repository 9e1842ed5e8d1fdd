"""A page that is sent does its work once, however often it is sent and whatever fails on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from sunshine.core.matters.models import SentPage
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop

REMEMBERED = timedelta(days=1)
"""How long a page that was sent is known."""


class SentBefore(errors.StaleStage):
    """A page that did its work was sent again."""


@contextmanager
def once(key: str, *, at: datetime) -> Iterator[None]:
    """Do what stands within in one transaction that also notes the page's key; an empty key notes nothing.

    What fails notes nothing either, so that the page can be sent again.

    :raises SentBefore: a page of this key did its work before
    """
    with transaction.atomic():
        if key:
            _note(key, at)
        yield


def _note(key: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            SentPage.objects.create(key=key, at=at)
    except IntegrityError as error:
        raise SentBefore(Reason(gettext_noop("This was sent before"))) from error


def forget_pages(*, at: datetime) -> int:
    """Forget the pages that nobody sends again; return how many."""
    gone, _each = SentPage.objects.filter(at__lt=at - REMEMBERED).delete()
    return gone
