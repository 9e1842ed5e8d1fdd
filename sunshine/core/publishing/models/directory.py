"""The directory of proactive disclosure (主动公开目录)."""

from __future__ import annotations

from django.db import models

from sunshine.core.people.models import Post


class DirectoryItem(models.Model):
    """What the bureau publishes, by whom, within what time, where and for whom.

    `column` is one of the standard parts of the national column (`rules.COLUMNS`); `statutory_key`
    the item of FOI 2019 art. 20/21 ("20-01"). `limit_length` with `limit_unit` is the time limit from
    forming; `renewed_every` the days after which a page counts as stale, empty when it never does.
    """

    code = models.SlugField(max_length=40, unique=True)
    column = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=120)
    content = models.TextField(blank=True)
    statutory_key = models.CharField(max_length=10, blank=True)
    basis = models.CharField(max_length=300)
    limit_length = models.PositiveSmallIntegerField(default=20)
    limit_unit = models.CharField(max_length=20, default="working_days")
    renewed_every = models.PositiveSmallIntegerField(null=True, blank=True)
    channels = models.JSONField(default=list)
    audience = models.CharField(max_length=120)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "code")
        indexes = [models.Index(fields=["column", "position"], name="item_by_column")]

    def __str__(self) -> str:
        return self.subject
