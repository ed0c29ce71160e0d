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
from submissions.models import Submission


class Reviewer(models.Model):
    """A practising educator who scores: how much at once, in which subjects, and when away."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="reviewer")
    is_active = models.BooleanField(default=True)
    capacity = models.PositiveSmallIntegerField(default=5)
    away_until = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    stacks = models.ManyToManyField(Stack, related_name="reviewers", blank=True)

    def __str__(self) -> str:
        return str(self.user)


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
        """Those this reviewer holds or has handed in: the permission to see a seat."""
        return self.filter(reviewer__user=user, status__in=[*Review.OPEN, Review.Status.SUBMITTED])

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
    submitted_at = models.DateTimeField(null=True)

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
        )

    def __str__(self) -> str:
        return f"seat {self.seat}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.public_id])


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
