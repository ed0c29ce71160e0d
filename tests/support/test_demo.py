"""The demo's help: made once, however often it is loaded."""

import pytest

from portal.demo import Demo
from portal.support import demo
from portal.support.models import InformationSession, Question
from tests.factories import AssociationFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_demo_plans_two_sessions_for_each_association_with_staff():
    StaffFactory(association=AssociationFactory(slug="cta"))
    StaffFactory(association=AssociationFactory(slug="psea"))

    for _load in range(2):
        demo.show_help(Demo())

    sessions = InformationSession.objects.upcoming().values_list("association__slug", flat=True)
    assert sorted(sessions) == ["cta", "cta", "psea", "psea"]


def test_the_demo_asks_a_question_that_is_answered_and_one_that_waits():
    StaffFactory()
    under_way = Demo(people={"educator": UserFactory()})

    for _load in range(2):
        demo.show_help(under_way)

    standings = Question.objects.order_by("pk").values_list("status", flat=True)
    assert list(standings) == ["answered", "open"]


def test_the_demo_tells_the_address_of_a_session():
    StaffFactory()
    under_way = Demo()

    demo.show_help(under_way)

    session = InformationSession.objects.upcoming().first()
    assert under_way.urls["session"].endswith(session.get_absolute_url())


def test_without_staff_the_demo_asks_and_nobody_answers():
    under_way = Demo(people={"educator": UserFactory(association=None)})

    demo.show_help(under_way)

    assert list(Question.objects.values_list("status", flat=True)) == ["open", "open"]
