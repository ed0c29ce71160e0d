"""Attempts, what is written and handed in for them, and the rounds that reviewers see."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ArtifactRequirement, Edition, MicroCertification, Part, Question
from portal.accounts.models import Association, User
from portal.lifecycle import Lifecycle
from portal.payments.models import Charge


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by owner and standing."""

    def owned_by(self, user: Any) -> Self:
        """An educator's own: the permission to touch an attempt."""
        return self.filter(educator=user)

    def live(self) -> Self:
        """Those that stand in the way of another Start."""
        return self.filter(status__in=Attempt.LIVE)

    def editable(self) -> Self:
        """Those whose work may be changed and handed in, by status."""
        return self.filter(status__in=Attempt.EDITABLE)

    def overdue(self, now: datetime) -> Self:
        """Those whose time ran out. What is in review never expires (FACTS A2)."""
        return self.editable().filter(due_at__lt=now)

    def with_preparing(self) -> Self:
        """Add ``is_preparing``: whether a file of theirs still waits for the cleaner."""
        waiting = Evidence.objects.to_clean().filter(attempt=models.OuterRef("pk"))
        return self.annotate(is_preparing=models.Exists(waiting))

    def with_progress(self) -> Self:
        """Add ``done``: how many of the five requirements are completed."""
        completed = Q(progress__status=Progress.Status.COMPLETED)
        return self.annotate(done=models.Count("progress", filter=completed))


class Attempt(models.Model):
    """One educator's six months with one edition, from the click on Start (FACTS 2.1)."""

    class Status(models.TextChoices):
        """Where an attempt stands."""

        FEE_DUE = "fee_due", _("Fee due")
        IN_PROGRESS = "in_progress", _("In Progress")
        IN_REVIEW = "in_review", _("In Review")
        PASSED = "passed", _("Earned")
        NOT_YET = "not_yet", _("Not Yet")
        RETURNED = "returned", _("Returned as incomplete")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RESET = "reset", _("Reset")
        DENIED = "denied", _("Denied")

    EDITABLE = (Status.IN_PROGRESS, Status.NOT_YET, Status.RETURNED)
    LIVE = (Status.FEE_DUE, *EDITABLE, Status.IN_REVIEW, Status.PASSED)

    lifecycle = Lifecycle(
        {
            Status.FEE_DUE: (Status.IN_PROGRESS, Status.WITHDRAWN),
            Status.IN_PROGRESS: (
                Status.IN_REVIEW,
                Status.WITHDRAWN,
                Status.RESET,
                Status.DENIED,
            ),
            Status.IN_REVIEW: (Status.PASSED, Status.NOT_YET, Status.RETURNED, Status.DENIED),
            Status.NOT_YET: (Status.IN_REVIEW, Status.WITHDRAWN, Status.RESET, Status.DENIED),
            Status.RETURNED: (Status.IN_REVIEW, Status.WITHDRAWN, Status.RESET, Status.DENIED),
            Status.PASSED: (Status.DENIED,),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    educator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attempts")
    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.PROTECT, related_name="attempts"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attempts")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="attempts")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.IN_PROGRESS)
    was_member = models.BooleanField()
    charge = models.OneToOneField(
        Charge, on_delete=models.PROTECT, null=True, related_name="attempt"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(null=True)  # days before, of the last reminder
    closed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    done: int  # from with_progress
    is_preparing: bool  # from with_preparing

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["educator", "micro_certification"],
                condition=Q(
                    status__in=[
                        "fee_due",
                        "in_progress",
                        "in_review",
                        "not_yet",
                        "returned",
                        "passed",
                    ]
                ),
                name="submissions_attempt_one_live",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None, due_on=None, due_at=None)
                | Q(started_at__isnull=False, due_on__isnull=False, due_at__isnull=False),
                name="submissions_attempt_clock_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["fee_due", "withdrawn"]) | Q(started_at__isnull=False),
                name="submissions_attempt_clock_runs",
            ),
        )
        indexes = (models.Index(fields=["status", "due_at"]),)

    def __str__(self) -> str:
        return f"{self.micro_certification}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("attempt", args=[self.public_id])

    @property
    def is_editable(self) -> bool:
        """Whether its work may be changed now: by status and by the clock."""
        on_time = self.due_at is not None and timezone.now() <= self.due_at
        return self.status in self.EDITABLE and on_time

    @property
    def today(self) -> date:
        """Today in the association's zone."""
        return self.association.today()


