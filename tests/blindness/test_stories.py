"""Whole journeys, every byte of them: neither side meets a mark of the other (SAFETY 2)."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.models import Assertion, BadgeClass
from portal.models import Message
from submissions.models import Attempt, Submission
from tests.blindness.scanner import forms, found
from tests.blindness.story import PLAN, REFLECTION, Story
from tests.files import photo
from tests.journeys.people import travel

pytestmark = pytest.mark.django_db(transaction=True)

UUID = re.compile(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9a-f]{32,64}\b")
A_TIME = re.compile(
    r"\b\d{1,2}:\d\d\b|\b[ap]\.?m\.?\b|T\d\d:\d\d|\b(minute|hour|second)s? ago", re.IGNORECASE
)


def ids_of(person):
    """Every id in what someone was sent as text: pages, headers, mails."""
    texts = [record.data for record in person.records if record.is_page]
    texts += [form for record in person.records if record.is_mail for form in forms(record.data)]
    return {one for text in texts for one in UUID.findall(text)}


def kinds_seen(person):
    """The endings of the files a reviewer was sent."""
    names = re.findall(r'filename="([^"]+)"', "\n".join(record.head for record in person.records))
    return {name.rpartition(".")[2] for name in names}


@pytest.fixture
def story():
    told = Story()
    told.write_everything()
    return told


def test_not_yet_resubmission_pass_and_badge(story):
    story.submit()
    story.look_around()
    story.score(REFLECTION)
    assert story.attempt.status == Attempt.Status.NOT_YET
    story.look_around()
    story.educator.write(story.attempt, 3, word="better")
    story.submit(note="I added what changed.")
    story.look_around()
    story.score()
    story.look_around()

    assert story.attempt.status == Attempt.Status.PASSED
    badge = Assertion.objects.get()
    for person in story.panel:
        person.look_around(badge.get_absolute_url())
    everyone = [story.educator, *story.panel]
    mails = [sum(record.is_mail for record in person.records) for person in everyone]
    assert mails == [6, 2, 2]
    assert [kinds_seen(person) for person in story.panel] == [{"jpg", "pdf", "docx", "zip"}] * 2
    assert story.leaks() == []


def test_a_third_reviewer_after_disagreement(story):
    story.join("D")
    submission = story.submit()
    (strict, first), (mild, second) = story.seats
    strict.score(first, under_the_bar=[PLAN])
    mild.score(second)
    story.look_around()
    submission.refresh_from_db()
    assert submission.status == Submission.Status.ADJUDICATION

    story.score()
    story.look_around()

    submission.refresh_from_db()
    assert submission.status == Submission.Status.DECIDED
    assert story.leaks() == []


def test_reassignment_recusal_and_a_seat_given_back(story):
    story.join("D", "E")
    submission = story.submit()
    (first, seat), (second, other) = story.seats
    story.look_around()
    story.clerk.post("staff-review-reassign", seat.public_id, reason="Away for long.")
    story.look_around()
    second.post("review-recuse", other.public_id)
    story.look_around()

    first.post("review", seat.public_id, comment="too late")
    second.get("review", other.public_id)
    story.look_around()

    statuses = sorted(submission.reviews.values_list("status", flat=True))
    assert statuses == ["assigned", "assigned", "lapsed", "recused"]
    assert story.leaks() == []


def test_a_round_returned_as_incomplete(story):
    submission = story.submit()
    story.look_around()

    story.clerk.post("staff-round-return", submission.public_id, reason="One page is missing.")
    story.look_around()

    story.attempt.refresh_from_db()
    assert story.attempt.status == Attempt.Status.RETURNED
    assert "One page is missing" in story.educator.requirements(story.attempt).text
    assert story.leaks() == []


def test_a_not_yet_whose_time_runs_out(story):
    story.submit()
    story.score(PLAN)
    with travel(story.attempt.due_at + timedelta(days=200)):
        for person in [story.educator, *story.panel]:
            person.browser.force_login(person.user)
        story.look_around()

    story.attempt.refresh_from_db()
    assert story.attempt.status == Attempt.Status.RESET
    assert story.leaks() == []


def test_error_pages_and_messages_of_both_sides(story):
    (reviewer, seat), (other, _seat) = (story.submit(), story.seats)[1]
    work, script = [story.attempt.public_id], {"X-Requested-With": "fetch"}
    wrong = "00000000-0000-4000-8000-000000000000"

    reviewer.post("review", seat.public_id, comment="x" * 5000)
    reviewer.post("review", seat.public_id, **{"level-1": "99"})
    reviewer.browser.post(seat.get_absolute_url(), {"comment": "x" * 5000}, headers=script)
    reviewer.post("review-hand-in", seat.public_id)
    reviewer.post("review-decline", seat.public_id, reason="")
    refused = [
        reviewer.get("attempt", *work),
        reviewer.get("attempt-feedback", *work),
        reviewer.get("review-evidence", seat.public_id, wrong),
        reviewer.get("showcase", "no-such-handle"),
        reviewer.get("staff-reviews"),
        reviewer.get("staff-reviewers"),
        other.get("review", seat.public_id),
        story.educator.get("review", seat.public_id),
        story.educator.get("reviews"),
    ]
    story.educator.post("part-complete", *work, 2)
    story.educator.post("evidence-add", *work, requirement="plan", file=photo("filemarkazq.exe"))
    story.hand_in(SimpleUploadedFile("filemarkazq.txt", b"plain"))

    assert [page.status_code for page in refused] == [404] * len(refused)
    assert story.leaks() == []


def test_no_id_is_known_to_both_sides(story):
    story.submit()
    story.score(REFLECTION)
    story.look_around()

    first, second = map(ids_of, story.panel)
    theirs, mine = first | second, ids_of(story.educator)
    public = {str(row.public_id).encode() for row in BadgeClass.objects.all()}
    assert min(len(first), len(second), len(mine)) > 3
    assert (theirs & mine) - public == set()
    assert first & second - public == set()


def test_reviewers_are_told_days_and_never_times(story):
    story.submit()
    story.look_around()
    story.score()
    story.look_around()

    pages = [
        record.body.decode()
        for person in story.panel
        for record in person.browser.records
        if " /reviews/" in record.where and "text/html" in record.head
    ]
    mails = Message.objects.filter(to__in=[person.user.email for person in story.panel])
    told = pages + [mail.text for mail in mails]
    assert len(pages) > 4
    assert {found[0] for text in told for found in A_TIME.finditer(text)} == set()


def test_educators_are_told_the_day_of_the_feedback_and_never_the_time(story):
    story.submit()
    story.score(REFLECTION)

    page = story.educator.get("attempt-feedback", story.attempt.public_id)
    mail = Message.objects.get(to=story.educator.user.email, template="decision")

    assert "Reviewer 1" in page.text
    assert [A_TIME.search(text) for text in (page.text, mail.text)] == [None, None]


def test_the_owner_still_gets_the_marked_originals_back(story):
    story.look_around()

    own = [record for record in story.educator.records if "/my/evidence/" in record.where]

    assert any(found("filemarkazq", record.head.encode()) for record in own)
