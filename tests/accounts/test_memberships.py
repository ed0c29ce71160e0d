"""A membership's life: claimed, confirmed, lapsed, claimed again; and who may do what."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.accounts import actions
from portal.accounts.models import Membership
from portal.models import Entry, Message
from portal.refusal import Refused
from submissions import actions as work
from tests.accounts.factories import MembershipFactory
from tests.factories import AssociationFactory, EditionFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

STATES = ("claimed", "active", "lapsed", "refused")
LEGAL = {
    ("claimed", "active"),
    ("claimed", "refused"),
    ("active", "lapsed"),
    ("lapsed", "claimed"),
    ("lapsed", "active"),
    ("refused", "claimed"),
    ("refused", "active"),
}
LABELS = {
    "claimed": "waiting for confirmation",
    "active": "active",
    "lapsed": "lapsed",
    "refused": "not found",
}


@pytest.mark.parametrize("goal", STATES)
@pytest.mark.parametrize("origin", STATES)
def test_only_the_moves_of_the_table_are_made(origin, goal):
    membership = MembershipFactory(status=origin)

    if (origin, goal) in LEGAL:
        actions.settle_membership(membership, goal, by=StaffFactory())
    else:
        with pytest.raises(Refused) as caught:
            actions.settle_membership(membership, goal, by=StaffFactory())
        assert caught.value.words == (f"This can’t be done any more: it is now “{LABELS[origin]}”.")

    membership.refresh_from_db()
    moved = (origin, goal) in LEGAL
    assert membership.status == (goal if moved else origin)
    assert Message.objects.count() == int(moved)


class TestAnyOrder(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(["claim", "active", "refused", "lapsed"]), max_size=7))
    def test_whatever_is_clicked_there_is_one_membership_and_a_mail_for_each_change(self, steps):
        staff, person, association = StaffFactory(), UserFactory(), AssociationFactory()
        changes = 0
        for step in steps:
            membership = person.memberships.first()
            if step == "claim":
                actions.claim_membership(person, association, "1")
            elif membership is not None:
                before = membership.status
                try:
                    actions.settle_membership(membership, step, by=staff)
                except Refused:
                    assert (before, step) not in LEGAL
                    continue
                changes += 1

        assert person.memberships.count() == int("claim" in steps)
        assert Message.objects.filter(to=person.email).count() == changes
        assert Entry.objects.filter(event="membership claimed").count() == steps.count("claim")
        standing = person.memberships.filter(status="active").exists()
        assert (actions.standing_of(person, association) == "active") == standing


def test_the_membership_of_the_day_of_start_stays_with_the_attempt():
    membership = MembershipFactory(status="active")
    attempt = work.start(EditionFactory().micro_certification, by=membership.user)

    actions.settle_membership(membership, "lapsed", by=StaffFactory())

    attempt.refresh_from_db()
    assert (attempt.was_member, attempt.status) == (True, "in_progress")


def test_a_claim_is_no_membership_yet():
    membership = MembershipFactory(status="claimed")

    attempt = work.start(EditionFactory().micro_certification, by=membership.user)

    assert (attempt.was_member, attempt.status) == (False, "fee_due")


@pytest.mark.parametrize(
    ("status", "subject", "words", "path"),
    [
        (
            "active",
            "Your CTA membership is confirmed",
            "your membership in the CTA Teachers Association is confirmed",
            "/stacks/",
        ),
        (
            "refused",
            "Your CTA membership: please look",
            "a current membership in the CTA Teachers Association with the number 104299",
            "/my/profile/",
        ),
    ],
)
def test_the_answer_goes_to_the_person_in_text_and_html(status, subject, words, path):
    other = MembershipFactory(number="999999")
    membership = MembershipFactory(number="104299")

    actions.settle_membership(membership, status, by=StaffFactory(name="Stef Staff"))

    mail = Message.objects.get()
    html = " ".join(mail.html.split())
    assert (mail.to, mail.subject) == (membership.user.email, subject)
    assert words in " ".join(mail.text.split())
    assert f"http://testserver{path}" in mail.text
    assert f'href="http://testserver{path}"' in html
    hidden = ("999999", other.user.email, other.user.name, "Stef Staff")
    assert [word for word in hidden if word in mail.text + html] == []


@pytest.mark.parametrize("shown", STATES)
def test_each_list_holds_its_standing_and_asks_as_little_for_thirty_as_for_one(
    staff_client, django_assert_max_num_queries, shown
):
    asked = []
    for more in (1, 2, 27):
        MembershipFactory.create_batch(more, status=shown)
        MembershipFactory(status="lapsed" if shown != "lapsed" else "active")
        with django_assert_max_num_queries(12) as captured:
            page = staff_client.get(f"/staff/memberships/?show={shown}").context["page"]
        asked.append(len(captured.captured_queries))

    assert asked == [asked[0]] * 3
    assert {row.status for row in page} == {shown}
    assert len(page) == 30


@pytest.mark.parametrize("status", STATES)
def test_staff_of_another_association_settle_nothing(client, status):
    membership = MembershipFactory(status=status)
    client.force_login(StaffFactory(association=AssociationFactory(slug="nea")))

    response = client.post(f"/staff/memberships/{membership.public_id}/", {"status": "active"})

    membership.refresh_from_db()
    assert (response.status_code, membership.status) == (404, status)


def test_a_person_can_not_confirm_themselves(client):
    membership = MembershipFactory()
    client.force_login(membership.user)

    response = client.post(f"/staff/memberships/{membership.public_id}/", {"status": "active"})

    membership.refresh_from_db()
    assert (response.status_code, membership.status) == (404, "claimed")


@pytest.mark.parametrize("number", ["", "   ", "x" * 41, "1\0"])
def test_a_claim_without_a_fitting_number_is_shown_again(client, number):
    person = UserFactory()
    client.force_login(person)

    response = client.post(
        "/my/profile/membership/", {"association": person.association.pk, "number": number}
    )

    assert list(response.context["claim"].errors) == ["number"]
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("association", ["", "0", "999999", "cta", "-1", "9" * 30])
def test_a_claim_of_no_association_is_shown_again(client, association):
    client.force_login(UserFactory())

    response = client.post(
        "/my/profile/membership/", {"association": association, "number": "104211"}
    )

    assert list(response.context["claim"].errors) == ["association"]
    assert Membership.objects.count() == 0
