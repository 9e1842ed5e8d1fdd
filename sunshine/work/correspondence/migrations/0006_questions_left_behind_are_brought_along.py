"""What stayed behind with a joined case is brought along; by itself, as no table changes in the same transaction."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def bring_along(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Let each question be of the case that is being handled now."""
    cases, tasks = (apps.get_model("correspondence", name) for name in ("Case", "Task"))
    for task in tasks.objects.select_related("case__joined_into").iterator():
        task.first = task.case
        went_on = cases.objects.filter(came_from=task.case).select_related("joined_into").first() or task.case
        task.case = went_on.joined_into or went_on
        task.save(update_fields=["first", "case"])


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0005_questions_go_along_with_their_case")]
    operations = [migrations.RunPython(bring_along, migrations.RunPython.noop)]
