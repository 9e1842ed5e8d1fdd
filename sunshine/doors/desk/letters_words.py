"""Says what the rules of letters say, with the field's own terms."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sunshine.doors.desk import words
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Notice, Reporter
from sunshine.work.correspondence.rules import posting, terms
from sunshine.work.correspondence.rules.terms import Term

NOTICES = {
    "reply": gettext_noop("The reply"),
    "extended": gettext_noop("The period was extended"),
    "joined": gettext_noop("Joined to another case"),
    "passed_on": gettext_noop("Belongs to another procedure"),
    "promise_kept": gettext_noop("The promise is kept"),
    "promise_moved": gettext_noop("The promised day was moved"),
}


def both(term: Term) -> str:
    """Return a term in the reader's language with the field's own, once where they are the same."""
    label = _(term.label)
    return label if label == term.term else f"{label} ({term.term})"


def said(code: str, among: Iterable[Term]) -> str:
    """Say a code of a list; nothing for a code that the list does not have."""
    found = terms.named(code, among)
    return both(found) if found else ""


def notice(row: Notice) -> str:
    """Say a notice: to whom, of what, when."""
    return f"{reporter(row.reporter)} · {_(NOTICES.get(row.kind, row.kind))} · {words.moment(row.at)}"


def reporter(row: Reporter) -> str:
    """Say a reporter without saying who: the number, the channel, the moment."""
    channel = said(row.channel, terms.CHANNELS)
    return _("Reporter %(number)d") % {"number": row.pk} + f" · {channel} · {words.moment(row.came_at)}"


def signs(codes: Iterable[str]) -> str:
    """Say the signs that a post bears."""
    return _(", ").join(_(posting.SIGNS[code]) for code in codes if code in posting.SIGNS)


def ratings() -> list[str]:
    """Return the words of the ratings from five to one."""
    return [_("very good"), _("good"), _("fair"), _("poor"), _("very poor")]
