"""Memberships at every standing."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.accounts.models import Membership
from tests.factories import AssociationFactory, UserFactory


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    association = factory.SubFactory(AssociationFactory)
    status = Membership.Status.CLAIMED
    number = factory.Sequence(lambda n: f"10{n:04}")
    settled_at = factory.LazyAttribute(
        lambda m: None if m.status == Membership.Status.CLAIMED else timezone.now()
    )
