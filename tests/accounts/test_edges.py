"""What people type when they sign up and describe themselves: too much, too little, odd."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.accounts.models import Membership, User
from portal.models import Message
from tests.factories import AssociationFactory, UserFactory

pytestmark = pytest.mark.django_db

PROFILE = "/my/profile/"


def answers(**changes):
    return {
        "email": "kim@school.example",
        "password1": "a long and odd sentence",
        "name": "Kim Kind",
        "association": AssociationFactory().pk,
    } | changes


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "kim"),
        ("email", "kim@"),
        ("email", "kim@school"),
        ("email", "kim@school.example\nbcc: all@school.example"),
        ("email", "k@" + "school." * 40 + "example"),
        ("name", " "),
        ("name", "K\0m"),
        ("name", "x" * 121),
        ("password1", "short"),
        ("password1", "password"),
        ("association", "0"),
        ("association", "cta"),
        ("association", "9" * 30),
        ("member_number", "x" * 41),
        ("school", "x" * 121),
        ("district", "D\0"),
    ],
)
def test_one_wrong_answer_signs_nobody_up(client, field, value):
    response = client.post("/accounts/signup/", answers(**{field: value}))

    assert list(response.context["form"].errors) == [field]
    assert (User.objects.count(), Membership.objects.count(), Message.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "name", ["Zoë Łukasz", "山田 太郎", "O’Neil-Smith, Jr.", "x" * 120, "<b>Kim</b>", "{{ 7*7 }}"]
)
def test_every_name_signs_up_and_is_shown_as_typed(client, name):
    client.post("/accounts/signup/", answers(name=f"  {name}  "))

    user = User.objects.get()
    client.force_login(user)
    page = client.get(PROFILE)
    assert user.name == name
    assert page.context["profile"]["name"].value() == name
    assert "<b>Kim" not in page.text


@pytest.mark.parametrize("known", ["kim@school.example", "KIM@SCHOOL.EXAMPLE"])
def test_a_known_address_in_any_case_makes_no_second_account(client, known):
    UserFactory(email="kim@school.example")

    client.post("/accounts/signup/", answers(email=known))

    assert User.objects.filter(email__iexact=known).count() == 1


def test_a_new_person_is_no_staff_and_no_member_and_shows_no_name(client):
    client.post("/accounts/signup/", answers(is_staff="1", name_is_public="on", is_superuser="1"))

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.name_is_public) == (False, False, False)
    assert (user.is_association_staff, user.memberships.count()) == (False, 0)


def test_showcase_addresses_say_nothing_of_their_owners():
    people = UserFactory.create_batch(40, name="Kim Kind")

    handles = {person.handle for person in people}

    assert len(handles) == 40
    assert [handle for handle in handles if "kim" in handle or not handle.isalnum()] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ppid", "１２３４５６７"),
        ("ppid", "١٢٣٤٥٦٧"),
        ("ppid", "123 4567"),
        ("ppid", "1234567890"),
        ("university_id", "０１２３４５６７８"),
        ("university_id", "12345678"),
        ("university_id", "12345678a"),
        ("university_id", "-12345678"),
        ("date_of_birth", "1899-12-31"),
        ("date_of_birth", "0001-01-01"),
        ("date_of_birth", "31.1.1980"),
        ("date_of_birth", "1980-02-30"),
    ],
)
def test_a_detail_no_office_would_take_is_kept_out(signed_in, educator, field, value):
    details = {"date_of_birth": "", "university_id": "", "ppid": ""}

    response = signed_in.post(PROFILE, details | {field: value})

    educator.refresh_from_db()
    assert list(response.context["details"].errors) == [field]
    assert getattr(educator, field) == ""


@pytest.mark.parametrize(("days", "kept"), [(1, True), (0, False), (-1, False)])
def test_nobody_is_born_today_or_later(signed_in, educator, days, kept):
    with time_machine.travel("2026-11-02T20:00:00Z", tick=False):
        signed_in.force_login(educator)
        day = timezone.localdate() - timedelta(days=days)
        signed_in.post(PROFILE, {"date_of_birth": day.isoformat(), "university_id": "", "ppid": ""})

    educator.refresh_from_db()
    assert educator.date_of_birth == (day.isoformat() if kept else "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "K\0"),
        ("school", "x" * 121),
        ("district", "x" * 121),
        ("local", "x" * 121),
        ("phone", "5" * 31),
        ("association", ""),
        ("association", "999999"),
    ],
)
def test_one_wrong_field_of_the_profile_keeps_the_whole_as_it_was(
    signed_in, educator, field, value
):
    sent = {"name": "Erin New", "association": educator.association.pk, "school": "New School"}

    response = signed_in.post(PROFILE, sent | {field: value})

    educator.refresh_from_db()
    assert list(response.context["profile"].errors) == [field]
    assert (educator.name, educator.school) == ("Erin Educator", "")


def test_one_persons_profile_never_touches_anothers(signed_in, stranger):
    sent = {"name": "Erin New", "association": stranger.association.pk, "id": stranger.pk}

    signed_in.post(PROFILE, sent | {"public_id": str(stranger.public_id), "pk": stranger.pk})

    stranger.refresh_from_db()
    assert stranger.name == "Sam Stranger"


def test_the_profile_shows_nothing_of_anybody_else(signed_in, stranger):
    User.objects.filter(pk=stranger.pk).update(phone="555-0199")

    page = signed_in.get(PROFILE).text

    assert [word for word in ("Sam Stranger", stranger.email, "555-0199") if word in page] == []
