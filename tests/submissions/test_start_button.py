"""What a catalog page offers in the place of Start, by what stands between the two."""

import pytest
import time_machine
from django.urls import reverse
from django.utils.formats import date_format

from portal.accounts import actions as accounts
from submissions import actions
from tests.factories import (
    EditionFactory,
    MemberFactory,
    StackFactory,
    UserFactory,
    decided_round,
    started_attempt,
    submitted_round,
)

pytestmark = pytest.mark.django_db


def shown(client, user, micro):
    client.force_login(user)
    page = client.get(micro.get_absolute_url())
    table = client.get(micro.items.get().stack.get_absolute_url())
    assert has_start(page, micro) == has_start(table, micro)
    return " ".join(page.text.split()), has_start(page, micro)


def has_start(page, micro):
    return reverse("attempt-start", args=[micro.slug]) in page.text


def day(value):
    return date_format(value, "F j, Y")


def test_an_open_attempt_goes_on_until_its_due_date(client, attempt):
    page, starts = shown(client, attempt.educator, attempt.micro_certification)

    assert starts is False
    assert f'href="{attempt.get_absolute_url()}"> Continue<' in page
    assert f"Complete by {day(attempt.due_on)}" in page


def test_work_in_review_says_when_to_expect_the_answer(client):
    submission = submitted_round()
    attempt = submission.attempt

    page, starts = shown(client, attempt.educator, attempt.micro_certification)

    assert starts is False
    assert f"In review: expect an answer by {day(submission.result_due_on)}" in page


def test_what_was_earned_leads_to_the_badge(client):
    attempt = decided_round().attempt

    page, starts = shown(client, attempt.educator, attempt.micro_certification)

    assert starts is False
    assert 'href="/my/showcase/"> See your badge<' in page


def test_what_waits_for_the_fee_or_the_membership_says_so(client, edition):
    visitor, claimant = UserFactory(), UserFactory()
    accounts.claim_membership(claimant, claimant.association, "M1")
    for user in (visitor, claimant):
        actions.start(edition.micro_certification, by=user)

    owes, starts = shown(client, visitor, edition.micro_certification)
    waits, starts_too = shown(client, claimant, edition.micro_certification)

    assert (starts, starts_too) == (False, False)
    assert "Begins when the application fee is paid or waived." in owes
    assert "We are confirming your membership; nothing to pay now." in waits


@pytest.mark.parametrize("end", ["withdrawn", "over"])
def test_an_attempt_that_ended_makes_room_for_start(client, attempt, end):
    if end == "withdrawn":
        actions.withdraw(attempt, by=attempt.educator)
    with time_machine.travel(attempt.due_at, tick=True):
        _page, starts = shown(client, attempt.educator, attempt.micro_certification)

    assert starts is True


@pytest.mark.parametrize(
    ("membership", "words"),
    [
        ("active", "Free for you as a member of CTA."),
        ("claimed", "We are confirming your membership of CTA."),
        ("lapsed", "an application fee of $75.00 comes first"),
        ("", "an application fee of $75.00 comes first"),
        (None, "First choose your association"),
    ],
)
def test_start_names_the_persons_own_terms_only(client, edition, membership, words):
    user = UserFactory(**({"association": None} if membership is None else {}))
    if membership:
        accounts.claim_membership(user, user.association, "M1")
        user.memberships.update(status=membership)

    page, starts = shown(client, user, edition.micro_certification)

    terms = "Free for you", "We are confirming", "comes first", "First choose"
    assert starts is True
    assert words in page
    assert len([one for one in terms if one in page]) == 1


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_buttons_of_a_stack_cost_the_same_however_many(
    client, count, django_assert_num_queries
):
    educator, stack = MemberFactory(), StackFactory()
    for edition in EditionFactory.create_batch(count, stack=stack):
        started_attempt(educator, edition)
    client.force_login(educator)
    client.get("/help/")

    with django_assert_num_queries(7):
        page = client.get(stack.get_absolute_url())

    assert page.text.count("Complete by") == count
