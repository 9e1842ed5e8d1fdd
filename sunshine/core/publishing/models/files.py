"""Bytes, each kept once under its own digest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Scan(models.TextChoices):
    """What the virus check said; only `CLEAN` passes the gate."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    REFUSED = "refused"


class Blob(models.Model):
    """A file's bytes in the store at `path`; `text` is what could be read out of it for checks and search;
    `names` are those it carries unseen (`properties.Hidden`): its author, who commented, whose changes stand.

    While a file waits for its virus check, `scanned_at` is the moment before which it is not tried again.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    path = models.CharField(max_length=200)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.WAITING)
    scan_note = models.CharField(max_length=300, blank=True)
    scanned_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    is_read = models.BooleanField(default=False)
    names = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scan="waiting") | Q(scanned_at__isnull=False), name="a_scanned_file_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256
