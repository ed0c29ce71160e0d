"""Uploads: files on their way in chunks, which may be broken off and taken up again."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone

from catalog.models import ArtifactRequirement
from submissions.models.attempts import Attempt
from submissions.models.evidence import Evidence


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads by owner and standing."""

    def owned_by(self, user: Any) -> Self:
        """An educator's own."""
        return self.filter(attempt__educator=user)

    def under_way(self) -> Self:
        """Those whose file is not whole yet."""
        return self.filter(evidence=None)

    def expired(self, now: datetime) -> Self:
        """Those that may be swept: whole or not, their time is over."""
        return self.filter(expires_at__lt=now)


class Upload(models.Model):
    """A file under way in chunks (tus 1.0); once whole it becomes a row of evidence.

    The bytes gather under ``part_key``, in the store or, with S3, in the multipart upload
    ``multipart_id``; how many there are is asked of the store, never kept here, so that no crash
    can make the two differ.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="uploads")
    requirement = models.ForeignKey(ArtifactRequirement, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=300, blank=True)
    declared_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    part_key = models.CharField(max_length=80, unique=True)
    multipart_id = models.CharField(max_length=1024, blank=True)
    date_of_entry = models.DateField(null=True, blank=True)
    activity_description = models.CharField(max_length=300, blank=True)
    shows_people = models.BooleanField(default=False)
    releases_confirmed_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    evidence = models.OneToOneField(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="upload"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("started_at", "pk")
        indexes = (models.Index(fields=["expires_at"]),)

    def __str__(self) -> str:
        return self.given_name
