"""Grouping what says nearly the same, and answering every opinion, one by one or by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sunshine.core.people.models import Person
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import similarity
from sunshine.work.participation.models import CommentCall, Opinion, OpinionGroup
from sunshine.work.participation.operations.acting import act
from sunshine.work.participation.queries import calls

AT_ONCE = 2_000
"""Opinions grouped in one go; the next go takes the next ones."""


def group_what_is_new(*, at: datetime) -> int:
    """Put opinions that say nearly the same of one place into one group; return how many were grouped."""
    del at  # the schedule tells every operation the moment
    waiting: dict[tuple[int, int], list[Opinion]] = defaultdict(list)
    for opinion in calls.texts_without_group(AT_ONCE):
        waiting[opinion.submission.call_id, opinion.paragraph].append(opinion)
    return sum(_group(*place, opinions) for place, opinions in waiting.items())


def _group(call_id: int, paragraph: int, opinions: Sequence[Opinion]) -> int:
    with transaction.atomic():
        # The call's row is locked, so that two workers never make two groups of one text.
        CommentCall.objects.select_for_update().get(pk=call_id)
        known = calls.first_texts(call_id, paragraph)
        clusters = similarity.Clusters()
        group_of: dict[int, int] = {}
        for number, (group_id, _text) in zip(clusters.add(text for _id, text in known), known, strict=True):
            group_of.setdefault(number, group_id)
        numbers = clusters.add(opinion.text for opinion in opinions)
        for opinion, number in zip(opinions, numbers, strict=True):
            if number not in group_of:
                made = OpinionGroup.objects.create(call_id=call_id, paragraph=paragraph, first=opinion)
                group_of[number] = made.pk
            opinion.group_id = group_of[number]
        Opinion.objects.bulk_update(opinions, ["group"], batch_size=500)
    return len(opinions)


def answer(
    matter_id: int,
    *,
    groups: Sequence[int],
    answer: str,
    reason: str = "",
    actor: Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Answer groups of opinions: all that belong to them, one answer; given again, the newest counts."""
    facts = {"groups": list(groups), "answer": answer, "reason": reason}
    with act(matter_id, "answer", actor=actor, at=at, seen=seen, **facts) as acting:
        rows = OpinionGroup.objects.filter(call_id=matter_id, pk__in=list(groups))
        if rows.count() != len(set(groups)):
            raise errors.NotFound(Reason(gettext_noop("There is no such group"), field="groups"))
        acting.facts["count"] = rows.update(
            answer=answer, reason=reason.strip(), answered_by=actor, answered_at=at
        )


def take_out(
    matter_id: int, *, opinion: int, actor: Person, at: datetime, seen: int | None = None
) -> OpinionGroup:
    """Take an opinion that says something else out of its group; it is answered alone.

    :raises RuleBroken: it stands alone already
    """
    with act(matter_id, "take_out", actor=actor, at=at, seen=seen, opinion=opinion) as acting:
        row = Opinion.objects.select_related("group").filter(pk=opinion, submission__call=matter_id).first()
        if row is None or row.group is None:
            raise errors.NotFound(Reason(gettext_noop("There is no such opinion"), field="opinion"))
        others = row.group.opinions.exclude(pk=row.pk).order_by("id")
        if not others:
            raise errors.RuleBroken(
                Reason(gettext_noop("This opinion stands alone already"), field="opinion")
            )
        if row.group.first_id == row.pk:
            OpinionGroup.objects.filter(pk=row.group.pk).update(first=others[0])
        group = OpinionGroup.objects.create(
            call_id=matter_id, paragraph=row.paragraph, first=row, is_alone=True
        )
        Opinion.objects.filter(pk=row.pk).update(group=group)
        acting.facts["group"] = group.pk
    return group
