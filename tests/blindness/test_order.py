"""Labels, order, and a change of name: nothing on a page depends on who somebody is."""

import re

import pytest
from django.urls import reverse

from reviews import actions
from tests.blindness.markers import rename
from tests.blindness.story import REFLECTION, Story
from tests.factories import EditionFactory, MemberFactory
from tests.reviews.factories import ReviewerFactory, answers, seated_round

ROUNDS = 24  # by chance all in one order: once in four million
BY_CHANCE = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|ETag: "[^"]*"|(?:csrftoken|sessionid)=[^\n]*'
)
SAID = re.compile(r"seat (\d) of (\d+)")


def blank(records):
    """What was sent, without what is new in every answer."""
    return [(record.where, BY_CHANCE.sub(b"", record.data)) for record in records]


def sent_now(person):
    """Everything one person can see at this moment."""
    person.browser.records.clear()
    person.look_around()
    return blank(person.browser.records)


@pytest.mark.django_db(transaction=True)
def test_renaming_the_educator_changes_no_byte_of_what_reviewers_see():
    story = Story()
    story.write_everything()
    story.submit()
    story.score(REFLECTION)
    story.educator.write(story.attempt, 3, word="better")
    story.submit(note="Better now.")
    before = [sent_now(person) for person in story.panel]

    rename(story.educator.user)

    assert min(map(len, before)) > 10
    assert [sent_now(person) for person in story.panel] == before


@pytest.mark.django_db(transaction=True)
def test_renaming_the_reviewers_changes_no_byte_of_what_the_educator_sees():
    story = Story()
    story.write_everything()
    story.submit()
    story.score(REFLECTION)
    before = sent_now(story.educator)

    rename(story.panel[0].user)

    assert len(before) > 10
    assert sent_now(story.educator) == before


@pytest.mark.django_db
def test_the_order_of_labels_follows_neither_seat_nor_person_nor_time(client):
    edition = EditionFactory()
    ReviewerFactory.create_batch(2)
    orders, people = [], []

    for number in range(ROUNDS):
        educator = MemberFactory()
        submission, seats = seated_round(educator, edition)
        for review in seats[:: 1 if number % 2 else -1]:
            comment = f"seat {review.seat} of {review.reviewer_id}"
            actions.save_scores(review, answers(review), comment)
            actions.score(review, by=review.reviewer.user)
        client.force_login(educator)
        page = client.get(reverse("attempt-feedback", args=[submission.attempt.public_id])).text
        first, second = SAID.findall(page)
        orders.append((first[0], second[0]))
        people.append((first[1], second[1]))

    in_time = [("1", "2") if number % 2 else ("2", "1") for number in range(ROUNDS)]
    assert set(orders) == {("1", "2"), ("2", "1")}
    assert len(set(people)) == 2
    assert orders not in (in_time, [pair[::-1] for pair in in_time])


@pytest.mark.django_db
def test_the_queue_of_a_reviewer_is_not_in_the_order_of_handing_in(client):
    edition = EditionFactory()
    ReviewerFactory.create_batch(2, capacity=50)
    rounds = [seated_round(MemberFactory(), edition) for _number in range(12)]
    reviewer = rounds[0][1][0].reviewer
    mine = [next(r for r in seats if r.reviewer == reviewer) for _round, seats in rounds]
    client.force_login(reviewer.user)

    page = client.get(reverse("reviews")).text

    shown = sorted(mine, key=lambda review: page.index(str(review.public_id)))
    assert sorted(review.pk for review in shown) == [review.pk for review in mine]
    assert [review.pk for review in shown] not in (
        [review.pk for review in mine],
        [review.pk for review in mine[::-1]],
    )
