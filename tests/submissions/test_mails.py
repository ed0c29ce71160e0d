"""The mails of an attempt: both forms say the same, and every address leads somewhere."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.formats import date_format

from portal.models import Message
from portal.payments import actions as payments
from submissions import actions, tasks
from submissions.cleaning.report import HELD, REFUSED, Report
from submissions.models import Evidence, Submission
from tests.accounts.factories import MembershipFactory
from tests.factories import EditionFactory, UserFactory, decided_round, submitted_round
from tests.mails import addresses, faults_of, missing_words, plain, readable

pytestmark = pytest.mark.django_db

AWKWARD = 'Safe & Sound: <b>"Who’s Next?"</b> 100% of the Time'
REASON = "The third file can’t be opened & the plan <is> missing."
LONGEST_OF_THE_CATALOG = (
    "Creating Safe Spaces Inclusive of Lesbian, Gay, Bisexual, Transgender, and Questioning"
)


@pytest.fixture
def edition():
    return EditionFactory(micro_certification__title=AWKWARD)


def told(template):
    return Message.objects.get(template=template)


def day(value):
    return date_format(value, "F j, Y")


def check(message, attempt, *words):
    """A sound mail with these words in both forms, to its owner, about this attempt."""
    assert faults_of(message) == []
    assert missing_words(message, AWKWARD, *words) == []
    assert message.to == attempt.educator.email
    assert f"http://testserver{attempt.get_absolute_url()}" in "".join(addresses(message))


def test_the_start_is_told_with_the_due_day(attempt):
    message = told("attempt_started")

    check(message, attempt, day(attempt.due_on), "leave out names of people and places")
    assert message.subject == f"Started: {AWKWARD}"


def test_the_fee_is_told_with_its_amount_and_whom_to_pay(edition):
    attempt = actions.start(edition.micro_certification, by=UserFactory())

    contact = attempt.association.support_email
    check(told("fee_due"), attempt, f"${attempt.charge.amount_cents / 100:.2f}", contact)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("555-0100", "or call 555-0100."),
        ("48744", "or text 48744."),
        ("micro to 48744", "or text micro to 48744."),
    ],
)
def test_a_number_is_told_as_what_it_is_for(edition, number, words):
    visitor = UserFactory(association__support_phone=number)

    attempt = actions.start(edition.micro_certification, by=visitor)

    check(told("fee_due"), attempt, words)


@pytest.mark.parametrize(("number", "words"), [("", "."), ("555-0100", " or call 555-0100.")])
def test_whose_membership_is_being_confirmed_learns_whom_to_ask_and_pays_nothing(
    edition, number, words
):
    claimed = MembershipFactory(user__association__support_phone=number)

    attempt = actions.start(edition.micro_certification, by=claimed.user)

    message, contact = told("membership_awaited"), attempt.association.support_email
    check(message, attempt, "There is nothing to pay", f"Write to {contact}{words}")
    assert "$" not in message.text + message.html


def test_a_settled_fee_is_followed_by_the_due_day(edition, staff):
    attempt = actions.start(edition.micro_certification, by=UserFactory())
    payments.waive(attempt.charge, "Hardship.", by=staff)
    attempt.refresh_from_db()

    check(told("attempt_started"), attempt, day(attempt.due_on))


@pytest.mark.parametrize(
    ("left", "subject"), [(30, "30 days left"), (7, "7 days left"), (1, "One day left")]
)
def test_a_reminder_counts_the_days_in_its_subject(attempt, left, subject):
    with time_machine.travel(attempt.due_at - timedelta(days=left, seconds=-1), tick=False):
        actions.remind()

    message = told("attempt_due")
    check(message, attempt, day(attempt.due_on), "readable for you to take home")
    assert message.subject == f"{subject}: {AWKWARD}"


def test_a_reset_says_that_nothing_is_gone(attempt):
    with time_machine.travel(attempt.due_at + timedelta(seconds=1), tick=False):
        actions.reset_overdue()

    check(told("attempt_reset"), attempt, "Nothing you wrote is gone", "six new months")


def test_a_round_is_received_with_the_day_of_the_answer(educator, edition):
    submission = submitted_round(educator, edition)

    expected = day(submission.result_due_on)
    check(told("round_submitted"), submission.attempt, "(round 1)", expected, "Nothing expires")


def test_a_returned_round_says_why_and_until_when(educator, edition, staff):
    submission = submitted_round(educator, edition)

    actions.return_incomplete(submission, REASON, by=staff)

    submission.attempt.refresh_from_db()
    due = day(submission.attempt.due_on)
    check(told("round_returned"), submission.attempt, REASON, due, "does not count as a round")


def test_a_closed_attempt_says_why_and_whom_to_ask(attempt, staff):
    actions.deny(attempt, REASON, by=staff)

    attempt.refresh_from_db()
    check(told("attempt_denied"), attempt, REASON, attempt.association.support_email)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("pass", "Congratulations."),
        ("not_yet", "across the country about four in ten pass the first time"),
    ],
)
def test_a_decision_leads_to_the_feedback_in_both_forms(educator, edition, outcome, words):
    submission = decided_round(outcome, educator, edition)

    message = told("decision")
    feedback = f"http://testserver{submission.attempt.get_absolute_url()}feedback/"
    assert (faults_of(message), missing_words(message, AWKWARD, words)) == ([], [])
    assert addresses(message).count(feedback) == 2
    assert "fail" not in plain(message).lower() + readable(message).lower()


def test_a_decision_tells_the_new_due_day_only_where_there_is_one(educator, edition):
    submission = decided_round(Submission.Outcome.NOT_YET, educator, edition)

    submission.attempt.refresh_from_db()
    assert missing_words(told("decision"), day(submission.attempt.due_on)) == []
    assert "http://testserver/my/showcase/" not in addresses(told("decision"))


@pytest.mark.parametrize(
    ("outcome", "template", "settle"),
    [(REFUSED, "evidence_refused", tasks.refuse), (HELD, "evidence_held", tasks.hold)],
)
def test_a_file_that_was_not_taken_is_named_with_the_reason(attempt, outcome, template, settle):
    name = "Erin’s <plan> & " + "x" * 120 + ".pdf"
    requirement = attempt.edition.parts.get(kind="artifacts").requirements.first()
    evidence = Evidence.objects.create(
        attempt=attempt,
        requirement=requirement,
        kind="file",
        given_name=name,
        status="cleaning",
        vault_key="vault/none",
    )

    settle(evidence, Report(outcome=outcome, reason=REASON))

    check(told(template), attempt, REASON, "Erin’s <plan> & xxx")
    assert missing_words(told(template), name) == [("text", name), ("html", name)]


def test_even_the_longest_title_leaves_a_subject_that_fits(educator):
    edition = EditionFactory(micro_certification__title=LONGEST_OF_THE_CATALOG)

    decided_round(Submission.Outcome.NOT_YET, educator, edition)

    subjects = Message.objects.values_list("subject", flat=True)
    assert len(subjects) == 3
    assert [subject for subject in subjects if len(subject) > 120] == []


def test_no_mail_of_an_attempt_tells_what_was_written(educator, edition):
    decided_round(Submission.Outcome.NOT_YET, educator, edition)

    for message in Message.objects.all():
        assert "word word" not in message.text + message.html
        assert "https://example.org/work" not in message.text + message.html
