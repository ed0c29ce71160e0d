"""What an association, a user and a membership know of themselves."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from portal.accounts import actions
from portal.accounts.models import Membership, User
from portal.refusal import Refused
from tests.accounts.factories import MembershipFactory
from tests.factories import AssociationFactory, MemberFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_day_ends_where_the_association_is():
    association = AssociationFactory()

    end = association.end_of(date(2021, 12, 1))

    assert end == datetime(2021, 12, 2, 7, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/Los_Angeles", date(2026, 3, 1)), ("Asia/Tokyo", date(2026, 3, 2))],
)
def test_today_is_the_day_on_the_associations_wall(zone, day):
    association = AssociationFactory(time_zone=zone)

    with time_machine.travel(datetime(2026, 3, 2, 2, 0, tzinfo=UTC)):
        assert association.today() == day


def test_two_accounts_never_share_an_address_in_any_case():
    UserFactory(email="kim@school.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Kim@school.example", verified=False)


def test_an_account_made_by_hand_has_a_lower_cased_address_and_a_password():
    user = User.objects.create_user("KIM@School.example", "secret words", name="Kim Kind")

    assert (user.email, user.check_password("secret words")) == ("kim@school.example", True)


def test_a_superuser_may_use_the_back_office():
    user = User.objects.create_superuser("root@school.example", "secret words", name="Root")

    assert (user.is_staff, user.is_superuser) == (True, True)


@pytest.mark.parametrize(("name", "short"), [("Kim Kind", "Kim"), ("", "kim@school.example")])
def test_pages_call_a_person_by_first_name(name, short):
    user = User(name=name, email="kim@school.example")

    assert (user.get_short_name(), user.get_full_name()) == (short, name)
    assert str(user) == (name or "kim@school.example")


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (("Lincoln", ""), (" lincoln ", ""), True),
        (("", "Lake"), ("Other", "LAKE"), True),
        (("Lincoln", "Lake"), ("Other", "River"), False),
        (("", ""), ("", ""), False),
    ],
)
def test_neighbors_share_a_school_or_a_district(mine, theirs, expected):
    people = [User(school=school, district=district) for school, district in (mine, theirs)]

    assert people[0].is_neighbor_of(people[1]) is expected


def test_staff_work_for_their_own_association():
    staff, other = StaffFactory(), AssociationFactory(slug="psea")

    assert staff.works_for(staff.association) is True
    assert staff.works_for(other) is False
    assert UserFactory().is_association_staff is False


@pytest.mark.parametrize("status", Membership.Status.values)
def test_a_persons_standing_is_that_of_the_membership(status):
    membership = MembershipFactory(status=status)

    assert actions.standing_of(membership.user, membership.association) == status


def test_membership_of_one_association_is_not_membership_of_another():
    member = MemberFactory()

    assert actions.standing_of(member, AssociationFactory(slug="psea")) == ""


def test_a_roster_without_addresses_is_refused(staff):
    with pytest.raises(Refused):
        actions.import_roster(staff.association, [("nobody", "1")], by=staff)


def test_rows_say_what_they_are():
    membership = MembershipFactory(user__name="Kim Kind")

    assert str(membership) == "Kim Kind in CTA: Waiting for confirmation"
    assert membership.association.get_absolute_url() == "/cta/"


@pytest.mark.parametrize("model", ["association", "user", "membership"])
def test_the_back_office_lists_people_and_never_their_secrets(client, staff, model):
    User.objects.filter(pk=staff.pk).update(
        is_staff=True, is_superuser=True, date_of_birth="1971-07-19"
    )
    MembershipFactory(user=staff)
    client.force_login(staff)

    listed = client.get(f"/admin/accounts/{model}/")
    shown = client.get(f"/admin/accounts/user/{staff.pk}/change/")

    assert (listed.status_code, shown.status_code) == (200, 200)
    assert b"1971-07-19" not in shown.content
