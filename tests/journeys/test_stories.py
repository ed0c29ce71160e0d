"""Five stories, told through pages alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from badges.models import Assertion
from portal.accounts.models import User
from portal.models import Message
from portal.payments.models import Charge
from submissions.models import Attempt, Submission
from tests.factories import AssociationFactory, EditionFactory, StaffFactory
from tests.journeys.people import (
    Educator,
    Person,
    mail_to,
    member,
    reviewers,
    rules_hold,
    seated,
    travel,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def micro_certification():
    return EditionFactory().micro_certification


def test_pass_at_once(micro_certification):
    erin, panel = member(), reviewers(3)

    attempt = erin.start(micro_certification)
    erin.do_everything(attempt)
    assert "You have submitted 4 out of 5 Requirements" in erin.requirements(attempt).text
    assert "Round 1 is with the reviewers" in erin.submit(attempt).text
    seats = seated(panel)
    assert len(seats) == 2
    for person, seat in seats:
        person.score(seat)

    assert "Earned" in erin.requirements(attempt).text
    assertion = Assertion.objects.get()
    public = Client().get(assertion.get_absolute_url(), headers={"Accept": "text/html"})
    assert micro_certification.title in public.text
    assert "Erin Educator" not in public.text
    hosted = Client().get(assertion.get_absolute_url(), headers={"Accept": "application/ld+json"})
    assert hosted.json()["type"] == "Assertion"
    assert micro_certification.title in erin.get("my-showcase").text
    assert erin.get("badge-certificate", assertion.public_id).content[:5] == b"%PDF-"
    assert sorted(mail_to(erin.user)) == [
        "attempt_started",
        "badge_issued",
        "decision",
        "round_submitted",
    ]
    assert rules_hold() == {}


def test_not_yet_then_pass(micro_certification):
    erin, panel = member(), reviewers(3)
    attempt = erin.start(micro_certification)
    erin.do_everything(attempt)
    erin.submit(attempt)
    first_panel = seated(panel)
    for person, seat in first_panel:
        person.score(seat, under_the_bar=["Reflection"])

    page = erin.requirements(attempt)
    assert "Needs work" in page.text
    assert "Add one piece of student work" in erin.get("attempt-feedback", attempt.public_id).text
    erin.write(attempt, 3, word="better")
    erin.submit(attempt, note="I added what changed.")
    second_panel = seated(panel)

    assert {person.user for person, _ in second_panel} == {person.user for person, _ in first_panel}
    for person, seat in second_panel:
        assert [title for title in person.titles_to_score(seat) if "Reflection" not in title] == []
        person.score(seat)
    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.PASSED
    outcomes = list(attempt.submissions.values_list("round", "outcome"))
    assert outcomes == [(1, "not_yet"), (2, "pass")]
    assert Assertion.objects.count() == 1
    assert rules_hold() == {}


def test_disagreement(micro_certification):
    erin, panel = member(), reviewers(3)
    attempt = erin.start(micro_certification)
    erin.do_everything(attempt)
    erin.submit(attempt)
    (strict, strict_seat), (mild, mild_seat) = seated(panel)

    strict.score(strict_seat, under_the_bar=["plan"])
    mild.score(mild_seat)

    submission = Submission.objects.get()
    assert submission.status == Submission.Status.ADJUDICATION
    assert "Needs work" not in erin.requirements(attempt).text
    [(third, third_seat)] = seated(panel)
    assert third.user not in {strict.user, mild.user}
    assert "Add one piece of student work" not in third.get("review", third_seat.public_id).text
    third.score(third_seat)
    submission.refresh_from_db()
    assert (submission.status, submission.outcome) == ("decided", "pass")
    assert Assertion.objects.count() == 1
    assert rules_hold() == {}


def test_reset_and_start_again(micro_certification):
    erin = member()
    attempt = erin.start(micro_certification)
    erin.write(attempt, 1)
    old_text = " ".join(["word"] * 130)

    with travel(attempt.due_at + timedelta(hours=1)):
        erin = Educator(erin.user)
        late = erin.submit(attempt)
        assert "The time for this attempt is over" in late.text
        assert rules_hold() == {}
        attempt.refresh_from_db()
        assert attempt.status == Attempt.Status.RESET
        assert old_text in erin.get("part", attempt.public_id, 1).text
        again = erin.start(micro_certification)

    assert again != attempt
    assert "You have submitted 0 out of 5 Requirements" in erin.requirements(again).text
    assert mail_to(erin.user) == ["attempt_started", "attempt_reset", "attempt_started"]


def test_a_non_member_pays(micro_certification):
    AssociationFactory()
    visitor = Client()
    visitor.post(
        reverse("account_signup"),
        {
            "email": "noor@lakeside.example",
            "name": "Noor Haddad",
            "password1": "a long enough phrase",
            "association": User.association.field.related_model.objects.get().pk,
        },
    )
    mail = Message.objects.get(to="noor@lakeside.example")
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.text, re.MULTILINE)[1]
    visitor.post(reverse("account_email_verification_sent"), {"code": code})
    noor = Educator(User.objects.get(email="noor@lakeside.example"))
    clerk = Person(StaffFactory())

    attempt = noor.start(micro_certification)
    assert "$75.00" in noor.requirements(attempt).text
    assert noor.get("part", attempt.public_id, 1).status_code == 404
    charge = Charge.objects.get()
    clerk.post("charge-settle", charge.public_id, reference="check 1024")

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.IN_PROGRESS
    assert "You have submitted 0 out of 5 Requirements" in noor.requirements(attempt).text
    panel = reviewers(2)
    noor.do_everything(attempt)
    noor.submit(attempt)
    for person, seat in seated(panel):
        person.score(seat)
    assert Assertion.objects.get().recipient == noor.user
    assert rules_hold() == {}
