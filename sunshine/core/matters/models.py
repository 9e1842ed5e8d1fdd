"""Matters, their clock events, and gapless numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sunshine.core.ledger.models import Entry
from sunshine.core.people.models import Department


class Matter(models.Model):
    """One case of any kind of work.

    `version` grows with every act; an act names the version its officer saw. `procedure_version` is
    the law it was opened under and stays.
    """

    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    procedure_version = models.CharField(max_length=20)
    stage = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)
    is_under_way = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(
                fields=["officer", "is_under_way", "next_due_at", "id"],
                name="work_by_officer",
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["department", "is_under_way", "next_due_at", "id"],
                name="work_by_department",
                condition=Q(closed_at=None),
            ),
            models.Index(fields=["next_due_at", "id"], name="open_by_due", condition=Q(closed_at=None)),
            models.Index(fields=["kind", "stage"], name="matter_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Expectation(models.Model):
    """An act that is expected on an open matter, once for each audience; a cache that worklists walk along.

    `excused` are the ids of persons of whom it is not expected, each between commas.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="expectations")
    act = models.CharField(max_length=120)
    audience = models.CharField(max_length=80)
    excused = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["audience", "due_at", "matter"], name="expected_by_due")]

    def __str__(self) -> str:
        return f"{self.act} {self.audience}"


class ClockEvent(models.Model):
    """One effect on one clock of a matter: start, pause, resume, restart, extend, stop
    or continue.

    `extension` is the period that an extension adds, or the one that a run has instead of the clock's own.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clock_events")
    clock = models.CharField(max_length=40)
    effect = models.CharField(max_length=10)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    extension = models.JSONField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.clock} {self.effect}"


class SentPage(models.Model):
    """The key of a form that was sent and did its work; written in the transaction of that work.

    The code that the page was given, or the address to which it led, lies sealed beside it for some minutes.
    """

    key = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return self.key


class Series(models.Model):
    """The last number given in a series; numbers have no gaps."""

    name = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"{self.name} {self.last}"
