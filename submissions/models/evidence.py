"""Evidence: files and links handed in for artifact requirements."""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ArtifactRequirement
from portal.lifecycle import Lifecycle
from submissions.models.attempts import Attempt


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
        return self.exclude(status__in=[Evidence.Status.REMOVED, Evidence.Status.DELETED])

    def held(self) -> Self:
        """Files that staff have to look at."""
        return self.filter(status=Evidence.Status.HELD)

    def in_care_of(self, staff: Any) -> Self:
        """Those of the associations someone works for, never one's own (SAFETY T17)."""
        mine = self.filter(attempt__association__staff=staff)
        return mine.exclude(attempt__educator=staff)

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
        DELETED = "deleted", _("Deleted after its time")

    lifecycle = Lifecycle(
        {
            Status.RECEIVED: (Status.CLEANING, Status.REMOVED, Status.DELETED),
            Status.CLEANING: (Status.CLEAN, Status.REFUSED, Status.HELD, Status.REMOVED),
            Status.CLEAN: (Status.REMOVED, Status.DELETED),
            Status.REFUSED: (Status.REMOVED, Status.DELETED),
            Status.HELD: (Status.CLEANING, Status.REFUSED, Status.REMOVED, Status.DELETED),
            Status.REMOVED: (Status.RECEIVED, Status.CLEAN, Status.DELETED),
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
    shows_people = models.BooleanField(default=False)
    releases_confirmed_at = models.DateTimeField(null=True)  # for the people who can be seen
    received_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)  # by the cleaner that is at it now
    cleaned_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                condition=Q(shows_people=False) | Q(releases_confirmed_at__isnull=False),
                name="submissions_evidence_people_released",
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


class EvidenceText(models.Model):
    """The words inside a cleaned file, for the identity check; deleted with the file."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return f"text of {self.evidence_id}"
