"""What waits from the former site is found by where it came from, through an index."""

from typing import Any

from django.db import migrations, models


def fill(apps: Any, _editor: Any) -> None:
    """Copy the origin from the drafts that carry it."""
    drafts = apps.get_model("publishing", "Draft").objects.filter(part=0, fields__has_key="imported")
    documents = apps.get_model("documents", "Document").objects
    for matter, told in drafts.values_list("matter_id", "fields__imported").iterator():
        documents.filter(matter_id=matter).update(imported_from=told["origin"])


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("matters", "0001_initial"),
        ("publishing", "0001_initial"),
    ]

    operations = [
        migrations.AddField("document", "imported_from", models.CharField(blank=True, max_length=300)),
        migrations.AddIndex(
            "document",
            models.Index(
                condition=models.Q(("imported_from", ""), _negated=True),
                fields=["imported_from"],
                name="document_by_origin",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
