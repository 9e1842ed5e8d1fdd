"""What a case is beside its matter. Who reported it lies sealed, and nothing of it in any index."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department


class ApiKey(models.Model):
    """A program that may report cases; the key itself is shown once and kept as a mark only."""

    name = models.CharField(max_length=80, unique=True)
    source = models.SlugField(max_length=60, unique=True)
    key_mark = models.CharField(max_length=64, unique=True)
    is_trusted = models.BooleanField(default=False)
    per_minute = models.PositiveIntegerField(default=60)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """Something one can report, as forms and programs offer it; `asks` are its further questions."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=400, blank=True)
    group = models.CharField(max_length=60, blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    sort = models.CharField(max_length=20)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    has_place = models.BooleanField(default=True)
    asks = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """A case of one or many reporters. `outcome` is of the newest reply, `first_replied_at` of the first.

    `joined_into` is the case that is being handled, `joined_to` the one that it was joined to itself,
    which may have been joined to a further one since; a petition `came_from` a letter that was one.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="case")
    channel = models.CharField(max_length=20)
    sort = models.CharField(max_length=20, blank=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    asked = models.JSONField(default=dict, blank=True)
    address = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    arrived_at = models.DateTimeField()
    received_on = models.DateField(null=True)
    petition_kind = models.CharField(max_length=20, blank=True)
    accused = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    is_supervised = models.BooleanField(default=False)
    was_contested = models.BooleanField(default=False)
    outcome = models.CharField(max_length=30, blank=True)
    first_replied_at = models.DateTimeField(null=True)
    was_in_time = models.BooleanField(null=True)
    closed_on = models.DateField(null=True)
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    came_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="became")
    program = models.ForeignKey(ApiKey, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["-received_on", "-matter_id"], name="case_by_receipt"),
            models.Index(fields=["closed_on", "matter_id"], name="case_by_closing"),
            models.Index(fields=["service", "-arrived_at"], name="case_by_service"),
            models.Index(fields=["lat", "lon"], name="case_by_place", condition=Q(lat__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(outcome=""), name="a_closed_case_has_its_outcome"
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False),
                name="a_point_has_both_its_numbers",
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class Reporter(models.Model):
    """Somebody who reported a case, sealed; `mark` tells the same person without telling who.

    `case` is the case that is being handled, `first` the one under which they came.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="reporters")
    first = models.ForeignKey(Case, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    mark = models.CharField(max_length=64, blank=True)
    code_mark = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=20)
    came_at = models.DateTimeField()
    text = models.TextField(blank=True)
    may_be_shown = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = models.CharField(max_length=1000, blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["mark", "came_at"], name="reporter_by_mark", condition=~Q(mark="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="a_rating_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"reporter {self.pk} of {self.case_id}"


class Notice(models.Model):
    """Something that a reporter is told: always on their page, and with proof where it was told otherwise."""

    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} to {self.reporter_id}"


class SentFile(models.Model):
    """A file that a reporter sent, name and bytes sealed, pictures without place and camera."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    sealed_name = models.BinaryField()
    path = models.CharField(max_length=200, unique=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=120)
    came_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"file of {self.case_id}"


class Reply(models.Model):
    """A reply, the first or the one after a contest: its outcome, its words, who wrote and approved it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=30)
    text = models.TextField()
    promised_on = models.DateField(null=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_case_reply_has_one_number"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="four_eyes_see_every_case_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number}"


class Promise(models.Model):
    """“Will be done by a day”: the day first promised stays, `due_on` is the one that counts now."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="promise")
    first_due_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    kept_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering = ("due_on", "id")
        indexes = [
            models.Index(
                fields=["due_on"], name="open_promise_by_day", condition=Q(kept_on=None, replaced=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} by {self.due_on}"


class Word(models.Model):
    """What was written in the course of a case: a note, a contest, a reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="words")
    kind = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Task(models.Model):
    """A question that another department was asked; a matter of its own in that department.

    `case` is the case that is being handled, `first` the one of which it was asked.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="case_task")
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    first = models.ForeignKey(Case, models.PROTECT, related_name="+")
    question = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"task of {self.case_id}"


class Alert(models.Model):
    """An alert of public opinion that a case raised, a matter of its own with its hours."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="alert")
    case = models.ForeignKey(Case, models.PROTECT, related_name="alerts")
    known_at = models.DateTimeField()
    grounds = models.TextField()

    def __str__(self) -> str:
        return f"alert of {self.case_id}"


class Alias(models.Model):
    """The number under which another system knows a case, and what that system last said of it.

    `case` is the case that is being handled, `first` the one that was given the number.
    """

    source = models.CharField(max_length=60)
    number = models.CharField(max_length=120)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="aliases")
    first = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, blank=True)
    status_at = models.DateTimeField(null=True)
    urged = models.PositiveIntegerField(default=0)
    updates = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="a_foreign_number_is_one_case"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class Update(models.Model):
    """One message of another system about a case; the same message twice is one row."""

    alias = models.ForeignKey(Alias, models.PROTECT, related_name="told")
    number = models.CharField(max_length=120)
    at = models.DateTimeField()
    status = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    came_at = models.DateTimeField()

    class Meta:
        ordering = ("at", "number")
        constraints = [
            models.UniqueConstraint(fields=["alias", "digest"], name="an_update_is_heard_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alias_id} {self.number}"


class BroughtList(models.Model):
    """A list of a hotline that was read and not taken in yet: its bytes lie sealed, and go when it is."""

    token = models.CharField(max_length=40, unique=True)
    channel = models.CharField(max_length=20)
    sealed = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    came_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"list {self.token}"


class Post(models.Model):
    """A message that waits for a look: all of it sealed, counted by marks, found again by its code."""

    token = models.CharField(max_length=40, unique=True)
    code_mark = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    channel = models.CharField(max_length=20)
    came_at = models.DateTimeField()
    sender_mark = models.CharField(max_length=64, blank=True)
    network_mark = models.CharField(max_length=64, blank=True)
    words_mark = models.CharField(max_length=64)
    signs = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="waiting")
    program = models.ForeignKey(ApiKey, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="posts")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["state", "id"], name="post_by_state"),
            models.Index(fields=["sender_mark", "came_at"], name="post_by_sender"),
            models.Index(fields=["network_mark", "came_at"], name="post_by_network"),
            models.Index(fields=["words_mark", "came_at"], name="post_by_words"),
        ]

    def __str__(self) -> str:
        return f"post {self.token}"
