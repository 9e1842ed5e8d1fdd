"""The table of recorded facts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sunshine.work.facts import rules


class Fact(models.Model):
    """A fact as it was entered; never changed, only followed by a newer one or struck."""

    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    value = models.CharField(max_length=20)
    unit = models.CharField(max_length=20, blank=True)
    as_of = models.DateField()
    source = models.CharField(max_length=300)
    listed = models.JSONField(default=list)
    topic = models.CharField(max_length=20, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_standing = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["year", "code"],
                condition=Q(is_standing=True),
                name="one_fact_stands_under_a_short_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"

    @property
    def stated(self) -> rules.Stated:
        """The fact as a plain value."""
        names = ("year", "code", "name", "value", "unit", "as_of", "source", "topic")
        return rules.Stated(**{each: getattr(self, each) for each in names}, listed=tuple(self.listed))
