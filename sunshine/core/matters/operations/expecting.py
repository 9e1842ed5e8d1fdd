"""Writing down, beside each open matter, what is expected of whom."""

from __future__ import annotations

from collections.abc import Sequence

from sunshine.core.matters import queries, rules
from sunshine.core.matters.models import Expectation, Matter
from sunshine.kernel.procedure import Done


def begin(matter: Matter) -> None:
    """Save a new matter with what is expected first."""
    _tell(matter, ())
    matter.save(force_insert=True)
    Expectation.objects.bulk_create(rows(matter, ()))


def renew(matter: Matter, done: Sequence[Done]) -> None:
    """Write down what is expected now, in the caller's transaction; the caller saves `is_under_way`.

    :param done: every act done on the matter, oldest first
    """
    _tell(matter, done)
    Expectation.objects.filter(matter=matter).delete()
    Expectation.objects.bulk_create(rows(matter, done))


def is_right(matter: Matter, done: Sequence[Done]) -> bool:
    """Return whether what stands there is what the procedure says after these acts."""
    kept = {_said(row) for row in Expectation.objects.filter(matter=matter)}
    return kept == {_said(row) for row in rows(matter, done)} and matter.is_under_way == _is_under_way(
        matter, done
    )


def rows(matter: Matter, done: Sequence[Done]) -> list[Expectation]:
    """Return the rows, not yet saved, that an open matter has after these acts."""
    if matter.closed_at is not None:
        return []
    procedure = queries.procedure_of(matter)
    found = rules.expected(
        procedure,
        procedure.stage(matter.stage),
        rules.standing(procedure, done),
        department_id=matter.department_id,
        officer_id=matter.officer_id,
    )
    return [
        Expectation(
            matter=matter,
            act=each.act,
            audience=each.audience,
            excused=f",{','.join(map(str, sorted(each.excused)))}," if each.excused else "",
            due_at=matter.next_due_at,
        )
        for each in found
    ]


def _tell(matter: Matter, done: Sequence[Done]) -> None:
    matter.is_under_way = _is_under_way(matter, done)


def _is_under_way(matter: Matter, done: Sequence[Done]) -> bool:
    procedure = queries.procedure_of(matter)
    stage = procedure.stage(matter.stage)
    return rules.is_under_way(procedure, stage, rules.standing(procedure, done))


def _said(row: Expectation) -> tuple[object, ...]:
    return row.act, row.audience, row.excused, row.due_at
