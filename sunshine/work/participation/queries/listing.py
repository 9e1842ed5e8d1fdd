"""Questions about the yearly lists of matters open to participation."""

from __future__ import annotations

from collections.abc import Sequence

from sunshine.work.participation.models import CommentCall, Gathering, ListedMatter, YearList


def lines(year: int) -> Sequence[ListedMatter]:
    """Return the lines of a year's list, for the desk."""
    return list(ListedMatter.objects.filter(of=year).select_related("department", "of__record"))


def line(line_id: int) -> ListedMatter | None:
    """Return one line of a list."""
    return ListedMatter.objects.filter(pk=line_id).first()


def published() -> Sequence[YearList]:
    """Return the lists that are public, the newest first."""
    rows = YearList.objects.filter(record__isnull=False, record__withdrawn_at=None)
    return list(rows.select_related("record").prefetch_related("matters__department").order_by("-year"))


def public_references(references: Sequence[str]) -> set[str]:
    """Return which of some calls and events everybody may see."""
    wanted = [each for each in references if each]
    calls = CommentCall.objects.filter(matter__reference__in=wanted, record__withdrawn_at=None)
    events = Gathering.objects.filter(
        matter__reference__in=wanted, announced_at__isnull=False, notice__withdrawn_at=None
    )
    return {
        *calls.values_list("matter__reference", flat=True),
        *events.values_list("matter__reference", flat=True),
    }
