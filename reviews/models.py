"""Reviewers, their seats in a round, their scores, and whom they may not score."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Criterion, Level, Stack
from portal.accounts.models import User
from portal.lifecycle import Lifecycle
from submissions.models import Evidence, Submission

SEATS = (1, 2)
THIRD_SEAT = 3  # only when the two disagree (DESIGN 8.2)


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    """Reviewers by whether they can take work."""

    def active(self) -> Self:
        """Those who score at all, away or not."""
        return self.filter(is_active=True, user__is_active=True)

    def with_load(self, hidden_from: Any = None) -> Self:
        """Add ``load``: seats still to be scored, without those of one person's own attempts.

        Whoever looks at the totals must not learn from them who scores their own work
        (SAFETY 2.49).
        """
        counted = Q(reviews__status__in=Review.OPEN)
        if hidden_from is not None:
            counted &= ~Q(reviews__submission__attempt__educator=hidden_from)
        return self.annotate(load=models.Count("reviews", filter=counted))


class Reviewer(models.Model):
    """A practising educator who scores: how much at once, in which subjects, and when away."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="reviewer")
    is_active = models.BooleanField(default=True)
    capacity = models.PositiveSmallIntegerField(_("most reviews at a time"), default=5)
    away_until = models.DateField(_("last day away"), null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    stacks = models.ManyToManyField(Stack, related_name="reviewers", blank=True)

    objects = ReviewerQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)


def is_reviewer(user: Any) -> bool:
    """Whether someone scores now; asks no query for a visitor."""
    return bool(user.is_authenticated and Reviewer.objects.active().filter(user=user).exists())


class Conflict(models.Model):
    """That a reviewer must not score an educator's work: declared, or found by recognizing it."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="conflicts")
    educator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reviewer", "educator"], name="reviews_conflict_once"),
        )

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Seats by reviewer and standing."""

    def visible_to(self, user: Any) -> Self:
        """Those this reviewer holds or has handed in: the permission to see a seat.

        A conflict noted later hides it again (SAFETY T23).
        """
        known = Conflict.objects.filter(
            reviewer=models.OuterRef("reviewer"),
            educator=models.OuterRef("submission__attempt__educator"),
        )
        mine = self.seated().filter(reviewer__user=user, reviewer__is_active=True)
        return mine.filter(~models.Exists(known))

    def given_up_by(self, user: Any) -> Self:
        """Those this reviewer held once and does not hold any more."""
        return self.filter(reviewer__user=user).exclude(pk__in=self.visible_to(user))

    def in_care_of(self, staff: Any) -> Self:
        """Those of rounds this person looks after as staff (SAFETY T17, 2.49)."""
        return self.filter(submission__in=rounds_in_care_of(staff))

    def open(self) -> Self:
        """Those still to be scored."""
        return self.filter(status__in=Review.OPEN)

    def seated(self) -> Self:
        """Those that hold their seat: open or handed in."""
        return self.filter(status__in=[*Review.OPEN, Review.Status.SUBMITTED])


class Review(models.Model):
    """One reviewer's scoring of one round: a seat (1, 2; 3 when the two disagree).

    ``public_id`` is the random id of this assignment, the only name a reviewer has for the work.
    """

    class Status(models.TextChoices):
        """Where a review stands."""

        ASSIGNED = "assigned", _("New")
        ACCEPTED = "accepted", _("Accepted")
        SCORING = "scoring", _("Scoring")
        SUBMITTED = "submitted", _("Handed in")
        DECLINED = "declined", _("Declined")
        RECUSED = "recused", _("Stepped aside")
        LAPSED = "lapsed", _("Lapsed")

    OPEN = (Status.ASSIGNED, Status.ACCEPTED, Status.SCORING)
    GIVEN_UP = (Status.DECLINED, Status.RECUSED, Status.LAPSED)

    lifecycle = Lifecycle(
        {
            Status.ASSIGNED: (
                Status.ACCEPTED,
                Status.SCORING,
                Status.DECLINED,
                Status.RECUSED,
                Status.LAPSED,
            ),
            Status.ACCEPTED: (Status.SCORING, Status.DECLINED, Status.RECUSED, Status.LAPSED),
            Status.SCORING: (Status.SUBMITTED, Status.DECLINED, Status.RECUSED, Status.LAPSED),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="reviews")
    seat = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ASSIGNED)
    verdict = models.CharField(max_length=8, choices=Submission.Outcome.choices, blank=True)
    comment = models.TextField(_("overall comment"), blank=True)
    assigned_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # why it was declined or given to someone else

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("public_id",)  # random: says nothing of who came first (SAFETY 2.44)
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "seat"],
                condition=Q(status__in=["assigned", "accepted", "scoring", "submitted"]),
                name="reviews_review_one_in_seat",
            ),
            models.UniqueConstraint(
                fields=["submission", "reviewer"], name="reviews_review_once_each"
            ),
            models.CheckConstraint(
                condition=Q(status="submitted", submitted_at__isnull=False) & ~Q(verdict="")
                | (~Q(status="submitted") & Q(verdict="", submitted_at=None)),
                name="reviews_review_verdict_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(seat__in=[1, 2, 3]), name="reviews_review_two_seats_and_a_third"
            ),
        )
        indexes = (models.Index(fields=["status", "due_on"]),)

    def __str__(self) -> str:
        return f"seat {self.seat}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.public_id])


def has_open_reviews(user: Any) -> bool:
    """Whether a reviewer has something to score now."""
    return Review.objects.visible_to(user).open().exists()


def rounds_in_care_of(staff: Any) -> models.QuerySet[Submission]:
    """Rounds of the associations someone works for.

    Without those that person must stay blind to: their own, and whatever they hold or held a seat
    in.
    """
    seated = Review.objects.filter(submission=models.OuterRef("pk"), reviewer__user=staff)
    return (
        Submission.objects.filter(attempt__association__staff=staff)
        .exclude(attempt__educator=staff)
        .filter(~models.Exists(seated))
    )


class Exhibit(models.Model):
    """One piece of evidence as one reviewer knows it: a random address and a neutral number.

    Made for each seat, so that an address says nothing outside it (SAFETY 2.1-2.5).
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="exhibits")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["review", "evidence"], name="reviews_exhibit_once"),
        )

    def __str__(self) -> str:
        return f"exhibit {self.number}"


class Score(models.Model):
    """The level one reviewer saw for one criterion, and why."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, related_name="+")
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("criterion__part__number", "criterion__position")
        constraints = (
            models.UniqueConstraint(fields=["review", "criterion"], name="reviews_score_once"),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level or '–'}"
