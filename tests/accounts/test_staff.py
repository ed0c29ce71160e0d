"""The staff's day, the queue of memberships, the roster."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import Membership
from portal.models import Entry, Message
from tests.accounts.factories import MembershipFactory
from tests.factories import AssociationFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

ACTIVE, CLAIMED = Membership.Status.ACTIVE, Membership.Status.CLAIMED
LAPSED, REFUSED = Membership.Status.LAPSED, Membership.Status.REFUSED


@pytest.mark.parametrize(
    "address", ["/staff/", "/staff/memberships/", "/staff/memberships/roster/"]
)
def test_staff_pages_are_not_there_for_others(signed_in, address):
    assert signed_in.get(address).status_code == 404


def test_staff_need_a_second_factor_where_it_is_required(staff_client, settings):
    settings.STAFF_MFA_REQUIRED = True

    response = staff_client.get("/staff/")

    assert (response.status_code, response.url) == (302, "/accounts/2fa/")


def test_the_staffs_day_puts_lines_with_work_first(staff_client):
    MembershipFactory()
    MembershipFactory(status=ACTIVE)

    lines = staff_client.get("/staff/").context["lines"]

    assert lines[0] == ("Memberships to confirm", "/staff/memberships/", 1, None)
    assert [line.waiting == 0 for line in lines] == sorted(line.waiting == 0 for line in lines)


def test_the_staff_link_is_shown_to_staff_only(staff_client, client, educator):
    link = b'<a href="/staff/"'

    assert link in staff_client.get("/my/profile/").content
    client.force_login(educator)
    assert link not in client.get("/my/profile/").content


def test_the_queue_shows_claims_of_ones_own_association(staff_client):
    mine = MembershipFactory()
    MembershipFactory(association=AssociationFactory(slug="psea"))
    MembershipFactory(status=REFUSED)

    page = staff_client.get("/staff/memberships/").context["page"]

    assert list(page.object_list) == [mine]


def test_the_queue_leaves_out_people_who_never_confirmed_their_address(staff_client):
    MembershipFactory(user=UserFactory(verified=False))

    page = staff_client.get("/staff/memberships/").context["page"]

    assert list(page.object_list) == []
    assert staff_client.get("/staff/").context["lines"][0].waiting == 0


@pytest.mark.parametrize(("shown", "status"), [("active", ACTIVE), ("nonsense", CLAIMED)])
def test_the_queue_can_show_another_standing(staff_client, shown, status):
    memberships = {each: MembershipFactory(status=each) for each in Membership.Status}

    page = staff_client.get(f"/staff/memberships/?show={shown}").context["page"]

    assert list(page.object_list) == [memberships[status]]


@pytest.mark.parametrize(
    ("before", "after", "subject"),
    [
        (CLAIMED, ACTIVE, "Your CTA membership is confirmed"),
        (CLAIMED, REFUSED, "Your CTA membership: please look"),
        (ACTIVE, LAPSED, "Your CTA membership: please look"),
        (REFUSED, ACTIVE, "Your CTA membership is confirmed"),
    ],
)
def test_staff_settle_a_membership_and_the_person_hears(
    staff_client, staff, before, after, subject
):
    membership = MembershipFactory(status=before)

    staff_client.post(f"/staff/memberships/{membership.public_id}/", {"status": after})

    membership.refresh_from_db()
    message = Message.objects.get()
    entry = Entry.objects.get(event=f"membership {after}")
    assert (membership.status, membership.settled_at is not None) == (after, True)
    assert (message.to, message.subject) == (membership.user.email, subject)
    assert (entry.by, entry.subject_id) == (str(staff.public_id), str(membership.public_id))


def test_a_second_click_on_confirm_does_nothing_more(staff_client):
    membership = MembershipFactory()
    address = f"/staff/memberships/{membership.public_id}/"
    staff_client.post(address, {"status": ACTIVE})

    response = staff_client.post(address, {"status": ACTIVE}, follow=True)

    assert [str(message) for message in response.context["messages"]][-1] == (
        "This can’t be done any more: it is now “active”."
    )
    assert Message.objects.count() == 1


@pytest.mark.parametrize("status", ["claimed", "", "nonsense"])
def test_an_answer_that_is_none_changes_nothing(staff_client, status):
    membership = MembershipFactory(status=REFUSED)

    staff_client.post(f"/staff/memberships/{membership.public_id}/", {"status": status})

    membership.refresh_from_db()
    assert membership.status == REFUSED


def test_a_membership_of_another_association_is_not_there(staff_client):
    membership = MembershipFactory(association=AssociationFactory(slug="psea"))

    response = staff_client.post(f"/staff/memberships/{membership.public_id}/", {"status": ACTIVE})

    membership.refresh_from_db()
    assert (response.status_code, membership.status) == (404, CLAIMED)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_the_same_queries_however_long(
    staff_client, count, django_assert_num_queries
):
    MembershipFactory.create_batch(count)

    with django_assert_num_queries(6):
        response = staff_client.get("/staff/memberships/")

    assert response.content.count(b"Not found\n") == count


def send_roster(client, content, association=None):
    association = association or AssociationFactory()
    file = SimpleUploadedFile("roster.csv", content, "text/csv")
    return client.post(
        "/staff/memberships/roster/", {"association": association.pk, "file": file}, follow=True
    )


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_a_roster_makes_everybody_on_it_an_active_member(staff_client):
    new, claimed = UserFactory(email="kim@school.example"), MembershipFactory(number="old")
    active = MembershipFactory(status=ACTIVE)
    lines = ["Name,E-mail,Member number", "Kim,KIM@School.example,1", ",,"]
    lines += [f"Lee,{claimed.user.email},2", f"Ann,{active.user.email},3", "No,no@one.example,4"]

    response = send_roster(staff_client, "\n".join(lines).encode())

    assert told(response) == [
        "2 memberships are now active.",
        "1 address on the list has no account yet; its owner can claim membership later.",
    ]
    assert new.memberships.get().number == "1"
    assert set(Membership.objects.values_list("status", flat=True)) == {ACTIVE}


def test_a_roster_saved_by_a_spreadsheet_is_read(staff_client):
    user = UserFactory(email="kim@school.example")
    content = "\ufeffemail;member number\r\nkim@school.example;7\r\n".encode()

    response = send_roster(staff_client, content)

    assert told(response) == ["1 membership is now active."]
    assert user.memberships.get().number == "7"


def test_importing_a_roster_twice_changes_nothing_more(staff_client):
    UserFactory(email="kim@school.example")
    content = b"email,member number\nkim@school.example,7\n"
    send_roster(staff_client, content)

    response = send_roster(staff_client, content)

    assert told(response) == ["0 memberships are now active."]
    assert Message.objects.count() == 1


NO_CSV = "This is no CSV file: in the spreadsheet, save it as “CSV UTF-8”, and choose that."
COLUMNS = "The first line must name the columns “email” and “member number”. Nothing was changed."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"kim@school.example,7\n", [COLUMNS]),
        (b"email\nkim@school.example\n", [COLUMNS]),
        (b"\n", [COLUMNS]),
        (b"PK\3\4\0\0", [NO_CSV]),
        (b"email,id\n" + b"x" * 5_000_000, ["Please choose a CSV file of at most 5 MB."]),
        (b"email,id\n", ["The file has no members in it.", "Nothing was changed."]),
        (
            b"email,id\nkim@school.example,7\nkim,8\nlee@school.example\n",
            [
                "Line 3: “kim” is not an e-mail address.",
                "Line 4: the member number is missing or too long.",
                "Nothing was changed.",
            ],
        ),
        (
            b"email,id\n" + b"x,1\n" * 6,
            [
                *[f"Line {line}: “x” is not an e-mail address." for line in range(2, 7)],
                "… and more.",
                "Nothing was changed.",
            ],
        ),
        (
            b"email,id\n" + b"a@b.example,1\n" * 50_001,
            ["The file has more than 50,000 members. Please split it.", "Nothing was changed."],
        ),
    ],
)
def test_a_roster_with_faults_changes_nothing_and_names_the_lines(staff_client, content, words):
    UserFactory(email="kim@school.example")

    response = send_roster(staff_client, content)

    assert response.context["form"].errors == {"file": words}
    assert Membership.objects.count() == 0


def test_a_roster_of_windows_letters_is_read(staff_client):
    UserFactory(email="kim@school.example")

    response = send_roster(
        staff_client, "name,email,id\nJosé,kim@school.example,7\n".encode("cp1252")
    )

    assert told(response) == ["1 membership is now active."]


def test_staff_can_not_import_for_another_association(staff_client):
    other = AssociationFactory(slug="psea")

    response = send_roster(staff_client, b"email,id\nkim@school.example,7\n", other)

    assert list(response.context["form"].errors) == ["association"]


def test_staff_of_two_associations_see_each_claim_once(client):
    staff = StaffFactory()
    other = AssociationFactory(slug="psea")
    other.staff.add(staff)
    rows = [MembershipFactory(), MembershipFactory(association=other)]
    client.force_login(staff)

    page = client.get("/staff/memberships/").context["page"]

    assert list(page.object_list) == rows
