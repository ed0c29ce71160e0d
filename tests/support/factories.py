"""Questions, sessions and library rows, made by the real actions where there are any."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.support import actions
from portal.support.models import FrequentQuestion, InformationSession, Resource
from tests.factories import AssociationFactory, StaffFactory, UserFactory


class FrequentQuestionFactory(DjangoModelFactory):
    class Meta:
        model = FrequentQuestion

    slug = factory.Sequence(lambda n: f"question-{n}")
    position = factory.Sequence(lambda n: n + 1)
    topic = "Getting started"
    question = factory.Sequence(lambda n: f"Question number {n}?")
    answer = "An answer with **weight**."


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    slug = factory.Sequence(lambda n: f"resource-{n}")
    position = factory.Sequence(lambda n: n + 1)
    kind = Resource.Kind.FACT_SHEET
    title = factory.Sequence(lambda n: f"Resource number {n}")
    description = "What it tells."
    sections = [{"title": "First things", "text": "Begin *here*."}]


class InformationSessionFactory(DjangoModelFactory):
    class Meta:
        model = InformationSession

    association = factory.SubFactory(AssociationFactory)
    title = factory.Sequence(lambda n: f"Session number {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(minutes=90))
    link = "https://meet.example.org/secret-room"


def asked(asker=None, text="How do I begin?", page="/stacks/"):
    """A question of someone signed in, in the care of their association."""
    asker = asker or UserFactory()
    return actions.ask(text, actions.Asker(asker), page, asker.association)


def asked_by_visitor(text="What does it cost?", email="vic@home.example", association=None):
    """A question of a visitor."""
    return actions.ask(text, actions.Asker(None, "Vic Visitor", email), "/", association)


def answered(asker=None, text="How do I begin?"):
    """A question that staff have answered."""
    question = asked(asker, text)
    actions.answer(question, "Press Start.", by=StaffFactory())
    return question
