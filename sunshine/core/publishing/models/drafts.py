"""What is being written, what was frozen, and what reviewers said of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models.directory import DirectoryItem
from sunshine.core.publishing.models.files import Blob
from sunshine.core.publishing.rules import Attribute


class Draft(models.Model):
    """The fields of one record-to-be; the drafts of a matter are one bundle.

    `fields` holds JSON values by name (`rules.FIELDS`); `part` 0 is the document itself, others its
    interpretation materials. `record` is the record that a correction will make a new version of.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="drafts")
    part = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=30)
    fields = models.JSONField(default=dict)
    attribute = models.CharField(max_length=12, blank=True, choices=[(a.value, a.name) for a in Attribute])
    ground = models.CharField(max_length=30, blank=True)
    ground_note = models.TextField(blank=True)
    ground_until = models.DateField(null=True, blank=True)
    item = models.ForeignKey(DirectoryItem, models.PROTECT, null=True, blank=True, related_name="drafts")
    publish_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    record = models.ForeignKey(
        "publishing.Record", models.PROTECT, null=True, blank=True, related_name="drafts"
    )

    class Meta:
        ordering = ("matter", "part")
        indexes = [models.Index(fields=["kind", "id"], name="draft_by_kind", condition=Q(part=0))]
        constraints = [
            models.UniqueConstraint(fields=["matter", "part"], name="a_part_of_a_bundle_has_one_draft"),
            models.CheckConstraint(
                condition=~Q(attribute="not_public") | ~Q(ground=""),
                name="a_refusal_to_publish_names_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fields.get("title", self.uuid))

    @property
    def is_public(self) -> bool:
        """Whether its record stands before the public: what is written here corrects that."""
        return self.record is not None and self.record.withdrawn_at is None


class Revision(models.Model):
    """The fields of a draft as one author left them; kept, so that any two can be compared."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    fields = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="a_revision_has_one_number")]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.number}"


class Autosave(models.Model):
    """What an author has typed and not saved yet; nobody else sees it and nothing is made of it."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="autosaves")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fields = models.JSONField()
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "author"], name="an_author_has_one_autosave")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.author_id}"


class Attachment(models.Model):
    """A file that goes with a draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="attachments")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["draft", "position"], name="an_attachment_has_one_place"),
            models.UniqueConstraint(fields=["draft", "name"], name="an_attachment_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """A bundle frozen to a digest: sealed fields of every member, and what the automatic checks found."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    members = models.JSONField()
    findings = models.JSONField(default=list)
    requirements = models.JSONField(default=dict)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("matter", "number")
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="a_submission_has_one_number"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(voided_at=None), name="one_submission_stands_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.number} {self.digest[:12]}"


class Review(models.Model):
    """What one person (or a scanner) said of one digest; never changed, the newest of a kind counts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=20)
    passed = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    remark = models.TextField(blank=True)
    decisions = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(passed=True) | ~Q(remark=""), name="an_objection_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"
