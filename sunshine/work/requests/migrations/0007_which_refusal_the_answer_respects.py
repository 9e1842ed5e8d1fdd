"""Of several third parties that refused, the one that the answer protects is entered."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0006_whose_silence_ended_the_asking_waits_no_longer")]
    operations = [
        migrations.AddField("consultation", "is_respected", models.BooleanField(default=False)),
    ]
