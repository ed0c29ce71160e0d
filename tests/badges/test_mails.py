"""The mails about badges, in both forms."""

import pytest

from badges import actions
from portal.models import Message
from tests.badges.factories import earned, finished_stack
from tests.factories import EditionFactory
from tests.mails import addresses, bad_addresses, faults_of, missing_words

pytestmark = pytest.mark.django_db

AWKWARD = "Safe & Sound: “Who’s Next?” <100%>"
ISSUER = "National Education Association"
REASON = "Issued in error & <twice>."


@pytest.fixture
def edition():
    return EditionFactory(micro_certification__title=AWKWARD)


def told(template):
    return Message.objects.filter(template=template).order_by("-pk").first()


def test_a_new_badge_is_told_with_issuer_and_address(educator, edition):
    assertion = earned(educator, edition)

    message = told("badge_issued")
    said = "Your name is shown"
    assert faults_of(message) == []
    assert missing_words(message, AWKWARD, ISSUER, said, "LinkedIn", "certificate") == []
    assert addresses(message).count(assertion.url) == 2
    assert (message.subject, message.to) == (f"Your badge: {AWKWARD}", educator.email)


def test_the_picture_in_the_mail_is_that_of_the_class_and_says_nothing_of_who(educator, edition):
    assertion = earned(educator, edition)

    message = told("badge_issued")
    picture = f"http://testserver/badges/classes/{assertion.badge_class.public_id}.png"
    assert f'src="{picture}"' in message.html
    assert 'alt="Safe &amp; Sound: “Who’s Next?” &lt;100%&gt;"' in message.html


def test_the_badge_of_a_stack_is_told_as_well(educator):
    assertion = finished_stack(educator, title="Feedback & <Growth>")

    message = told("badge_issued")
    assert (faults_of(message), missing_words(message, "Feedback & <Growth>")) == ([], [])
    assert assertion.url in addresses(message)
    assert Message.objects.filter(template="badge_issued").count() == 3


def test_a_revoked_badge_is_told_with_the_reason_and_whom_to_ask(educator, edition, staff):
    assertion = earned(educator, edition)

    actions.revoke(assertion, REASON, by=staff)

    message = told("badge_revoked")
    contact = "micro-certifications@nea.example"
    assert faults_of(message) == []
    assert missing_words(message, AWKWARD, REASON, ISSUER, contact) == []
    assert message.subject == f"Your badge was revoked: {AWKWARD}"


def test_a_cascade_writes_one_mail_for_each_badge_with_its_own_reason(educator, staff):
    stack_badge = finished_stack(educator)
    part = educator.assertions.exclude(attempt=None).first()

    actions.revoke(part, REASON, by=staff)

    told_reasons = {
        message.subject: (REASON in message.text, "One of the badges" in message.text)
        for message in Message.objects.filter(template="badge_revoked")
    }
    assert told_reasons == {
        f"Your badge was revoked: {part.badge_class.name}": (True, False),
        f"Your badge was revoked: {stack_badge.badge_class.name}": (False, True),
    }


def test_every_address_follows_the_public_one(educator, edition, settings):
    settings.PUBLIC_BASE_URL = "https://badges.example"

    earned(educator, edition)

    assert bad_addresses(told("badge_issued")) == []
    assert "testserver" not in told("badge_issued").text + told("badge_issued").html


def test_at_a_pass_the_decision_is_told_first_and_then_the_badge(educator, edition):
    earned(educator, edition)

    mails = Message.objects.filter(template__in=["decision", "badge_issued"]).order_by("pk")
    assert [mail.template for mail in mails] == ["decision", "badge_issued"]
    assert "Your badge comes in a mail of its own." in mails[0].text


@pytest.mark.parametrize("template", ["decision", "badge_issued"])
def test_the_mails_of_a_pass_ask_for_one_thing_by_a_button(educator, edition, template):
    earned(educator, edition)

    message = told(template)
    assert message.html.count("display:inline-block") == 1
