from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import migrations, transaction

from sunshine.core.matters import rules
from sunshine.core.matters.queries import procedures
from sunshine.kernel import errors
from sunshine.kernel.procedure import Done

BATCH = 1000

logger = logging.getLogger(__name__)


def write_down(apps: Any, _schema: Any) -> None:
    """Write beside every open matter what is expected of whom, as each act does from now on.

    Batch by batch, each in a transaction of its own and each repeatable: one that was cut off goes on.
    """
    matters = apps.get_model("matters", "Matter").objects.filter(closed_at=None).order_by("pk")
    last = 0
    while found := list(matters.filter(pk__gt=last)[:BATCH]):
        with transaction.atomic():
            _write(apps, found)
        last = found[-1].pk


def _write(apps: Any, found: Sequence[Any]) -> None:
    """Write beside some matters what is expected, in place of what stands there."""
    matters, expectations = apps.get_model("matters", "Matter"), apps.get_model("matters", "Expectation")
    acts = _acts(apps.get_model("ledger", "Entry"), [matter.reference for matter in found])
    under_way, rows = [], []
    for matter in found:
        prefix = f"{matter.kind}."
        done = [
            Done(act=kind.removeprefix(prefix), actor=actor, at=at)
            for kind, actor, at in acts[matter.reference]
            if kind.startswith(prefix)
        ]
        try:
            is_under_way, told = _expected(matter, done)
        except (KeyError, errors.NotFound):  # its procedure, or its stage, is none of this release any more
            logger.warning("%s follows a procedure that this release does not know", matter.reference)
            continue
        if is_under_way:
            under_way.append(matter.pk)
        rows += [
            expectations(
                matter_id=matter.pk,
                act=each.act,
                audience=each.audience,
                excused=f",{','.join(map(str, sorted(each.excused)))}," if each.excused else "",
                due_at=matter.next_due_at,
            )
            for each in told
        ]
    matters.objects.filter(pk__in=under_way).update(is_under_way=True)
    expectations.objects.filter(matter_id__in=[matter.pk for matter in found]).delete()
    expectations.objects.bulk_create(rows)


def _acts(entries: Any, references: Sequence[str]) -> dict[str, list[tuple[str, int | None, Any]]]:
    """Return what was entered of some matters, oldest first, by reference."""
    acts = defaultdict(list)
    rows = entries.objects.filter(subject__in=references).order_by("id")
    for subject, kind, actor, at in rows.values_list("subject", "kind", "actor_id", "at"):
        acts[subject].append((kind, actor, at))
    return acts


def _expected(matter: Any, done: Sequence[Done]) -> tuple[bool, list[rules.Expected]]:
    """Return whether a matter is under way, and what is expected of whom.

    :raises NotFound: no procedure of this release is the matter's
    :raises KeyError: it knows no such stage or act
    """
    procedure = procedures().get(matter.kind, matter.procedure_version)
    stage, since = procedure.stage(matter.stage), rules.standing(procedure, done)
    told = rules.expected(
        procedure, stage, since, department_id=matter.department_id, officer_id=matter.officer_id
    )
    return rules.is_under_way(procedure, stage, since), list(told)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("ledger", "0001_initial"),
        ("matters", "0002_what_is_expected_of_whom"),
    ]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
