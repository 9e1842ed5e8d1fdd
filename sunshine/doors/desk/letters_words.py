"""Says what the rules of letters say, with the field's own terms."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sunshine.doors.desk import listed, words
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Notice, Reporter
from sunshine.work.correspondence.rules import posting, terms

NOTICES = {
    "reply": gettext_noop("The reply"),
    "extended": gettext_noop("The period was extended"),
    "joined": gettext_noop("Joined to another case"),
    "apart": gettext_noop("Taken apart: it goes on under its own number"),
    "passed_on": gettext_noop("Belongs to another procedure"),
    "petition": gettext_noop("It goes on as a petition"),
    "promise_kept": gettext_noop("The promise is kept"),
    "promise_moved": gettext_noop("The promised day was moved"),
}


def notice(row: Notice) -> str:
    """Say a notice: to whom, of what, when."""
    return f"{reporter(row.reporter)} · {_(NOTICES.get(row.kind, row.kind))} · {words.moment(row.at)}"


def reporter(row: Reporter) -> str:
    """Say a reporter without saying who: the number, the channel, the moment."""
    channel = listed.said(row.channel, terms.CHANNELS)
    return _("Reporter %(number)d") % {"number": row.pk} + f" · {channel} · {words.moment(row.came_at)}"


def signs(codes: Iterable[str]) -> str:
    """Say the signs that a post bears."""
    return _(", ").join(_(posting.SIGNS[code]) for code in codes if code in posting.SIGNS)


def ratings() -> list[str]:
    """Return the words of the ratings from five to one."""
    return [_("very good"), _("good"), _("fair"), _("poor"), _("very poor")]
