"""Questions about posts that wait for a look, and about what came lately from whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from sunshine.core.ledger.models import Entry
from sunshine.core.matters import codes, sealing
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence.models import Post, Reporter
from sunshine.work.correspondence.rules import posting
from sunshine.work.correspondence.rules.posting import Letter, Traffic

WAITING, RELEASED, SET_ASIDE, AT_ONCE = "waiting", "released", "set_aside", "at_once"
"""Where a post stands; what went on at once is kept for a day, and only for the limits."""

ON_A_PAGE = 50


def traffic(*, sender: str, network: str, words: str, at: datetime) -> Traffic:
    """Return what came lately; each count stops at its limit, so a flood makes asking no dearer."""
    since = at - posting.WITHIN
    recent = Post.objects.filter(came_at__gte=since)
    return Traffic(
        sender_is_known=bool(sender) and _is_known(sender),
        of_the_sender=_upto(recent.filter(sender_mark=sender), posting.MOST_OF_ONE_SENDER) if sender else 0,
        of_the_network=_upto(recent.filter(network_mark=network), posting.MOST_OF_ONE_NETWORK)
        if network
        else 0,
        of_the_words=_upto(recent.filter(words_mark=words), posting.MOST_OF_THE_SAME_WORDS),
    )


def _upto(rows: QuerySet[Post], most: int) -> int:
    return len(rows.order_by().values_list("pk", flat=True)[:most])


def _is_known(sender: str) -> bool:
    """Return whether somebody looked at a letter of this sender before and took it for one.

    An officer let it go on, or has acted on the case; what went on because nobody looked tells nothing.
    """
    let_go_on = Post.objects.filter(sender_mark=sender, state=RELEASED, decided_by__isnull=False)
    if let_go_on.exists():
        return True
    acts = Entry.objects.filter(subject=OuterRef("first__matter__reference"), actor__isnull=False)
    return Reporter.objects.filter(Exists(acts), mark=sender).exclude(mark="").exists()


def by_token(token: str) -> Post | None:
    """Return the post that has a token, or None."""
    return Post.objects.filter(token=token).select_related("case__matter").first()


def of_code(code: str) -> Post:
    """Return the post that waits under a follow-up code; raise `NotFound` for any other code."""
    mark = sealing.mark(codes.bare(code), purpose="reporter")
    found = Post.objects.filter(code_mark=mark).first()
    if found is None:
        raise errors.NotFound(Reason(gettext_noop("No letter has this code"), field="code"))
    return found


def waiting(*, state: str = WAITING, before: int | None = None) -> list[Post]:
    """Return the newest posts of a state; page on with `before`, a post's id."""
    rows = Post.objects.filter(state=state).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[:ON_A_PAGE])


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that came with a post: it was checked, and lies sealed under its path."""

    name: str
    path: str
    size: int
    media_type: str


def opened(post: Post) -> tuple[Letter, list[Kept]]:
    """Open the seal of a post: the letter as it was sent, and the files that came with it."""
    told: dict[str, Any] = dict(sealing.unseal_values(post.sealed, place=f"post:{post.token}"))
    files = [Kept(**each) for each in told.pop("kept", ())]
    return Letter(**told), files


def paths(post: Post) -> list[str]:
    """Return where the files of a post lie; none where its seal does not open."""
    try:
        return [each.path for each in opened(post)[1]]
    except sealing.Unopenable:
        return []


@dataclass(frozen=True, slots=True)
class SameWords:
    """Posts that say the same, word for word."""

    words_mark: str
    count: int
    first: Post


def same_words(*, most: int = 20) -> list[SameWords]:
    """Return the largest groups of waiting posts that say the same."""
    kept = Post.objects.filter(state=WAITING).exclude(words_mark="")
    rows = kept.order_by().values("words_mark").annotate(count=Count("pk"))
    found = list(rows.filter(count__gt=1).order_by("-count")[:most])
    return [SameWords(row["words_mark"], row["count"], _first(row["words_mark"])) for row in found]


def _first(words_mark: str) -> Post:
    return Post.objects.filter(words_mark=words_mark, state=WAITING).order_by("id")[0]


def stuck(ids: Iterable[int]) -> int:
    """Return how many posts among some ids could not go on when that was asked of them."""
    rows = Post.objects.filter(pk__in=list(ids)).exclude(state=RELEASED).values_list("signs", flat=True)
    return sum(posting.STUCK in signs for signs in rows)


def chosen(ids: Iterable[int], *, state: str) -> list[Post]:
    """Return posts of a state among some ids, locked for a decision, oldest first; none that was erased."""
    rows = Post.objects.select_for_update().filter(pk__in=list(ids), state=state).exclude(sealed=b"")
    return list(rows.order_by("id"))
