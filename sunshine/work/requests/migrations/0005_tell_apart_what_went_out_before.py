from __future__ import annotations

from typing import Any

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


def tell_kinds(apps: Any, _schema: Any) -> None:
    """Give each sealed file its kind. What belongs to no answer came with the request, or was made and left.

    An applicant's files were kept in the act that opened the matter, so at its very moment; no other was.
    """
    files = apps.get_model("requests", "SealedFile").objects.filter(kind="")
    files.filter(enclosure__isnull=False).update(kind="original")
    files.filter(given_in__isnull=False).update(kind="given")
    files.filter(came_at=models.F("matter__opened_at")).update(kind="came")
    files.update(kind="letter")


class Migration(migrations.Migration):
    # Apart from the new columns: PostgreSQL makes their indexes last, and not over rows changed meanwhile.
    dependencies = [("requests", "0004_what_has_gone_out_is_told_apart")]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.RunPython(tell_kinds, migrations.RunPython.noop),
    ]
