"""What a proposal is beside its matter: its session, who proposed it, who talked, what was replied."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Department


class Session(models.Model):
    """A session (届次) of a congress or of a CPPCC committee; it says which classes and which naming hold."""

    name = models.CharField(max_length=120, unique=True)
    code = models.SlugField(max_length=40, unique=True)
    body = models.CharField(max_length=12)
    level = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    classes = models.CharField(max_length=12)
    naming = models.CharField(max_length=12)

    class Meta:
        ordering = ("-year", "name")
        indexes = [models.Index(fields=["-year", "name"], name="session_by_year")]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """A suggestion or proposal, whether the bureau answers it or gives its opinion.

    `replied_on` is the day of the first reply, or on which a joint opinion went out, `is_in_time` whether
    that kept its clock; `reply_class`, `mark` and `rating` are those of the newest reply. All repeat what
    the acts said, for lists and figures.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="proposal")
    session = models.ForeignKey(Session, models.PROTECT, related_name="proposals")
    number = models.CharField(max_length=20)
    sort = models.CharField(max_length=12)
    role = models.CharField(max_length=12)
    proposer = models.CharField(max_length=300)
    proposer_sort = models.CharField(max_length=12)
    lead_body = models.CharField(max_length=120, blank=True)
    joint_bodies = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    assigned_on = models.DateField()
    replied_on = models.DateField(null=True)
    is_in_time = models.BooleanField(null=True)
    is_returned = models.BooleanField(default=False)
    reply_class = models.CharField(max_length=4, blank=True)
    mark = models.CharField(max_length=12, blank=True)
    rating = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="a_number_stands_once_in_a_session"),
            models.CheckConstraint(
                condition=Q(replied_on=None) | ~Q(is_in_time=None), name="an_answer_was_in_time_or_not"
            ),
            models.CheckConstraint(
                condition=~Q(role="joint") | ~Q(lead_body=""), name="a_joint_handler_knows_who_leads"
            ),
        ]
        indexes = [models.Index(fields=["session", "-assigned_on", "-matter"], name="proposal_by_session")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number}"

    def naming_rule(self) -> tuple[str, str, str, str]:
        """Return what says how its proposer is named in public; for `rules.naming`, the session at hand."""
        return (self.proposer, self.proposer_sort, self.session.body, self.session.naming)


class Opinion(models.Model):
    """A joint opinion: the bureau's own for another lead, or one that our lead asked of somebody.

    It has its own matter; of the bureau's own the proposal's matter is the same.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="opinion")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    body = models.CharField(max_length=120, blank=True)
    question = models.TextField(blank=True)
    asked_on = models.DateField()
    opinion = models.TextField(blank=True)
    given_on = models.DateField(null=True)
    is_called_off = models.BooleanField(default=False)

    class Meta:
        ordering = ("matter_id",)

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.matter_id}"


class Contact(models.Model):
    """One time that somebody talked with the deputy; `round` counts the replies that were given before."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="contacts")
    round = models.PositiveSmallIntegerField()
    contacted_on = models.DateField()
    way = models.CharField(max_length=12)
    said = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.contacted_on}"


class Reply(models.Model):
    """A reply to the deputy, the first or one after dissatisfaction; all are kept."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    reply_class = models.CharField(max_length=4)
    text = models.TextField()
    mark = models.CharField(max_length=12)
    ground = models.CharField(max_length=200, blank=True)
    without_opinions = models.CharField(max_length=500, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    replied_on = models.DateField(null=True)
    way = models.CharField(max_length=12, blank=True)
    rating = models.CharField(max_length=16, blank=True)
    rating_of_process = models.CharField(max_length=16, blank=True)
    rating_words = models.TextField(blank=True)
    rated_on = models.DateField(null=True)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="a_reply_has_one_number"),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("drafted_by")), name="four_eyes_see_every_reply"
            ),
            models.CheckConstraint(
                condition=Q(mark="proactive") | ~Q(ground=""), name="a_reply_kept_back_names_its_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} #{self.number}"


class Publication(models.Model):
    """How one reply becomes public: by which document, as which record, on which day."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="publication")
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="publication")
    document = models.CharField(max_length=40, blank=True)
    record = models.CharField(max_length=20, blank=True)
    published_on = models.DateField(null=True)
    is_in_time = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["document"], name="publication_by_document", condition=~Q(document="")),
            models.Index(fields=["record"], name="publication_by_record", condition=~Q(record="")),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.record}"


class Commitment(models.Model):
    """What a reply promises by a day; kept on a day with a proof, or put off with a reason."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    promised_for = models.DateField()
    due_on = models.DateField()
    is_given = models.BooleanField(default=False)
    kept_on = models.DateField(null=True)
    proof = models.CharField(max_length=500, blank=True)
    told_on = models.DateField(null=True)

    class Meta:
        ordering = ("reply_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="a_commitment_has_one_number"),
            models.CheckConstraint(
                condition=Q(kept_on=None) | ~Q(proof=""), name="a_kept_commitment_has_its_proof"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], name="commitments_open", condition=Q(kept_on=None, is_given=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id}/{self.number}"


class PutOff(models.Model):
    """A commitment that was put off: from which day, to which, and why; told to everybody."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="put_off")
    was_due_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.due_on}"
