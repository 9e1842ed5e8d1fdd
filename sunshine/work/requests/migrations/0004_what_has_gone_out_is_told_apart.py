from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0003_what_an_overruled_third_party_was_told")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="public_subject",
            field=models.CharField(blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="enclosure",
            name="answer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enclosures",
                to="requests.answer",
            ),
        ),
        migrations.AddField(
            model_name="sealedfile",
            name="kind",
            field=models.CharField(max_length=10, default=""),
            preserve_default=False,
        ),
    ]
