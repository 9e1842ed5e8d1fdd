"""What a document is beside its matter and its drafts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sunshine.core.matters.models import Matter


class Document(models.Model):
    """An official document; its text lies in the drafts of its matter.

    `returned` counts how often it was sent back without its interpretation (退文, INT-RETURN).
    `proposed_attribute`, `proposed_ground` and the ground's last day wait for a second person (ATTR-CHANGE).
    `imported_from` is where a document of the former site came from that waits, or has waited, as a draft.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="document")
    kind = models.CharField(max_length=30)
    returned = models.PositiveSmallIntegerField(default=0)
    proposed_attribute = models.CharField(max_length=12, blank=True)
    proposed_ground = models.CharField(max_length=30, blank=True)
    proposed_ground_until = models.DateField(null=True, blank=True)
    imported_from = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind"], name="document_by_kind"),
            models.Index(fields=["imported_from"], name="document_by_origin", condition=~Q(imported_from="")),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class StagedInterpretation(models.Model):
    """A later interpretation promised while the policy runs (INT-DURING), met by a record when it is.

    Rows repeat what the published document promises, so that what comes due is found by an index.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="staged")
    due_on = models.DateField()
    form = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)
    met_by = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["due_on"], name="promises_open", condition=Q(met_by=""))]

    def __str__(self) -> str:
        return f"{self.document_id} {self.due_on}"
