"""What the demo shows of credit."""

import pytest

from credits import demo
from credits.models import HoursEntry, UnitApplication
from portal.demo import Demo
from portal.duties import registry
from submissions.models import Attempt
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    TermFactory,
    psea_member,
)
from tests.factories import EditionFactory, MemberFactory, decided_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shown():
    EditionFactory(micro_certification__slug=demo.SLUG)
    Act48Factory(), Chapter14Factory(), TermFactory(program=ChicoFactory())
    shown = Demo()
    shown.add_account("educator", MemberFactory())
    shown.add_account("educator, PSEA", psea_member())
    return shown


def load(shown, *, earned=True):
    if earned:
        decided_round(educator=shown.people["educator"])
    demo.show_credit(shown)


def test_the_earned_badge_becomes_an_application_ready_to_verify(shown):
    load(shown)

    application = UnitApplication.objects.get()
    assert (application.status, application.units) == ("submitted", 1)
    assert [item.hours for item in application.items.all()] == [15]
    assert application.educator == shown.people["educator"]


def test_the_educator_of_pennsylvania_has_fifteen_hours_due_in_thirty_days(shown):
    load(shown)

    line = HoursEntry.objects.get(program__code="act-48")
    assert (line.educator, line.status, line.hours) == (
        shown.people["educator, PSEA"],
        "pending",
        15,
    )
    assert line.days_left(line.confirmed_on) == 30


def test_without_earned_hours_nothing_is_applied_for(shown):
    load(shown, earned=False)

    assert UnitApplication.objects.count() == 0
    assert "application for units" not in shown.urls


def test_loading_the_demo_again_makes_nothing_new(shown):
    load(shown)
    urls = dict(shown.urls)

    demo.show_credit(shown)

    assert (UnitApplication.objects.count(), Attempt.objects.count()) == (1, 2)
    assert HoursEntry.objects.filter(educator=shown.people["educator, PSEA"]).count() == 2
    assert shown.urls == urls


def test_every_address_of_the_demo_opens_for_the_people_it_is_for(shown, client, staff):
    load(shown)
    staff.associations_staffed.add(shown.people["educator, PSEA"].association)
    owners = {"my credits": "educator", "application for units": "educator"}
    owners["attempt, in review, PSEA"] = "educator, PSEA"
    answers = {}

    for name, address in shown.urls.items():
        client.force_login(shown.people[owners[name]] if name in owners else staff)
        answers[name] = client.get(address).status_code

    assert answers == dict.fromkeys(
        [
            "my credits",
            "hours to release",
            "application for units",
            "application to verify",
            "attempt, in review, PSEA",
            "hours of Act 48",
        ],
        200,
    )


def test_credit_is_shown_after_the_reviews_have_passed_a_round():
    orders = {step.name: step.order for step in registry.demo}

    assert orders["credits"] == 60
    assert sorted(orders, key=orders.get).index("scores") < sorted(orders, key=orders.get).index(
        "credits"
    )
