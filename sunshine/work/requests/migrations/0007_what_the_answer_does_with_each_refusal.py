"""Of each third party that refused it is entered what the answer does with it; who was told was passed over."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def those_told_were_passed_over(apps: Any, _schema_editor: Any) -> None:
    """Carry on what was entered before: who was told of the answer that is prepared or went out."""
    told = apps.get_model("requests", "Consultation").objects.exclude(told_on=None)
    told.update(decided="passed_over")


class Migration(migrations.Migration):
    dependencies = [("requests", "0006_whose_silence_ended_the_asking_waits_no_longer")]
    operations = [
        migrations.AddField("consultation", "decided", models.CharField(max_length=12, blank=True, default="")),
        migrations.RunPython(those_told_were_passed_over, migrations.RunPython.noop),
    ]