class Progress(models.Model):
    """How far one part of an attempt is: a row of the requirements page (FACTS 4.64-4.69).

    ``saves`` counts every stored change, so that a stale tab is noticed and nothing overwritten.
    """

    class Status(models.TextChoices):
        """Where a part stands."""

        NOT_STARTED = "not_started", _("Not Started")
        IN_PROGRESS = "in_progress", _("In Progress")
        COMPLETED = "completed", _("Completed")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="progress")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    date_of_entry = models.DateField(null=True, blank=True)
    activity_description = models.CharField(max_length=300, blank=True)
    option = models.CharField(max_length=1, blank=True)
    saves = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("part__number",)
        verbose_name_plural = _("progress")
        constraints = (
            models.UniqueConstraint(fields=["attempt", "part"], name="submissions_progress_once"),
            models.CheckConstraint(
                condition=Q(status="completed", completed_at__isnull=False)
                | (~Q(status="completed") & Q(completed_at=None)),
                name="submissions_progress_completed_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part}: {self.get_status_display()}"

    @property
    def units_earned(self) -> int:
        """1 once completed, else 0 (FACTS 4.66)."""
        return int(self.status == self.Status.COMPLETED)


class Response(models.Model):
    """What was written for one question."""

    progress = models.ForeignKey(Progress, on_delete=models.CASCADE, related_name="responses")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("question__position",)
        constraints = (
            models.UniqueConstraint(
                fields=["progress", "question"], name="submissions_response_once"
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Consent(models.Model):
    """That the agreement was accepted: which version of its text, and when."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["attempt", "version"], name="submissions_consent_once"),
        )

    def __str__(self) -> str:
        return self.version


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence by owner and standing."""

    def owned_by(self, user: Any) -> Self:
        """An educator's own."""
        return self.filter(attempt__educator=user)

    def to_clean(self) -> Self:
        """Files that wait for the cleaner: the queue itself."""
        return self.filter(status__in=[Evidence.Status.RECEIVED, Evidence.Status.CLEANING])

    def kept(self) -> Self:
        """What was not taken away again."""
        return self.exclude(status=Evidence.Status.REMOVED)

    def counting(self) -> Self:
        """What satisfies a requirement: links, and files that are clean."""
        return self.filter(status=Evidence.Status.CLEAN)

    def vault_keys(self) -> Iterable[str]:
        """The keys of originals that must lie in the store: a refused original is deleted."""
        rows = self.exclude(vault_key="").exclude(status=Evidence.Status.REFUSED)
        return rows.values_list("vault_key", flat=True)

    def clean_keys(self) -> Iterable[str]:
        """The keys of cleaned copies that must lie in the store."""
        return self.exclude(clean_key="").values_list("clean_key", flat=True)


class Evidence(models.Model):
    """A file or link handed in for an artifact requirement; its row is never changed into another.

    The original lies in the vault under a random name; reviewers only ever get the clean copy.
    """

    class Kind(models.TextChoices):
        """How it was handed in."""

        FILE = "file", _("File")
        LINK = "link", _("Link")

    class Status(models.TextChoices):
        """Where it stands."""

        RECEIVED = "received", _("Received")
        CLEANING = "cleaning", _("Being prepared")
        CLEAN = "clean", _("Ready")
        REFUSED = "refused", _("Not accepted")
        HELD = "held", _("Held for a look by staff")
        REMOVED = "removed", _("Removed")

    lifecycle = Lifecycle(
        {
            Status.RECEIVED: (Status.CLEANING, Status.REMOVED),
            Status.CLEANING: (Status.CLEAN, Status.REFUSED, Status.HELD, Status.REMOVED),
            Status.CLEAN: (Status.REMOVED,),
            Status.REFUSED: (Status.REMOVED,),
            Status.HELD: (Status.CLEANING, Status.REFUSED, Status.REMOVED),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="evidence")
    requirement = models.ForeignKey(ArtifactRequirement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RECEIVED)
    url = models.URLField(max_length=500, blank=True)
    given_name = models.CharField(max_length=300, blank=True)  # shown to its owner only
    vault_key = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    clean_key = models.CharField(max_length=80, blank=True)
    clean_sha256 = models.CharField(max_length=64, blank=True)
    clean_size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=120, blank=True)  # of the clean copy
    extension = models.CharField(max_length=8, blank=True)  # of the clean copy
    report = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    date_of_entry = models.DateField(null=True, blank=True)
    activity_description = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)  # by the cleaner that is at it now
    cleaned_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "pk")
        verbose_name_plural = _("evidence")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="link", vault_key="") | Q(kind="file", url=""),
                name="submissions_evidence_file_or_link",
            ),
            models.CheckConstraint(
                condition=~Q(status="clean", kind="file") | ~Q(clean_key=""),
                name="submissions_evidence_clean_has_copy",
            ),
        )
        indexes = (
            models.Index(
                fields=["received_at"],
                condition=Q(status__in=["received", "cleaning"]),
                name="submissions_evidence_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.given_name or self.url


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Rounds by standing."""

    def undecided(self) -> Self:
        """Those that wait for a decision."""
        return self.exclude(status__in=[Submission.Status.DECIDED, Submission.Status.RETURNED])


class Submission(models.Model):
    """One frozen round of an attempt: its own copies of the texts, the evidence it points at."""

    class Status(models.TextChoices):
        """Where a round stands."""

        WAITING = "waiting", _("Waiting for reviewers")
        SCORING = "scoring", _("Being scored")
        ADJUDICATION = "adjudication", _("With a third reviewer")
        DECIDED = "decided", _("Decided")
        RETURNED = "returned", _("Returned as incomplete")

    class Outcome(models.TextChoices):
        """The decision of a round."""

        PASS = "pass", _("Pass")
        NOT_YET = "not_yet", _("Not yet")

    lifecycle = Lifecycle(
        {
            Status.WAITING: (Status.SCORING, Status.RETURNED),
            Status.SCORING: (
                Status.WAITING,
                Status.ADJUDICATION,
                Status.DECIDED,
                Status.RETURNED,
            ),
            Status.ADJUDICATION: (Status.DECIDED, Status.RETURNED),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    note = models.TextField(_("what I changed"), blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    result_due_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="submissions", blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(
                fields=["attempt", "round"], name="submissions_submission_round"
            ),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(status__in=["waiting", "scoring", "adjudication"]),
                name="submissions_submission_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status="decided", decided_at__isnull=False) & ~Q(outcome="")
                | (~Q(status="decided") & Q(outcome="")),
                name="submissions_submission_decided",
            ),
        )

    def __str__(self) -> str:
        return f"Round {self.round}"


class SubmittedPart(models.Model):
    """One scored part of a round: the text as handed in, and whether it passed.

    ``answers`` is [{"question": ..., "answer": ...}]; ``digest`` covers text, files and edition.
    ``is_carried`` says that the same content passed in an earlier round (DESIGN 8.3).
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=list)
    option = models.CharField(max_length=1, blank=True)
    digest = models.CharField(max_length=64)
    is_carried = models.BooleanField(default=False)
    passed = models.BooleanField(null=True)

    class Meta:
        ordering = ("part__number",)
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "part"], name="submissions_submittedpart_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.part)
