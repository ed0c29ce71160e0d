"""What people see and change of themselves."""

import pytest
from django.db import connection

from portal.accounts.models import Membership, User
from portal.models import Entry
from tests.accounts.factories import MembershipFactory
from tests.factories import AssociationFactory

pytestmark = pytest.mark.django_db

PROFILE = {
    "name": "Erin E. Educator",
    "school": "Lincoln Elementary",
    "district": "Lake District",
    "local": "Lake Teachers",
    "phone": "555 0100",
}
DETAILS = {"date_of_birth": "1971-07-19", "university_id": "987654321", "ppid": "7654321"}


def raw(user, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_user WHERE id = %s", [user.pk])
        return cursor.fetchone()[0]


def test_a_person_changes_their_profile(signed_in, educator):
    other = AssociationFactory(slug="psea")

    response = signed_in.post("/my/profile/", PROFILE | {"association": other.pk})

    user = User.objects.get(pk=educator.pk)
    assert (response.status_code, response.url) == (302, "/my/profile/")
    assert {name: getattr(user, name) for name in PROFILE} == PROFILE
    assert (user.association, user.name_is_public) == (other, False)


def test_the_journal_names_the_fields_and_no_value(signed_in, educator):
    signed_in.post("/my/profile/", DETAILS)

    entry = Entry.objects.get(event="profile changed")
    assert (entry.by, entry.subject_id) == (str(educator.public_id), str(educator.public_id))
    assert entry.facts == {"fields": ["date_of_birth", "ppid", "university_id"]}


def test_details_for_credit_are_ciphertext_in_the_database(signed_in, educator):
    signed_in.post("/my/profile/", DETAILS)

    user = User.objects.get(pk=educator.pk)
    assert {name: getattr(user, name) for name in DETAILS} == DETAILS
    assert [raw(educator, name)[:6] for name in DETAILS] == ["gAAAAA"] * 3


def test_details_for_credit_can_be_taken_away_again(signed_in, educator):
    signed_in.post("/my/profile/", DETAILS)

    signed_in.post("/my/profile/", dict.fromkeys(DETAILS, ""))

    user = User.objects.get(pk=educator.pk)
    assert [getattr(user, name) for name in DETAILS] == ["", "", ""]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("date_of_birth", "1871-07-19", "Please check this date."),
        ("date_of_birth", "2999-01-01", "Please check this date."),
        ("date_of_birth", "yesterday", "Enter a valid date."),
        ("university_id", "12345678", "A Chico State Portal ID has nine digits."),
        ("university_id", "12345678x", "A Chico State Portal ID has nine digits."),
        ("ppid", "12345678", "A Professional Personnel ID has seven digits."),
    ],
)
def test_a_detail_in_the_wrong_shape_is_refused(signed_in, educator, field, value, words):
    response = signed_in.post("/my/profile/", DETAILS | {field: value})

    assert response.context["details"].errors == {field: [words]}
    assert User.objects.get(pk=educator.pk).ppid == ""


def test_hidden_fields_added_to_the_profile_are_ignored(signed_in, educator):
    fields = PROFILE | {"association": educator.association_id}

    signed_in.post("/my/profile/", fields | {"is_staff": "1", "email": "x@y.example"})

    user = User.objects.get(pk=educator.pk)
    assert (user.name, user.is_staff, user.email) == (PROFILE["name"], False, educator.email)


def test_an_invalid_profile_changes_nothing_and_shows_what_was_typed(signed_in, educator):
    response = signed_in.post("/my/profile/", PROFILE | {"name": "", "association": "0"})

    assert sorted(response.context["profile"].errors) == ["association", "name"]
    assert b"Lake District" in response.content
    assert User.objects.get(pk=educator.pk).district == ""


def test_claiming_membership_puts_it_in_the_staffs_queue(signed_in, educator):
    other = AssociationFactory(slug="psea")

    signed_in.post("/my/profile/membership/", {"association": other.pk, "number": "7788"})

    membership = Membership.objects.get(user=educator, association=other)
    assert (membership.number, membership.status) == ("7788", Membership.Status.CLAIMED)


def test_claiming_without_a_number_says_so(signed_in, educator):
    other = AssociationFactory(slug="psea")

    response = signed_in.post("/my/profile/membership/", {"association": other.pk, "number": ""})

    assert response.context["claim"].errors == {"number": ["This field is required."]}
    assert educator.memberships.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [
        (Membership.Status.ACTIVE, Membership.Status.ACTIVE, "old"),
        (Membership.Status.CLAIMED, Membership.Status.CLAIMED, "new"),
        (Membership.Status.REFUSED, Membership.Status.CLAIMED, "new"),
        (Membership.Status.LAPSED, Membership.Status.CLAIMED, "new"),
    ],
)
def test_claiming_again_reopens_only_what_was_closed(client, stranger, before, after, number):
    membership = MembershipFactory(user=stranger, status=before, number="old")
    client.force_login(stranger)

    client.post(
        "/my/profile/membership/", {"association": membership.association_id, "number": "new"}
    )

    membership.refresh_from_db()
    assert (membership.status, membership.number) == (after, number)


def test_a_page_of_ones_own_is_kept_by_no_cache(signed_in):
    response = signed_in.get("/my/profile/")

    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("count", [1, 3])
def test_the_profile_takes_the_same_queries_however_many_memberships(
    signed_in, educator, count, django_assert_num_queries
):
    for number in range(1, count):
        MembershipFactory(user=educator, association=AssociationFactory(slug=f"a{number}"))

    with django_assert_num_queries(8):
        response = signed_in.get("/my/profile/")

    assert response.content.count(b'data-status="') == count
