"""What a request is beside its matter; who asks lies sealed in a table of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sunshine.core.matters.models import Matter


class Request(models.Model):
    """An information request.

    `outcome` is the class of the first answer or of the closing, `row` the row of the national form on
    the day it counts (`closed_on`): an answer given anew changes neither (see `queries.outcome_now`).
    `public_subject` is that of the newest answer that went out.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="request")
    way = models.CharField(max_length=20)
    applicant_kind = models.CharField(max_length=20)
    arrived_at = models.DateTimeField()
    received_on = models.DateField(null=True)
    wanted = models.TextField()
    features = models.CharField(max_length=500, blank=True)
    form_wanted = models.CharField(max_length=20)
    delivery = models.CharField(max_length=20)
    help = models.CharField(max_length=20, blank=True)
    suggests_publication = models.BooleanField(default=False)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    asked_on = models.DateField(null=True)
    reasons_until = models.DateField(null=True)
    deferred_until = models.DateField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    row = models.CharField(max_length=8, blank=True)
    closed_on = models.DateField(null=True)
    public_subject = models.CharField(max_length=200, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_on"], name="request_by_receipt"),
            models.Index(fields=["closed_on"], name="request_by_closing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(outcome=""), name="a_closed_request_has_its_outcome"
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class Applicant(models.Model):
    """Who asks, sealed; `mark` tells the same person without telling who, `code_mark` knows the code."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="applicant")
    sealed = models.BinaryField()
    mark = models.CharField(max_length=64, db_index=True)
    code_mark = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"applicant of {self.matter_id}"


class SealedFile(models.Model):
    """A file of a request, name and bytes sealed: it came with the request, or the office made or laid it.

    What came was found harmless before it was kept. `kind` stays what it was: a letter that was sent back
    and a file that was taken out are no answer's any more, and nobody's but the office's.
    """

    CAME, LETTER, ORIGINAL, GIVEN = "came", "letter", "original", "given"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="sealed_files")
    kind = models.CharField(max_length=10)
    sealed_name = models.BinaryField()
    path = models.CharField(max_length=200, unique=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=120)
    came_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"file of {self.matter_id}"


class SavedForm(models.Model):
    """A form that was begun and saved: sealed, found again by its code, thrown away on its day."""

    code_mark = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    until = models.DateField()

    def __str__(self) -> str:
        return f"saved until {self.until}"


class Word(models.Model):
    """What applicant or office wrote in the course of a request: a completion, reasons, an attempt."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="words")
    kind = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"


class Consultation(models.Model):
    """Somebody who was asked: a third party (named under seal), a co-maker, another body.

    `disclosed`, `told_why` and `told_on` are what a third party was told last whose refusal was overruled.
    What the answer that is being prepared, or was given last, does with a refusal is `decided`: nothing yet,
    respected, or passed over.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="consultations")
    sort = models.CharField(max_length=20)
    sealed_party = models.BinaryField()
    about = models.TextField()
    sent_on = models.DateField()
    received_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=30, blank=True)
    ground = models.TextField(blank=True)
    disclosed = models.TextField(blank=True)
    told_why = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    decided = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="refuses") | ~Q(ground=""), name="a_refusal_that_counts_has_its_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.pk}"


class Search(models.Model):
    """A search of the bureau's holdings: where, with which words, by whom, what was found."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="searches")
    systems = models.TextField()
    words = models.TextField()
    found = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return f"search for {self.request_id}"


class Fee(models.Model):
    """A processing fee that was asked: one scale, the amount in yuan, when told, received and paid."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="fees")
    scale = models.CharField(max_length=10)
    quantity = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()
    notified_on = models.DateField()
    received_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.amount} yuan"


class Answer(models.Model):
    """A reply, the first or one given anew: its class, what it says, who wrote and who approved it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=30)
    finding = models.TextField()
    public_subject = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    letter_number = models.CharField(max_length=60, blank=True)
    letter_docx = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="+")
    letter_pdf = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="+")
    letter_digest = models.CharField(max_length=64, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    service = models.CharField(max_length=20, blank=True)
    served_on = models.DateField(null=True)
    mail_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="an_answer_has_one_number"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("drafted_by")),
                name="four_eyes_see_every_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} #{self.number}"


class Remedy(models.Model):
    """A reconsideration or lawsuit against an answer or silence; a matter of its own."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="remedy")
    request = models.ForeignKey(Request, models.PROTECT, related_name="remedies")
    sort = models.CharField(max_length=20)
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    filed_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    result = models.CharField(max_length=20, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "remedies"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on=None, result="") | (Q(decided_on__isnull=False) & ~Q(result="")),
                name="a_decision_has_result_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.matter_id}"


class Correction(models.Model):
    """A request to correct one's own data: no request for information, counted in no table."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="correction")
    received_on = models.DateField(null=True)
    wanted = models.TextField()
    decision = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.matter_id)


class Enclosure(models.Model):
    """A file of an answer: the original stays sealed, what is given is the file or its redacted copy.

    `masks` are the texts that were taken out, sealed; `proof` says how it was proved that they are gone.
    `answer` is the one that it went out with; without one it lies ready for the answer that comes.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="enclosures")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="enclosures")
    name = models.CharField(max_length=120)
    original = models.OneToOneField(SealedFile, models.PROTECT, related_name="enclosure")
    given = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="given_in")
    sealed_masks = models.BinaryField(default=b"")
    proof = models.JSONField(default=dict)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
