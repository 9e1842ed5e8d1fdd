"""What stood before something became public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Condition(models.Model):
    """One condition of a decision: met (`reference` says by what) or exempt (`ground` says why)."""

    subject = models.CharField(max_length=40)
    code = models.CharField(max_length=12)
    reference = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["subject", "code"], name="a_condition_stands_once"),
            models.CheckConstraint(
                condition=~Q(reference="") | ~Q(ground=""), name="a_condition_says_how_it_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.code}"
