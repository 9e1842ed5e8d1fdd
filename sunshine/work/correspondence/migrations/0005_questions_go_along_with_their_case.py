"""A question keeps of which case it was asked, as it goes along with that case."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0004_letters_become_petitions")]
    operations = [
        migrations.AddField(
            "task",
            "first",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="correspondence.case",
            ),
        ),
    ]
