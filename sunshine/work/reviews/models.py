"""What looking back keeps beside its matters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sunshine.core.matters.models import Matter


class YearlyReview(models.Model):
    """The review of one year: its seed and list of candidates, and its report once drafted."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="yearly_review")
    year = models.PositiveSmallIntegerField(unique=True)
    log_size = models.PositiveIntegerField()
    seed = models.CharField(max_length=64)
    candidates = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.year)


class KeptItem(models.Model):
    """Something not public that is to be decided on: drawn for a review, or because its ground ends.

    `subject` is the reference of the document that holds it, or names a withheld part of an answer
    (`rules.part_of`); `until` the day on which its ground ends,
    `kept_until` the new one that the decision named.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="kept_item")
    review = models.ForeignKey(YearlyReview, models.PROTECT, null=True, related_name="items")
    subject = models.CharField(max_length=40)
    why = models.CharField(max_length=10)
    ground = models.CharField(max_length=30)
    until = models.DateField(null=True)
    classified_by = models.JSONField(default=list)
    warned = models.PositiveSmallIntegerField(null=True)
    kept_until = models.DateField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="kept_by_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "until"], condition=Q(review=None), name="an_end_is_decided_on_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Conversion(models.Model):
    """A task to make something public: asked for by several people, or decided to be opened.

    `opens` is the subject of the kept item that is to be opened; empty where people asked for it.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="conversion")
    subject = models.CharField(max_length=200)
    people = models.PositiveSmallIntegerField(default=0)
    opens = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.subject


class AskedFor(models.Model):
    """A request that asked for what a conversion makes public; it gives rise to one conversion only."""

    conversion = models.ForeignKey(Conversion, models.PROTECT, related_name="asked")
    reference = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ("reference",)

    def __str__(self) -> str:
        return self.reference


class ReportDuty(models.Model):
    """The duty to publish a year's report; `record` is the record that met it."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="report_duty")
    year = models.PositiveSmallIntegerField(unique=True)
    record = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return str(self.year)
