"""The mails to reviewers: the seat and its day in both forms, and nothing of the educator."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format

from portal.models import Message
from reviews import actions
from submissions import actions as rounds
from tests.factories import EditionFactory, MemberFactory, finish_parts
from tests.mails import addresses, faults_of, missing_words
from tests.reviews.factories import scored_round, seated_round

pytestmark = pytest.mark.django_db

AWKWARD = "Safe & Sound: “Who’s Next?” <100%>"
PLAN = "Quality of the plan"
RESUBMISSION = "you see what changed next to the feedback given"


@pytest.fixture
def edition():
    return EditionFactory(micro_certification__title=AWKWARD)


@pytest.fixture
def author():
    return MemberFactory(name="Zoe Marker", email="marker@school.example", school="Marker High")


def mails(template):
    return list(Message.objects.filter(template=template).order_by("to"))


def check(message, review, *words):
    """A sound mail about a seat, with its day or what else matters in both forms."""
    assert faults_of(message) == []
    assert missing_words(message, AWKWARD, *words) == []
    assert message.to == review.reviewer.user.email


def telling(message, author):
    """What of the educator stands anywhere in a mail."""
    everything = (message.subject + message.text + message.html).lower()
    attempt = author.attempts.get()
    secrets = ["marker", "zoe", str(attempt.public_id), str(author.public_id), author.handle]
    return [secret for secret in secrets if secret.lower() in everything]


def test_a_new_seat_is_told_with_its_day_and_its_own_address(edition, author):
    _submission, reviews = seated_round(author, edition)

    for review in reviews:
        message = Message.objects.get(template="review_assigned", to=review.reviewer.user.email)
        check(message, review, date_format(review.due_on, "F j, Y"), "one click passes it on")
        assert addresses(message).count(f"http://testserver{review.get_absolute_url()}") == 2
        assert telling(message, author) == []


def test_the_mail_of_a_first_round_says_nothing_of_a_resubmission(edition):
    seated_round(edition=edition)

    assert [RESUBMISSION in one.text + one.html for one in mails("review_assigned")] == [False] * 2


def test_the_mail_of_a_resubmission_says_so_in_both_forms(edition, author):
    submission = scored_round((PLAN,), (PLAN,), educator=author, edition=edition)
    submission.attempt.refresh_from_db()
    Message.objects.all().delete()
    finish_parts(submission.attempt, word="better")

    rounds.submit(submission.attempt)

    told = mails("review_assigned")
    assert [missing_words(one, RESUBMISSION) for one in told] == [[], []]
    assert [telling(one, author) for one in told] == [[], []]


def test_a_reminder_tells_the_day_and_when_it_goes_to_someone_else(edition, author):
    _submission, reviews = seated_round(author, edition)

    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        actions.remind_due()

    for review in reviews:
        message = Message.objects.get(template="review_due", to=review.reviewer.user.email)
        day = date_format(review.due_on, "F j, Y")
        check(message, review, day, "in the next four days", "What you have drafted is saved")
        assert addresses(message).count(f"http://testserver{review.get_absolute_url()}") == 2
        assert telling(message, author) == []


def test_a_seat_that_went_to_someone_else_is_told_with_what_to_do_next_time(edition, author):
    _submission, (review, _other) = seated_round(author, edition)

    actions.standing_in(review, "late")

    [message] = mails("review_lapsed")
    check(message, review, "has gone to someone else", "it gives you nothing new")
    assert addresses(message).count("http://testserver/reviews/profile/") == 2
    assert telling(message, author) == []


def test_a_round_that_went_back_unscored_is_told_otherwise(edition, author, staff):
    submission, reviews = seated_round(author, edition)

    rounds.return_incomplete(submission, "Zoe Marker’s file is missing.", by=staff)

    told = mails("review_lapsed")
    words = "went back to its educator before it was scored"
    assert [missing_words(one, words) for one in told] == [[], []]
    assert [faults_of(one) + telling(one, author) for one in told] == [[], []]
    assert {one.to for one in told} == {review.reviewer.user.email for review in reviews}


def test_the_decision_tells_nothing_of_the_reviewers(edition, author):
    submission = scored_round((PLAN,), (PLAN,), educator=author, edition=edition)

    [message] = mails("decision")
    people = [review.reviewer.user for review in submission.reviews.all()]
    everything = message.subject + message.text + message.html
    secrets = [words for user in people for words in (user.name, user.email, user.handle)]
    ids = [str(review.public_id) for review in submission.reviews.all()]
    assert [secret for secret in [*secrets, *ids] if secret in everything] == []
    assert "Thank you for this work." not in everything
