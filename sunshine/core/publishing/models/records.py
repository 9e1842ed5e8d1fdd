"""What is public: records, their immutable versions, files, and lawful erasures."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sunshine.core.ledger.models import Entry
from sunshine.core.publishing.models.directory import DirectoryItem
from sunshine.core.publishing.models.files import Blob


class Record(models.Model):
    """One public thing with one address for ever; its columns repeat the newest version for lists.

    `main` is the document that this record interprets. `due_on` and `in_time` say whether the time
    limit of its directory item was kept (PRO-20WD).
    """

    reference = models.CharField(max_length=20, unique=True)
    matter_reference = models.CharField(max_length=40, blank=True)
    bundle = models.UUIDField(default=uuid.uuid4)
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="interpretations")
    kind = models.CharField(max_length=30)
    item = models.ForeignKey(DirectoryItem, models.PROTECT, related_name="records")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=80)
    formed_on = models.DateField(null=True)
    effective_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    repealed_on = models.DateField(null=True)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    in_time = models.BooleanField(null=True)
    version = models.PositiveSmallIntegerField(default=1)
    imported_from = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_ground = models.CharField(max_length=60, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    withdrawal_decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""), name="a_withdrawal_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="public_by_time", condition=Q(withdrawn_at=None)
            ),
            models.Index(
                fields=["item", "-published_at", "-id"], name="public_by_item", condition=Q(withdrawn_at=None)
            ),
            models.Index(
                fields=["kind", "-published_at", "-id"], name="public_by_kind", condition=Q(withdrawn_at=None)
            ),
            # The two below end in the column of their condition, so that SQLite need not look into the rows.
            models.Index(
                fields=["-changed_at", "-id", "withdrawn_at"],
                name="public_by_change",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(
                fields=["item", "in_time", "published_at", "withdrawn_at"],
                name="public_by_promise",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(
                fields=["main", "valid_until"],
                name="public_until",
                condition=Q(withdrawn_at=None, valid_until__isnull=False),
            ),
            models.Index(
                fields=["kind", "effective_from"],
                name="public_without_end",
                condition=Q(withdrawn_at=None, valid_until=None),
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="public_and_late",
                condition=Q(withdrawn_at=None, in_time=False),
            ),
            models.Index(
                fields=["-withdrawn_at"], name="withdrawn_by_time", condition=Q(withdrawn_at__isnull=False)
            ),
            models.Index(fields=["number"], name="record_by_number"),
            models.Index(fields=["matter_reference"], name="record_by_matter"),
            models.Index(fields=["imported_from"], name="record_by_origin", condition=~Q(imported_from="")),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class RecordVersion(models.Model):
    """One immutable version: sealed fields, digest, and the public entry that announced it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sealed = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("record", "number")
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="a_version_has_one_number")]
        indexes = [models.Index(fields=["digest"], name="version_by_digest")]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"


class RecordFile(models.Model):
    """A file that was published with a version."""

    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="published")

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="a_file_has_one_place")]

    def __str__(self) -> str:
        return self.name


class Erasure(models.Model):
    """Fields of a version that the law made us erase; replayed after every restore."""

    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="erasures")
    names = models.JSONField()
    ground = models.CharField(max_length=300)
    at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(proposed_by=models.F("decided_by")), name="an_erasure_takes_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.names}"
