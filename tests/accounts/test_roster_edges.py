"""Rosters as associations really send them: every spreadsheet, every mistake."""

from operator import itemgetter

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.accounts import actions, roster
from portal.accounts.models import Membership
from portal.models import Message
from tests.accounts.factories import MembershipFactory
from tests.factories import AssociationFactory, StaffFactory, UserFactory

KIM = ("kim@school.example", "104211")
NO_CSV = "This is no CSV file: in the spreadsheet, save it as “CSV UTF-8”, and choose that."
COLUMNS = "The first line must name the columns “email” and “member number”. Nothing was changed."
OPEN_QUOTE = (
    "This file can’t be read as a table. Is a quotation mark left open? Nothing was changed."
)
words = st.text(st.characters(codec="ascii", categories=["Ll", "Nd"]), min_size=1, max_size=12)

ADDRESS = itemgetter(0)


def faults_of(content):
    with pytest.raises(ValidationError) as caught:
        roster.read(content)
    return caught.value.messages


@pytest.mark.parametrize(
    "head",
    [
        "email,number",
        "E-Mail,Member Number",
        " EMAIL ADDRESS , member id ",
        '"e-mail address","ID"',
        "email,membership number",
        "\ufeffemail,number",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_columns_are_found_whatever_they_are_called_and_lines_end_with(head, end):
    content = f"{head}{end}{KIM[0]},{KIM[1]}{end}"

    assert roster.read(content.encode()) == [KIM]


@pytest.mark.parametrize(
    "line",
    [
        "kim@school.example,104211",
        "KIM@SCHOOL.EXAMPLE,104211",
        "  kim@school.example  ,  104211 ",
        '"kim@school.example","104211"',
        "kim@school.example,104211,more,cells",
    ],
)
def test_one_line_is_read_however_it_is_typed(line):
    assert roster.read(f"email,number\n{line}\n".encode()) == [KIM]


def test_columns_may_stand_in_any_order_among_others():
    content = b"local,number,name,email\nEast,104211,Kim,kim@school.example\n"

    assert roster.read(content) == [KIM]


def test_semicolons_and_commas_in_names_do_not_mix():
    content = 'name;email;number\n"Kind, Kim";kim@school.example;104211\n'

    assert roster.read(content.encode()) == [KIM]


def test_leading_zeros_of_a_member_number_stay():
    assert roster.read(b"email,number\nkim@school.example,000042\n")[0][1] == "000042"


def test_empty_lines_are_skipped_and_the_others_keep_their_count():
    content = b"email,number\n\n,,\nkim@school.example,1\n\nkim,2\n"

    assert faults_of(content) == ["Line 6: “kim” is not an e-mail address.", "Nothing was changed."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", COLUMNS),
        (b"mail,number\n", COLUMNS),
        (b"email,email\n", COLUMNS),
        (b'email,number\n"' + b"x" * 200_000, OPEN_QUOTE),
        (b"\x00\x01", NO_CSV),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_one_sentence(content, words):
    assert faults_of(content) == [words]


@pytest.mark.parametrize("number", ["", "   ", "x" * 41])
def test_a_line_without_a_fitting_number_is_named(number):
    content = f"email,number\nkim@school.example,{number}\n".encode()

    assert faults_of(content) == [
        "Line 2: the member number is missing or too long.",
        "Nothing was changed.",
    ]


def test_a_very_long_address_is_shown_cut():
    words = faults_of(b"email,number\n" + b"x" * 500 + b",1\n")[0]

    assert words == f"Line 2: “{'x' * 60}” is not an e-mail address."


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(words, words), min_size=1, max_size=20, unique_by=ADDRESS),
    st.sampled_from(",;"),
)
def test_what_is_written_into_a_roster_is_read_from_it(people, mark):
    lines = [f"{name}@school.example{mark}{number}" for name, number in people]

    read = roster.read("\n".join([f"email{mark}number", *lines]).encode())

    assert read == [(f"{name}@school.example", number) for name, number in people]


@pytest.mark.django_db
def test_the_last_of_two_lines_for_one_address_counts():
    person, staff = UserFactory(), StaffFactory()
    rows = [(person.email, "1"), (person.email.upper(), "2")]

    changed = actions.import_roster(AssociationFactory(), rows, by=staff)

    assert (changed, person.memberships.get().number) == (1, "2")


@pytest.mark.django_db
def test_a_roster_brings_back_who_lapsed_or_was_not_found_and_tells_each_once():
    staff = StaffFactory()
    rows = [
        MembershipFactory(status=status) for status in ("claimed", "lapsed", "refused", "active")
    ]
    people = [(row.user.email, row.number) for row in rows]

    changed = actions.import_roster(rows[0].association, people, by=staff)

    assert changed == 3
    assert set(Membership.objects.values_list("status", flat=True)) == {"active"}
    told = Message.objects.filter(template="membership_settled").values_list("to", flat=True)
    assert sorted(told) == sorted(row.user.email for row in rows[:3])


@pytest.mark.django_db
def test_a_roster_touches_no_membership_of_another_association():
    person, staff = UserFactory(), StaffFactory()
    other = MembershipFactory(user=person, association=AssociationFactory(slug="psea"))

    actions.import_roster(AssociationFactory(slug="cta"), [(person.email, "1")], by=staff)

    other.refresh_from_db()
    assert (other.status, person.memberships.count()) == ("claimed", 2)


@pytest.mark.django_db
def test_importing_thirty_people_who_are_members_asks_as_little_as_for_each_needed(
    staff_client, django_assert_max_num_queries
):
    rows = [MembershipFactory(status="active") for _ in range(30)]
    lines = "\n".join(["email,number", *(f"{row.user.email},1" for row in rows)])
    file = SimpleUploadedFile("roster.csv", lines.encode())
    association = rows[0].association

    with django_assert_max_num_queries(50):
        response = staff_client.post(
            "/staff/memberships/roster/", {"association": association.pk, "file": file}
        )

    assert (response.status_code, Message.objects.count()) == (302, 0)
