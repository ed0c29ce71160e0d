"""Charges."""

import factory
from factory.django import DjangoModelFactory

from portal.payments.models import Charge
from tests.factories import AssociationFactory, UserFactory


class ChargeFactory(DjangoModelFactory):
    class Meta:
        model = Charge

    payer = factory.SubFactory(UserFactory)
    association = factory.SubFactory(AssociationFactory)
    purpose = Charge.Purpose.APPLICATION
    description = factory.Sequence(lambda n: f"Giving Feedback {n}")
    amount_cents = 7500
