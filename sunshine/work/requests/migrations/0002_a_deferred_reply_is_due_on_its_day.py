from dataclasses import asdict

from django.db import migrations

from sunshine.kernel import calendar, period
from sunshine.work.requests.rules import periods


def make_due(apps, schema_editor):
    """Let the clock of a reply that is put off run to the day that was told; so far it stood still."""
    events = apps.get_model("matters", "ClockEvent").objects
    matters = apps.get_model("matters", "Matter").objects
    expectations = apps.get_model("matters", "Expectation").objects
    requests = apps.get_model("requests", "Request").objects
    for request in requests.filter(matter__stage="deferred", deferred_until__isnull=False):
        last = events.filter(matter_id=request.pk, clock="reply").order_by("id").last()
        if last is None or last.effect != "pause":
            continue
        # What was told as a day off is due on the working day after it, as the law lets a last day roll.
        until = period.rolled(request.deferred_until, calendar.bundled())
        last.effect, last.extension = "restart", asdict(periods.deferral(period.day_of(last.at), until))
        last.save(update_fields=["effect", "extension"])
        due_at = period.end_of(until)
        matters.filter(pk=request.pk).update(next_due_at=due_at)
        expectations.filter(matter_id=request.pk).update(due_at=due_at)


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0003_write_down_what_is_expected"),
        ("requests", "0001_requests_who_asks_and_what_became_of_them"),
    ]

    operations = [migrations.RunPython(make_due, migrations.RunPython.noop)]
