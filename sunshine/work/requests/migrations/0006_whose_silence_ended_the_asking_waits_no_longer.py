from __future__ import annotations

from typing import Any

from django.db import migrations

from sunshine.kernel import calendar, period


def tell_silent(apps: Any, _schema: Any) -> None:
    """Call silent each co-maker whose asking is over and that gave no answer; the step is repeatable.

    Its days were counted from sending, so nobody entered when it got the letter. Counted from there they
    would never be over, and one asking that has ended would hold up the next.
    """
    rows = apps.get_model("requests", "Consultation").objects.filter(
        sort="co_maker", answer="", received_on=None
    )
    for row in rows.exclude(request__matter__stage="asking_bodies").iterator():
        row.answer = "silent"
        row.answered_on = period.last_day(15, period.WORKING_DAYS, row.sent_on, calendar.bundled())
        row.save(update_fields=["answer", "answered_on"])


class Migration(migrations.Migration):
    dependencies = [("requests", "0005_tell_apart_what_went_out_before")]

    operations = [migrations.RunPython(tell_silent, migrations.RunPython.noop)]
