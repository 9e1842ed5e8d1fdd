from __future__ import annotations

from typing import Any

from django.db import migrations

from sunshine.core.matters import rules
from sunshine.core.matters.queries import procedures
from sunshine.kernel.procedure import Done


def write_down(apps: Any, _schema: Any) -> None:
    """Write beside every open matter what is expected of whom, as each act does from now on."""
    matters, expectations, entries = (
        apps.get_model("matters", "Matter"),
        apps.get_model("matters", "Expectation"),
        apps.get_model("ledger", "Entry"),
    )
    for matter in matters.objects.filter(closed_at=None).iterator(chunk_size=1000):
        procedure = procedures().get(matter.kind, matter.procedure_version)
        stage, prefix = procedure.stage(matter.stage), f"{matter.kind}."
        acts = entries.objects.filter(subject=matter.reference, kind__startswith=prefix).order_by("id")
        done = [
            Done(act=kind.removeprefix(prefix), actor=actor, at=at)
            for kind, actor, at in acts.values_list("kind", "actor_id", "at")
        ]
        since = rules.standing(procedure, done)
        matters.objects.filter(pk=matter.pk).update(
            is_under_way=rules.is_under_way(procedure, stage, since)
        )
        told = rules.expected(
            procedure, stage, since, department_id=matter.department_id, officer_id=matter.officer_id
        )
        expectations.objects.bulk_create(
            expectations(
                matter_id=matter.pk,
                act=each.act,
                audience=each.audience,
                excused=f",{','.join(map(str, sorted(each.excused)))}," if each.excused else "",
                due_at=matter.next_due_at,
            )
            for each in told
        )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("matters", "0002_what_is_expected_of_whom"),
    ]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
