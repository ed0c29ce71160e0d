"""Open Badges 2.0 as rows: issuers, badge classes, assertions (FACTS 4.99-4.114)."""

import re
import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import MicroCertification, Stack
from portal.accounts.models import Association, User
from portal.lifecycle import Lifecycle
from submissions.models import Attempt

PUBLIC_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

IN_DOCUMENT = (
    *("public_id", "identity", "salt", "issued_on", "status", "revocation_reason"),
    *("badge_class__public_id", "badge_class__name"),
)


class DrawnQuerySet(models.QuerySet[Any]):
    """Rows with pictures drawn by the portal."""

    def undrawn(self) -> Self:
        """Those whose picture is still to be drawn: the queue itself."""
        return self.filter(image_key="")


class Issuer(models.Model):
    """Who issues a badge: the organization that stands behind it."""

    slug = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    url = models.URLField()
    email = models.EmailField()
    description = models.TextField()
    image_key = models.CharField(max_length=80, blank=True)

    objects = DrawnQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("issuer", args=[self.slug])


class BadgeClass(models.Model):
    """What a badge stands for: one micro-certification whatever its edition, or a finished stack.

    ``version`` counts the wordings: it goes up when the name, description or criteria change.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="badge_classes")
    micro_certification = models.OneToOneField(
        MicroCertification, on_delete=models.PROTECT, null=True, related_name="badge_class"
    )
    stack = models.OneToOneField(
        Stack, on_delete=models.PROTECT, null=True, related_name="badge_class"
    )
    name = models.CharField(max_length=200)
    description = models.TextField()
    criteria = models.TextField()  # Markdown
    tags = models.JSONField(default=list, blank=True)
    alignments = models.JSONField(default=list, blank=True)  # [{"framework", "name", "url"}]
    version = models.PositiveSmallIntegerField(default=1)
    image_key = models.CharField(max_length=80, blank=True)
    preview_key = models.CharField(max_length=80, blank=True)  # the wide one

    objects = DrawnQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = _("badge classes")
        constraints = (
            models.CheckConstraint(
                condition=Q(micro_certification=None, stack__isnull=False)
                | Q(micro_certification__isnull=False, stack=None),
                name="badges_badgeclass_one_subject",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("badge-class", args=[self.public_id])

    @property
    def subject(self) -> MicroCertification | Stack:
        """The micro-certification or stack that earns it."""
        found = self.micro_certification or self.stack
        if found is None:
            raise ValueError(self.public_id)
        return found

    @property
    def motif(self) -> str:
        """The slug of the stack whose colors and emblem it wears."""
        if self.stack is not None:
            return self.stack.slug
        stack = self.subject.stacks.order_by("position", "title").first()  # type: ignore[union-attr] # no stack: a micro-certification
        return stack.slug if stack else ""


class NameReason(models.TextChoices):
    """Why the name on papers is corrected; the journal keeps it: it holds nothing of a person."""

    MISSPELLED = "misspelled", _("The name was misspelled")
    CHANGED = "changed", _("The person’s name has changed")
    SHORT = "short", _("The name was not the full one")


class AssertionQuerySet(models.QuerySet["Assertion"]):
    """Assertions by holder and standing."""

    def owned_by(self, user: Any) -> Self:
        """One person's own: the permission to arrange, print and take home."""
        return self.filter(recipient=user)

    def in_care_of(self, staff: User) -> Self:
        """Those of people in the associations this person works for.

        Joining the staff here would find a badge once for each of its association's staff.
        """
        theirs = Association.objects.staffed_by(staff).values("pk")
        return self.filter(
            Q(attempt__association__in=theirs) | Q(attempt=None, recipient__association__in=theirs)
        )

    def issued(self) -> Self:
        """Those that hold good."""
        return self.filter(status=Assertion.Status.ISSUED)

    def revoked(self) -> Self:
        """Those that were taken back."""
        return self.filter(status=Assertion.Status.REVOKED)

    def shown(self) -> Self:
        """Those that stand in a public showcase."""
        return self.issued().filter(is_shown=True)

    def unbaked(self) -> Self:
        """Those without a baked picture for the portal's present address: the queue itself."""
        return self.issued().exclude(baked_for=settings.PUBLIC_BASE_URL)

    def matching(self, text: str) -> Self:
        """Those of one e-mail address, or the one whose address or id this is."""
        text = text.strip()
        if "@" in text:
            return self.filter(recipient__email__iexact=text)
        if found := PUBLIC_ID.search(text):
            return self.filter(public_id=found.group())
        return self.none() if text else self

    def with_class(self) -> Self:
        """With all that a hosted document or a list names, in one query."""
        return self.select_related("badge_class__issuer")

    def with_document(self) -> Self:
        """With what its hosted document says and no more: machines ask for it most of all."""
        return self.select_related("badge_class").only(*IN_DOCUMENT)


class Assertion(models.Model):
    """That one person earned one badge (FACTS 2.4); at most one for each person and badge.

    The recipient is told only as the hash of the lower-cased e-mail address with a salt of its
    own. ``issued_on`` tells the day, not the time (SAFETY 2.45). The address is a random id of
    this badge alone: nothing leads from it to the attempt (SAFETY 2.6).
    """

    class Status(models.TextChoices):
        """Where a badge stands."""

        ISSUED = "issued", _("Issued")
        REVOKED = "revoked", _("Revoked")

    lifecycle = Lifecycle({Status.ISSUED: (Status.REVOKED,)})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    badge_class = models.ForeignKey(BadgeClass, on_delete=models.PROTECT, related_name="assertions")
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assertions")
    recipient_name = models.CharField(max_length=120, blank=True)  # as it was when issued
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, null=True, related_name="assertions"
    )
    identity = models.CharField(max_length=80)  # sha256$ and 64 hexadecimal digits
    salt = models.CharField(max_length=32)
    issued_on = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ISSUED)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=300, blank=True)
    image_key = models.CharField(max_length=80, blank=True)
    baked_for = models.CharField(max_length=200, blank=True)  # the public address inside
    is_shown = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)  # new ones come first
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssertionQuerySet.as_manager()

    class Meta:
        ordering = ("position", "-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["recipient", "badge_class"], name="badges_assertion_one_each"
            ),
            models.CheckConstraint(
                condition=Q(status="issued", revoked_at=None, revocation_reason="")
                | (Q(status="revoked", revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="badges_assertion_revoked_whole",
            ),
        )
        indexes = (models.Index(fields=["status", "baked_for"]),)

    def __str__(self) -> str:
        return f"{self.badge_class}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("badge", args=[self.public_id])

    @property
    def url(self) -> str:
        """Its address in the world, which is its id (never built from a request)."""
        return f"{settings.PUBLIC_BASE_URL}{self.get_absolute_url()}"

    @property
    def day(self) -> date:
        """The day it was issued, where the association is."""
        return self.issued_on.date()

    @property
    def is_revoked(self) -> bool:
        """Whether it holds no more."""
        return self.status == self.Status.REVOKED

    @property
    def public_name(self) -> str:
        """Whose it is, where the holder shows the name; else nothing."""
        return self.recipient.name if self.recipient.name_is_public else ""
