"""What people write about themselves holds no character that nobody sees."""

import pytest

from portal.accounts import roster
from portal.accounts.forms import ClaimForm, ProfileForm, SignupForm
from portal.accounts.plain import is_plain
from tests.factories import AssociationFactory

pytestmark = pytest.mark.django_db
UNSEEN = ["Kim\u202eKind", "Kim\x07Kind", "Kim\u200bKind", "Kim\u2066Kind", "Kim\nKind"]
WORDS = "There are invisible characters in this text: please type it anew, don’t paste it."


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize("field", ["name", "nicknames", "school", "district", "local"])
def test_a_profile_takes_no_unseen_character(text, field):
    form = ProfileForm({field: text})

    assert form.errors[field] == [WORDS]


@pytest.mark.parametrize("field", ["name", "member_number", "school", "district"])
def test_sign_up_takes_no_unseen_character(field):
    form = SignupForm({field: UNSEEN[0]})

    assert form.errors[field] == [WORDS]


def test_a_member_number_has_no_unseen_character():
    form = ClaimForm({"association": AssociationFactory().pk, "number": "10\u202e42"})

    assert form.errors == {"number": [WORDS]}


@pytest.mark.parametrize("name", ["José Núñez-O’Brien", "王小明", "محمد علي", "Zoë 🎓"])
def test_every_name_people_can_read_is_plain(name):
    assert is_plain(name)


@pytest.mark.parametrize("number", ["=1+1", "+1", "@x", "-1", "10\u202e42"])
def test_a_roster_takes_no_formula_and_no_unseen_character(number):
    faults = roster.faults_in([(2, "kim@school.org", number)])

    assert list(faults) == ["Line 2: please write the member number in digits and letters only."]


def test_a_roster_with_two_numbers_for_one_address_is_refused():
    rows = [(2, "kim@school.org", "1"), (3, "lee@school.org", "2"), (4, "kim@school.org", "3")]

    assert list(roster.faults_in(rows)) == [
        "Line 4: “kim@school.org” has another number in line 2."
    ]


def test_a_line_that_says_the_same_twice_is_no_fault():
    rows = [(2, "kim@school.org", "1"), (3, "kim@school.org", "1")]

    assert list(roster.faults_in(rows)) == []
