from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def tell_apart(apps: Any, _schema: Any) -> None:
    """Give each answer its subject and its files, as they were drafted and laid; each step is repeatable.

    Only the newest subject was kept; one that has not gone out leaves the register. A file was laid before
    the draft of its answer was written.
    """
    requests, answers = apps.get_model("requests", "Request"), apps.get_model("requests", "Answer")
    for request in requests.objects.exclude(public_subject="").iterator():
        newest = answers.objects.filter(request=request).order_by("number").last()
        if newest is None:
            continue
        newest.public_subject = request.public_subject
        newest.save(update_fields=["public_subject"])
        if newest.served_on is None:
            request.public_subject = ""
            request.save(update_fields=["public_subject"])
    for laid in apps.get_model("requests", "Enclosure").objects.filter(answer=None).iterator():
        later = answers.objects.filter(request_id=laid.request_id, drafted_at__gte=laid.added_at)
        answer = later.order_by("number").first()
        if answer is not None and answer.served_on is not None:
            laid.answer = answer
            laid.save(update_fields=["answer"])


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_requests_who_asks_and_what_became_of_them")]

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
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
    ]
