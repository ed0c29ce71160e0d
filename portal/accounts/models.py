"""Users, associations, memberships."""

import re
import secrets
import uuid
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.encrypted import EncryptedTextField
from portal.lifecycle import Lifecycle

TEXT_CODE = re.compile(r"(\w+ to )?\d{5,6}")  # "micro to 48744": nobody can call a short code


class AssociationQuerySet(models.QuerySet["Association"]):
    """Associations by what they are to someone."""

    def staffed_by(self, user: Any) -> Self:
        """The associations this person works for."""
        return self.filter(staff=user)


class Association(models.Model):
    """An association of educators that shares the portal: its front page, zone and contact."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=40)
    headline = models.CharField(max_length=120)
    welcome = models.TextField()
    support_email = models.EmailField()
    support_phone = models.CharField(max_length=30, blank=True)
    application_fee_cents = models.PositiveIntegerField(default=7500)  # FACTS 4.47
    lets_bring_back = models.BooleanField(
        _("a new attempt may bring back unchanged work of a reset one"), default=False
    )  # FACTS 4.58 has everything handed in again, so it is off by default
    word_for_it = models.CharField(max_length=40, default="micro-certification")
    staff: "models.ManyToManyField[User, Any]" = models.ManyToManyField(
        "User", related_name="associations_staffed", blank=True
    )

    objects = AssociationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("association", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this association's days begin and end."""
        return ZoneInfo(self.time_zone)

    @property
    def how_to_call(self) -> str:
        """What to do with the support number: "call 555-0100", "text micro to 48744", or nothing.

        A short code takes text messages only, some after a word (FACTS, HelpQuestion).
        """
        if not self.support_phone:
            return ""
        texts = TEXT_CODE.fullmatch(self.support_phone)
        sentence = gettext("text %(number)s") if texts else gettext("call %(number)s")
        return sentence % {"number": self.support_phone}

    def today(self) -> date:
        """Today, where the association is."""
        return timezone.localdate(timezone=self.zone)

    def end_of(self, day: date) -> datetime:
        """The last instant of a local day: the first of the next, less a microsecond."""
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), self.zone)
        return midnight.astimezone(ZoneInfo("UTC")) - timedelta(microseconds=1)


def random_handle() -> str:
    """A showcase address that says nothing of its owner."""
    return secrets.token_urlsafe(9).replace("-", "x").replace("_", "y").lower()


class UserManager(BaseUserManager["User"]):
    """Makes users, whose login is an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a lower-cased address."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        """A user who may use the back office at ``/admin/``."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: educator always; reviewer, author or staff by other rows.

    The e-mail address is the login; more verified addresses are allauth's rows. ``school`` and
    ``district`` keep reviewers away from neighbors and are never shown to them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handle = models.SlugField(unique=True, default=random_handle, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("full name"), max_length=120)
    nicknames = models.CharField(_("other names I go by"), max_length=120, blank=True)
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, null=True, related_name="people"
    )
    school = models.CharField(_("school or work site"), max_length=120, blank=True)
    district = models.CharField(_("district"), max_length=120, blank=True)
    local = models.CharField(_("local association"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    date_of_birth = EncryptedTextField(_("date of birth"), blank=True)
    ppid = EncryptedTextField(_("Professional Personnel ID"), blank=True)
    university_id = EncryptedTextField(_("Chico State Portal ID"), blank=True)
    name_is_public = models.BooleanField(_("show my name on my badges"), default=False)
    is_staff = models.BooleanField(_("may use the back office"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What papers call this person."""
        return self.name

    def get_short_name(self) -> str:
        """What pages call this person."""
        return self.name.split(" ")[0] if self.name else self.email

    @cached_property
    def is_association_staff(self) -> bool:
        """Whether this person works for any association."""
        return Association.objects.staffed_by(self).exists()

    def works_for(self, association: Association) -> bool:
        """Whether this person is on the association's staff."""
        return Association.objects.staffed_by(self).filter(pk=association.pk).exists()

    def is_neighbor_of(self, other: "User") -> bool:
        """Whether both name the same school or the same district (FACTS 6.2, SAFETY T23)."""
        return any(
            mine and mine.strip().casefold() == theirs.strip().casefold()
            for mine, theirs in ((self.school, other.school), (self.district, other.district))
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by standing."""

    def active(self) -> Self:
        """Those that count."""
        return self.filter(status=Membership.Status.ACTIVE)

    def claimed(self) -> Self:
        """Those that staff still have to confirm."""
        return self.filter(status=Membership.Status.CLAIMED)

    def in_care_of(self, staff: User) -> Self:
        """Those of the associations this person works for."""
        return self.filter(association__staff=staff)

    def of_verified_people(self) -> Self:
        """Those of people who have shown that their e-mail address is theirs."""
        return self.filter(user__emailaddress__verified=True).distinct()

    def for_list(self) -> Self:
        """With the person and the association, those who wait longest first."""
        return self.select_related("user", "association").order_by("claimed_at", "pk")


class Membership(models.Model):
    """That a person says, and staff confirm, that they belong to an association."""

    class Status(models.TextChoices):
        """Where a membership stands."""

        CLAIMED = "claimed", _("Waiting for confirmation")
        ACTIVE = "active", _("Active")
        LAPSED = "lapsed", _("Lapsed")
        REFUSED = "refused", _("Not found")

    lifecycle = Lifecycle(
        {
            Status.CLAIMED: (Status.ACTIVE, Status.REFUSED),
            Status.ACTIVE: (Status.LAPSED,),
            Status.LAPSED: (Status.CLAIMED, Status.ACTIVE),
            Status.REFUSED: (Status.CLAIMED, Status.ACTIVE),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="memberships"
    )
    number = models.CharField(_("member number"), max_length=40)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CLAIMED)
    claimed_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "association"], name="accounts_membership_one_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} in {self.association}: {self.get_status_display()}"
