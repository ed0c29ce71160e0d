"""Mail is a row first, sent afterwards, never twice for one event."""

from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from portal import mail
from portal.models import Message
from portal.tasks import send_message, send_messages

pytestmark = pytest.mark.django_db

CONTENT = {"subject": "Hello", "text": "Words.", "html": "<p>Words.</p>"}


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no server")


@pytest.fixture
def outbox(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mailoutbox


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "tests.portal.test_mail.BrokenBackend"


def write(event=None, to="kim@school.example"):
    return mail.write(to, event, "example", dict(CONTENT))


def test_a_mail_is_rendered_when_it_is_written(educator):
    membership = educator.memberships.get()

    message = mail.post("membership_settled", educator.email, membership=membership, is_active=True)

    assert message.subject == "Your CTA membership is confirmed"
    assert message.text.splitlines()[-2:] == [
        "Find something to start:",
        "http://testserver/stacks/",
    ]
    assert "CTA Teachers Association" in message.html


def test_one_event_writes_to_one_person_once():
    first = write("decided 7")
    again, other = write("decided 7"), write("decided 7", to="lee@school.example")

    assert (first is None, again is None, other is None) == (False, True, False)
    assert Message.objects.count() == 2


def test_without_an_event_every_mail_counts():
    assert write() != write()


def test_a_mail_goes_out_in_text_and_html_with_an_id_that_stays(outbox):
    message = write()

    send_message(message.pk)

    sent = outbox[0]
    assert (sent.subject, sent.body, sent.to) == ("Hello", "Words.\n", ["kim@school.example"])
    assert [tuple(part) for part in sent.alternatives] == [("<p>Words.</p>", "text/html")]
    assert sent.extra_headers == {"Message-ID": f"<{message.public_id}@testserver>"}


def test_a_mail_delivered_twice_by_the_broker_goes_out_once(outbox):
    message = write()

    sent = [send_message(message.pk), send_message(message.pk)]

    assert (sent, len(outbox)) == ([True, False], 1)


def test_a_mail_is_sent_when_the_transaction_has_committed(
    outbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        write()
        assert outbox == []

    assert len(outbox) == 1


def test_without_a_mail_server_a_mail_waits_and_says_why(no_server):
    message = write()

    assert send_message(message.pk) is False

    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (1, None)
    assert message.trouble == "ConnectionRefusedError: no server"


def test_the_sweep_sends_what_a_lost_task_left_behind(outbox):
    messages = [write(), write()]
    send_message(messages[0].pk)

    assert mail.send_waiting() == 1
    assert mail.send_waiting() == 0


def test_a_mail_is_not_tried_for_ever(no_server):
    message = write()
    for _attempt in range(Message.MAX_ATTEMPTS):
        send_message(message.pk)

    assert Message.objects.unsent().count() == 0
    assert mail.oldest_waiting() is None


def test_the_oldest_waiting_mail_is_known():
    old, _young = write(), write()
    moment = timezone.now() - timedelta(hours=2)
    Message.objects.filter(pk=old.pk).update(created_at=moment)

    assert mail.oldest_waiting() == moment


def test_the_invariant_of_one_message_holds():
    write("decided 7")
    write("decided 8")

    assert list(mail.duplicates()) == []


def test_a_message_says_what_it_is():
    assert str(write()) == "example to kim@school.example"


def letters(educator, *numbers):
    """The news of a settled membership, once for each number."""
    membership = educator.memberships.select_related("association", "user").get()
    context = {"membership": membership, "is_active": True}
    return [mail.Letter(f"p{n}@school.example", f"settled:{n}", dict(context)) for n in numbers]


def test_many_mails_are_written_in_few_queries(educator, django_assert_num_queries):
    many = letters(educator, *range(30))

    with django_assert_num_queries(3):
        count = mail.post_all("membership_settled", many)

    one = mail.post("membership_settled", "p0@school.example", **letters(educator, 0)[0].context)
    first = Message.objects.get(event="settled:0")
    assert (count, Message.objects.exclude(event=None).count()) == (30, 30)
    assert (first.subject, first.text, first.html) == (one.subject, one.text, one.html)


def test_many_mails_too_are_written_once_for_each_event(educator):
    mail.post_all("membership_settled", letters(educator, 1, 2))

    again = mail.post_all("membership_settled", letters(educator, 2, 3))

    assert (again, Message.objects.count()) == (1, 3)
    assert list(mail.duplicates()) == []


def test_no_mails_ask_for_nothing(educator, django_assert_num_queries):
    with django_assert_num_queries(0):
        count = mail.post_all("membership_settled", [])

    assert count == 0


def test_many_mails_are_sent_by_one_task(educator, outbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as orders:
        mail.post_all("membership_settled", letters(educator, 1, 2, 3))

    assert len(orders) == 1
    assert [one.to for one in outbox] == [[f"p{n}@school.example"] for n in (1, 2, 3)]
    assert Message.objects.unsent().count() == 0


def test_a_task_that_comes_twice_sends_no_mail_twice(educator, outbox):
    mail.post_all("membership_settled", letters(educator, 1, 2))
    ids = list(Message.objects.values_list("pk", flat=True))

    sent = [send_messages(ids), send_messages(ids)]

    assert (sent, len(outbox)) == ([2, 0], 2)
