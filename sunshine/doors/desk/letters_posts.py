"""Letters that wait for a look: let go on, set aside in one press, take back again; each press is entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sunshine.core.matters import sealing
from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.design.parts import Link
from sunshine.doors.desk import letters_words, listed, permits, refusals, shell, words
from sunshine.kernel import errors
from sunshine.text import numbers
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Post
from sunshine.work.correspondence.queries import posts
from sunshine.work.correspondence.rules import terms

LOOKS = (roles.OFFICE_CLERK, roles.OFFICE_HEAD)
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A post that waits, as far as one must see it to decide; who sent it stays sealed."""

    id: int
    at: str
    channel: str
    text: str
    place: str
    signs: str


def links(here: str) -> list[Link]:
    """Return the ways between the pages of letters."""
    labels = {
        "letters": _("Enter a letter"),
        "letter_lists": _("Lists of the hotlines"),
        "posts": _("Letters that wait"),
        "promises": _("Promises"),
        "services": _("What can be reported"),
        "programs": _("Programs"),
    }
    return [
        Link(label=label, url=reverse(f"desk:{name}"), current=name == here) for name, label in labels.items()
    ]


def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits, or what was set aside, the newest first; the same words are one group."""
    permits.require(shell.staff(request), LOOKS)
    state = posts.SET_ASIDE if request.GET.get("state") == posts.SET_ASIDE else posts.WAITING
    before = numbers.typed(request.GET.get("before", ""), digits=15)
    rows = posts.waiting(state=state, before=before)
    groups = [] if state == posts.SET_ASIDE else posts.same_words()
    return shell.page(
        request,
        "desk/letter_posts.html",
        title=_("Letters that wait") if state == posts.WAITING else _("Set aside"),
        place="letters",
        links=links("posts"),
        lines=[_line(row) for row in rows if bytes(row.sealed)],
        groups=[(each.words_mark, each.count, _line(each.first).text) for each in groups],
        state=state,
        older=rows[-1].pk if len(rows) == posts.ON_A_PAGE else None,
    )


def _line(row: Post) -> Line:
    text, place = _said(row)
    channel = listed.said(row.channel, terms.CHANNELS)
    return Line(row.pk, words.moment(row.came_at), channel, text, place, letters_words.signs(row.signs))


def _said(row: Post) -> tuple[str, str]:
    """Return what a post says and of which place; a seal that does not open stops no other line."""
    try:
        letter, files = posts.opened(row)
    except sealing.Unopenable:
        return _("(Its seal does not open.)"), ""
    text = letter.text if len(letter.text) <= SHOWN else letter.text[:SHOWN] + "…"
    if files:
        text += " " + _("[%(count)d files]") % {"count": len(files)}
    return text, letter.address


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Do with the chosen posts what the pressed button says."""
    person = shell.staff(request)
    permits.require(person, LOOKS)
    ids = numbers.all_typed(request.POST.getlist("post"), digits=15)
    do, reason = request.POST.get("do", ""), request.POST.get("reason", "").strip()
    at, back = timezone.now(), reverse("desk:posts")
    try:
        if do == "release":
            made = letters.release(ids, office=people.office(), actor=person, at=at, note=reason)
            _say(request, ngettext("%(count)d letter goes on.", "%(count)d letters go on.", len(made)), made)
            if left := posts.stuck(ids):
                said = ngettext("%(count)d could not go on.", "%(count)d could not go on.", left)
                messages.error(request, said % {"count": left})
        elif do == "restore":
            count = letters.restore(ids, reason=reason, actor=person, at=at)
            _say(
                request, ngettext("%(count)d post waits again.", "%(count)d posts wait again.", count), count
            )
        elif do == "set_aside":
            count = letters.set_aside(ids, reason=reason, actor=person, at=at)
            _say(request, ngettext("%(count)d post set aside.", "%(count)d posts set aside.", count), count)
        elif do.startswith("alike:"):
            mark = do.removeprefix("alike:")
            count = letters.set_aside_alike(mark, reason=reason, actor=person, at=at)
            _say(request, ngettext("%(count)d post set aside.", "%(count)d posts set aside.", count), count)
    except errors.RuleBroken as refusal:
        messages.error(request, " ".join(line.text for line in refusals.lines(refusal)))
    return HttpResponseRedirect(back + ("?state=set_aside" if do == "restore" else ""))


def _say(request: HttpRequest, text: str, done: int | Sequence[object]) -> None:
    messages.success(request, text % {"count": done if isinstance(done, int) else len(done)})
