"""A ground that passes is proposed with the day until which it lasts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_imported_from")]

    operations = [
        migrations.AddField(
            "document", "proposed_ground_until", models.DateField(blank=True, null=True)
        ),
    ]
