"""Every question names the case of which it was asked."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0006_questions_left_behind_are_brought_along")]
    operations = [
        migrations.AlterField(
            "task",
            "first",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="correspondence.case"
            ),
        ),
    ]
