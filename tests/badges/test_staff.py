"""Staff find a badge and revoke it, with a reason."""

import pytest

from badges.models import Assertion
from tests.badges.factories import earned, finished_stack, revoked
from tests.credits.factories import ChicoFactory, earn
from tests.factories import AssociationFactory, MemberFactory, StaffFactory

LIST = "/staff/badges/"


def listed(response):
    return list(response.context["page"].object_list)


def test_staff_see_the_badges_of_people_in_their_care(staff_client, educator):
    mine = earned(educator)
    elsewhere = MemberFactory(association=AssociationFactory(slug="psea"))
    earned(elsewhere)

    response = staff_client.get(LIST)

    assert listed(response) == [mine]


def test_the_badge_of_a_stack_is_in_the_care_of_its_holders_association(staff_client, educator):
    finished_stack(educator)

    response = staff_client.get(LIST)

    assert len(listed(response)) == 3


@pytest.mark.parametrize("by", ["email", "url", "id", "everything"])
def test_a_badge_is_found_by_address_or_id(staff_client, educator, by):
    assertion = earned(educator)
    earned(MemberFactory())
    sought = {
        "email": f" {educator.email.upper()} ",
        "url": assertion.url,
        "id": str(assertion.public_id),
        "everything": "",
    }[by]

    response = staff_client.get(LIST, {"q": sought})

    assert len(listed(response)) == (2 if by == "everything" else 1)
    assert assertion in listed(response)


@pytest.mark.parametrize("sought", ["nobody@school.example", "feedback", "x" * 501])
def test_a_search_without_a_match_says_what_to_try(staff_client, educator, sought):
    earned(educator)

    response = staff_client.get(LIST, {"q": sought})

    found = listed(response)
    assert found == [] or len(sought) > 500
    assert ("Search by the e-mail address" in response.content.decode()) == (found == [])


def test_staff_revoke_with_a_reason(staff_client, educator):
    assertion = earned(educator)
    address = f"{LIST}{assertion.public_id}/revoke/"

    asked = staff_client.get(address)
    done = staff_client.post(address, {"reason": "Issued in error."}, follow=True)

    assertion.refresh_from_db()
    assert educator.email in asked.content.decode()
    assert "The badge is revoked, and its holder knows." in done.content.decode()
    assert assertion.revocation_reason == "Issued in error."


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_revoking_without_a_proper_reason_changes_nothing(staff_client, educator, reason):
    assertion = earned(educator)

    response = staff_client.post(f"{LIST}{assertion.public_id}/revoke/", {"reason": reason})

    assertion.refresh_from_db()
    assert list(response.context["form"].errors) == ["reason"]
    assert assertion.status == Assertion.Status.ISSUED


def test_a_badge_that_was_revoked_already_offers_no_form(staff_client, staff, educator):
    assertion = revoked(by=staff, educator=educator)

    response = staff_client.get(f"{LIST}{assertion.public_id}/revoke/")

    assert "This badge is revoked." in response.content.decode()
    assert 'name="reason"' not in response.content.decode()


def test_pressing_revoke_twice_is_answered_kindly(staff_client, staff, educator):
    assertion = revoked(by=staff, educator=educator, reason="First.")

    response = staff_client.post(
        f"{LIST}{assertion.public_id}/revoke/", {"reason": "Second."}, follow=True
    )

    assertion.refresh_from_db()
    assert "This can’t be done any more" in response.content.decode()
    assert assertion.revocation_reason == "First."


def test_staff_of_another_association_do_not_find_it(client, educator):
    assertion = earned(educator)
    other = StaffFactory(association=AssociationFactory(slug="psea"))
    client.force_login(other)

    address = f"{LIST}{assertion.public_id}/revoke/"
    answers = [client.get(address), client.post(address, {"reason": "Mine."})]

    assertion.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404, 404]
    assert assertion.status == Assertion.Status.ISSUED


def test_an_educator_finds_no_staff_page(signed_in, educator):
    assertion = earned(educator)
    addresses = [LIST, f"{LIST}{assertion.public_id}/revoke/"]

    assert [signed_in.get(address).status_code for address in addresses] == [404, 404]
    assert signed_in.post(addresses[1], {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_however_long(
    staff_client, educator, count, django_assert_num_queries
):
    for _ in range(count):
        earned(educator)
    staff_client.get(LIST)

    with django_assert_num_queries(QUERIES):
        response = staff_client.get(LIST)

    assert len(listed(response)) == count


QUERIES = 6


def hours_for(assertion):
    """The line of the ledger that a program of the badge's association books for its work."""
    program = ChicoFactory(association=assertion.attempt.association)
    return earn(assertion.recipient, program=program, attempt=assertion.attempt)


def test_the_page_to_revoke_leads_to_the_very_hours_and_says_that_they_stay(
    staff_client, assertion
):
    line = hours_for(assertion)
    earn(assertion.recipient, program=line.program)

    page = staff_client.get(f"{LIST}{assertion.public_id}/revoke/").text

    words = f"CSU Chico units: {line} (Issued)"
    assert page.count("/staff/credits/hours/") == 1
    assert f'<a href="{line.get_absolute_url()}">{words}</a>' in page
    assert "Revoking the badge does not change them" in page


def test_after_revoking_the_hours_are_still_there_to_make_void(staff_client, assertion):
    line = hours_for(assertion)
    address = f"{LIST}{assertion.public_id}/revoke/"

    done = staff_client.post(address, {"reason": "Issued in error."}, follow=True)
    staff_client.post(f"{line.get_absolute_url()}void/", {"reason": "The badge was revoked."})
    left = staff_client.get(address).text

    assert done.redirect_chain == [(address, 302)]
    assert "This badge is revoked." in done.text
    assert line.get_absolute_url() in done.text
    assert "The hours of this work" not in left


def test_a_stack_badge_has_no_hours_of_its_own(staff_client, educator):
    badge = finished_stack(educator)

    page = staff_client.get(f"{LIST}{badge.public_id}/revoke/").text

    assert "The hours of this work" not in page
