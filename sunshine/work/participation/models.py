"""What people say and what they are answered; who they are lies sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department
from sunshine.core.publishing.models import Record


class CommentCall(models.Model):
    """A call for comment on one version of a published draft; `until` is its last day.

    `report` is the record that says what was adopted; `outcome` the record of what came of the draft.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="comment_call")
    record = models.OneToOneField(Record, models.PROTECT, related_name="comment_call")
    version = models.PositiveSmallIntegerField()
    until = models.DateField()
    identity = models.CharField(max_length=10)
    sequence = models.PositiveIntegerField(default=0)
    report_document = models.CharField(max_length=40, blank=True)
    report = models.OneToOneField(Record, models.PROTECT, null=True, related_name="reported_call")

    class Meta:
        indexes = [models.Index(fields=["until"], name="call_by_last_day")]

    def __str__(self) -> str:
        return str(self.matter_id)


class Submission(models.Model):
    """What one person sent at one time: opinions and files; `mark` knows the same person again.

    It counts once it is confirmed (`confirmed_at`) and as long as it is not hidden.
    """

    call = models.ForeignKey(CommentCall, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=12)
    begun_at = models.DateTimeField()
    came_at = models.DateTimeField()
    in_grace = models.BooleanField(default=False)
    sealed = models.BinaryField()
    mark = models.CharField(max_length=64)
    code_mark = models.CharField(max_length=64, unique=True)
    confirmed_at = models.DateTimeField(null=True)
    phone_code_mark = models.CharField(max_length=64, blank=True)
    phone_tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8)
    hiding = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(fields=["call", "state", "number"], name="submission_by_state"),
            models.Index(fields=["call", "mark"], name="submission_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="a_submission_of_a_call_is_numbered"),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(hiding=""), name="what_is_hidden_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.number}"


class OpinionGroup(models.Model):
    """Opinions on one place of the draft that say nearly the same, and their one answer.

    A group that `is_alone` was taken out by a person; nothing joins it by itself.
    """

    call = models.ForeignKey(CommentCall, models.PROTECT, related_name="groups")
    paragraph = models.PositiveIntegerField()
    first = models.OneToOneField("Opinion", models.PROTECT, related_name="+")
    is_alone = models.BooleanField(default=False)
    answer = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("paragraph", "id")
        indexes = [models.Index(fields=["call", "answer"], name="group_by_answer")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer__in=["not_adopted", "partly"]) | ~Q(reason=""),
                name="what_is_not_adopted_is_owed_the_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} §{self.paragraph} #{self.pk}"


class Opinion(models.Model):
    """One text on one paragraph of the draft, or (paragraph 0) on the whole."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="opinions")
    paragraph = models.PositiveIntegerField()
    text = models.TextField()
    group = models.ForeignKey(OpinionGroup, models.PROTECT, null=True, related_name="opinions")

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["id"], name="opinion_without_group", condition=Q(group=None))]

    def __str__(self) -> str:
        return f"{self.submission_id} §{self.paragraph}"


class SubmissionFile(models.Model):
    """A file that came with a submission: found harmless, sealed with its name."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    sealed_name = models.BinaryField()
    path = models.CharField(max_length=200, unique=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=120)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"file of {self.submission_id}"


class SavedOpinion(models.Model):
    """What was begun and saved: sealed, found again by its code, thrown away once its call is over."""

    code_mark = models.CharField(max_length=64, primary_key=True)
    call = models.ForeignKey(CommentCall, models.PROTECT, related_name="saved")
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"saved in {self.call_id}"


class Decision(models.Model):
    """A major decision or normative document on its way; its steps stand as conditions of publishing.

    `proposed_step` with its ground waits for a second person.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="decision")
    call = models.ForeignKey(CommentCall, models.PROTECT, null=True, related_name="decisions")
    record = models.OneToOneField(Record, models.PROTECT, null=True, related_name="decision")
    proposed_step = models.CharField(max_length=12, blank=True)
    proposed_ground = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return str(self.matter_id)


class Gathering(models.Model):
    """A meeting, hearing, briefing, open day or panel; `sequence` grows with each change people must hear of.

    `groups` says for a draw how many seats each group has: [{"name": …, "seats": …}]; `tickets` is the
    list [group, name] as it stood when sign-up closed.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="gathering")
    sort = models.CharField(max_length=12)
    hearing = models.CharField(max_length=12, blank=True)
    openness = models.CharField(max_length=10, blank=True)
    openness_ground = models.CharField(max_length=200, blank=True)
    proposed_openness = models.CharField(max_length=10, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    seats = models.PositiveIntegerField(default=0)
    by_draw = models.BooleanField(default=False)
    groups = models.JSONField(default=list)
    signup_closes_at = models.DateTimeField()
    stream_url = models.URLField(max_length=300, blank=True)
    announced_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    tickets = models.JSONField(default=list)
    seed = models.CharField(max_length=64, blank=True)
    seed_size = models.PositiveBigIntegerField(null=True)
    notice = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    minutes = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["-starts_at"], name="announced_gatherings", condition=Q(announced_at__isnull=False)
            ),
            models.Index(fields=["signup_closes_at"], name="gathering_by_closing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(openness="closed") | ~Q(openness_ground=""), name="not_open_names_its_ground"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="it_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class Signup(models.Model):
    """Somebody who signed up: with a seat, waiting in order, in the draw, or withdrawn; who it is, sealed.

    No two have one seat and no seat is beyond the seats there are: the table itself says so.
    """

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="signups")
    number = models.PositiveIntegerField()
    group = models.CharField(max_length=60, blank=True)
    sealed = models.BinaryField()
    mark = models.CharField(max_length=64)
    code_mark = models.CharField(max_length=64, unique=True)
    came_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    seat = models.PositiveIntegerField(null=True)
    of_seats = models.PositiveIntegerField()
    position = models.PositiveIntegerField(null=True)
    signature = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="a_signup_is_numbered"),
            models.UniqueConstraint(fields=["gathering", "seat"], name="a_seat_has_one_person"),
            models.UniqueConstraint(
                fields=["gathering", "group", "position"], name="a_place_in_the_queue_has_one"
            ),
            models.UniqueConstraint(
                fields=["gathering", "mark"], condition=~Q(state="withdrawn"), name="a_person_signs_up_once"
            ),
            models.CheckConstraint(
                condition=Q(seat=None) | Q(seat__gte=1, seat__lte=models.F("of_seats")),
                name="no_seat_beyond_those_there_are",
            ),
            models.CheckConstraint(
                condition=Q(state="seated", seat__isnull=False) | (~Q(state="seated") & Q(seat=None)),
                name="who_is_seated_has_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}/{self.number}"


class FollowedItem(models.Model):
    """A decision of a meeting that is followed until it is carried out."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="items")
    what = models.CharField(max_length=300)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.what


class YearList(models.Model):
    """The list of matters open to participation in a year (PART-LIST); public through its record."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.year)


class ListedMatter(models.Model):
    """One matter of a year's list: what, who, in which ways, when; `reference` is its call or gathering."""

    of = models.ForeignKey(YearList, models.PROTECT, related_name="matters")
    title = models.CharField(max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    ways = models.JSONField(default=list)
    month = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=40, blank=True)
    struck_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("month", "id")

    def __str__(self) -> str:
        return self.title
