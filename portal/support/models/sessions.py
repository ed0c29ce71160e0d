"""Information sessions, where newcomers meet the people behind the portal (FACTS 4.146)."""

import uuid
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association, User
from portal.support import moments


class InformationSessionQuerySet(models.QuerySet["InformationSession"]):
    """Sessions by time and by whose they are."""

    def upcoming(self) -> Self:
        """Those that are not over, soonest first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def offered_by(self, association: Association | None) -> Self:
        """Those of one association; of all of them when none is named."""
        return self.filter(association=association) if association else self

    def in_care_of(self, staff: User) -> Self:
        """Those of the associations this person works for."""
        return self.filter(association__in=Association.objects.staffed_by(staff).values("pk"))

    def with_taken(self) -> Self:
        """Adds ``taken``: how many have registered."""
        return self.annotate(taken=models.Count("registrations"))


class InformationSession(models.Model):
    """A meeting of one association about micro-certifications; open to whoever registers.

    ``revision`` counts changes of time or place, for calendars (RFC 5545, SEQUENCE).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="information_sessions"
    )
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what it is about"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("address to join online"), blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InformationSessionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="support_session_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=["ends_at"], name="support_session_upcoming"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("session", args=[self.public_id])

    @property
    def when(self) -> str:
        """Day and times on the association's clocks, with the zone's abbreviation."""
        return moments.span(self.starts_at, self.ends_at, self.association.zone)

    @property
    def where(self) -> str:
        """The place, or that it is online."""
        return self.place or str(_("Online"))

    @property
    def places_left(self) -> int | None:
        """How many can still register, of a row ``with_taken``; nothing where all may come."""
        taken: int = getattr(self, "taken", 0)
        return None if self.capacity is None else max(0, self.capacity - taken)

    @property
    def has_begun(self) -> bool:
        """Whether it is too late to register."""
        return self.starts_at <= timezone.now()


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Places taken, by whose they are."""

    def owned_by(self, user: User) -> Self:
        """Those of this person."""
        return self.filter(user=user)


class Registration(models.Model):
    """A place taken in a session by an educator or a visitor; one for each address.

    Its public id is the key of the link in the mail, so that a visitor can give the place back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        InformationSession, on_delete=models.CASCADE, related_name="registrations"
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="session_registrations"
    )
    name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your e-mail address"))
    registered_at = models.DateTimeField(auto_now_add=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("registered_at", "pk")
        constraints = (
            models.UniqueConstraint(
                "session", Lower("email"), name="support_registration_once_per_address"
            ),
            models.UniqueConstraint(
                fields=["session", "user"], name="support_registration_once_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("registration", args=[self.public_id])
