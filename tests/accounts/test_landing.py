"""Where people arrive after signing in: at the page that holds their work."""

import pytest

from tests.factories import PASSWORD, StaffFactory, UserFactory
from tests.reviews.factories import ReviewerFactory, hand_in, seated_round

pytestmark = pytest.mark.django_db


def arrives_at(client, person, query=""):
    given = {"login": person.email, "password": PASSWORD}
    response = client.post(f"/accounts/login/{query}", given)
    assert response.status_code == 302
    return response.url


def seated_reviewer():
    _, reviews = seated_round()
    return reviews[0]


def test_an_educator_arrives_at_their_own_work(client):
    assert arrives_at(client, UserFactory()) == "/my/"


def test_a_reviewer_with_something_to_score_arrives_at_the_queue(client):
    review = seated_reviewer()

    assert arrives_at(client, review.reviewer.user) == "/reviews/"


def test_a_reviewer_with_nothing_to_score_arrives_at_their_own_work(client):
    review = seated_reviewer()
    hand_in(review)

    assert arrives_at(client, review.reviewer.user) == "/my/"
    client.logout()
    assert arrives_at(client, ReviewerFactory().user) == "/my/"


def test_staff_arrive_at_their_day(client):
    assert arrives_at(client, StaffFactory()) == "/staff/"


def test_staff_who_review_arrive_at_their_queue_first(client):
    review = seated_reviewer()
    review.reviewer.user.association.staff.add(review.reviewer.user)

    assert arrives_at(client, review.reviewer.user) == "/reviews/"


def test_the_page_someone_came_for_goes_before_their_role(client):
    assert arrives_at(client, StaffFactory(), "?next=/help/") == "/help/"


def test_a_page_on_another_host_does_not(client):
    assert arrives_at(client, StaffFactory(), "?next=https://evil.example/") == "/staff/"
