"""Entries, the log's leaves and tiles, signed checkpoints, and deliveries."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One act as it happened; never changed, never deleted.

    `subject` is the reference of what it is about; `facts` are for staff; `leaf` (if public) is what
    everyone sees.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    public = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["subject", "id"], name="entry_by_subject"),
            models.Index(fields=["kind", "id"], name="entry_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Leaf(models.Model):
    """The public line of an entry: canonical JSON without personal data, at its place in the log."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    data = models.BinaryField()

    class Meta:
        ordering = ("index",)

    def __str__(self) -> str:
        return str(self.index)


class Tile(models.Model):
    """Hashes of the log, 256 to a tile (C2SP tlog-tiles); the last of a level is partial and grows."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="a_tile_has_one_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Log(models.Model):
    """The log's size; the row that a public entry locks. There is one."""

    size = models.BigIntegerField(default=0)
    checkpoint = models.TextField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_log")]

    def __str__(self) -> str:
        return str(self.size)


class Delivery(models.Model):
    """An entry that one handler has yet to hear of; removed when heard, kept with its error when stuck."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["entry", "handler"], name="a_handler_hears_once")]
        indexes = [models.Index(fields=["next_at", "id"], name="delivery_by_turn")]

    def __str__(self) -> str:
        return f"{self.handler} ← {self.entry_id}"
