"""Mail when things go wrong: delivered twice, servers that break, hostile words, lost orders."""

import smtplib
from email import message_from_bytes, policy

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from portal import clock, mail
from portal.celery import app, wake
from portal.models import Message
from portal.tasks import envelope, send_message
from tests.support.factories import InformationSessionFactory

pytestmark = pytest.mark.django_db

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TROUBLES = {
    "refused": ConnectionRefusedError("nobody listens"),
    "slow": TimeoutError("too slow"),
    "closed": smtplib.SMTPServerDisconnected("gone"),
    "unknown": smtplib.SMTPRecipientsRefused({"kim@school.example": (550, b"no such box")}),
    "forbidden": smtplib.SMTPAuthenticationError(535, b"who are you"),
    "header": ValueError("no header can hold that"),
    "letters": UnicodeEncodeError("ascii", "é", 0, 1, "not here"),
}
TROUBLE = []


class MoodyBackend(EmailBackend):
    """A mail server that raises what it is told to, and takes mail while it is told nothing."""

    def send_messages(self, messages):
        if TROUBLE:
            raise TROUBLE[0]
        return super().send_messages(messages)


@pytest.fixture
def server(settings, mailoutbox):
    """A mail server and the mail it took; put an exception into TROUBLE to break it."""
    settings.EMAIL_BACKEND = "tests.portal.test_mail_trouble.MoodyBackend"
    yield mailoutbox
    TROUBLE.clear()


def write(subject="Hello", to="kim@school.example", event=None, text="Words."):
    content = {"subject": subject, "text": text, "html": "<p>Words.</p>"}
    return mail.write(to, event, "example", content)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_the_server_raises_the_mail_waits_and_goes_out_later(server, trouble):
    message = write()
    TROUBLE.append(TROUBLES[trouble])
    first = send_message(message.pk)
    TROUBLE.clear()

    second = mail.send_waiting()

    message.refresh_from_db()
    assert (first, second, len(server)) == (False, 1, 1)
    assert (message.attempts, message.trouble) == (2, "")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_went_wrong_is_kept_in_a_line_that_fits(server, trouble):
    message = write()
    TROUBLE.append(type(TROUBLES[trouble])(*TROUBLES[trouble].args))

    send_message(message.pk)

    message.refresh_from_db()
    assert message.trouble.partition(":")[0] == type(TROUBLES[trouble]).__name__
    assert len(message.trouble) <= 200


def test_an_endless_answer_of_a_server_is_cut(server):
    message = write()
    TROUBLE.append(OSError("x" * 5000))

    send_message(message.pk)

    message.refresh_from_db()
    assert message.trouble == ("OSError: " + "x" * 5000)[:200]


def test_one_mail_that_no_header_can_hold_never_stops_those_behind_it(server):
    broken, whole = write(subject="Hello\rBcc: all@school.example"), write()

    sent = mail.send_waiting()

    broken.refresh_from_db()
    assert (sent, [each.subject for each in server]) == (1, ["Hello"])
    assert (broken.sent_at, broken.trouble.partition(":")[0]) == (None, "BadHeaderError")
    assert Message.objects.get(pk=whole.pk).sent_at is not None


def test_a_mail_that_can_never_go_out_is_given_up_and_the_queue_is_empty(server):
    broken = write(subject="Hello\nBcc: all@school.example")

    tried = [mail.send_waiting() for _sweep in range(Message.MAX_ATTEMPTS + 3)]

    broken.refresh_from_db()
    assert (set(tried), broken.attempts) == ({0}, Message.MAX_ATTEMPTS)
    assert (mail.oldest_waiting(), server) == (None, [])


@pytest.mark.parametrize("title", ["Meet\rus", "Meet\r\nBcc: x@y.example", "Meet\u2028us", " \t"])
def test_a_title_never_breaks_out_of_the_subject(server, title):
    session = InformationSessionFactory(title=title)
    place = session.registrations.create(name="Vic", email="vic@home.example")

    message = mail.post(
        "session_registered", "vic@home.example", registration=place, session=session
    )

    assert message.subject == f"Your place: {title.partition(chr(10))[0]}".strip().replace(
        "\r", " " if title == "Meet\rus" else ""
    ).replace("\u2028", " ")
    assert send_message(message.pk) is True
    assert list(server[0].message().keys()).count("Bcc") == 0


@examples(deadline=None, max_examples=60)
@given(st.text(LETTERS, max_size=120), st.text(LETTERS, max_size=300))
def test_any_words_travel_whole_and_never_become_headers(subject, text):
    line = " ".join(subject.split())
    message = Message(subject=line, text=text, html="<p>x</p>", to="kim@school.example")

    try:
        raw = envelope(message).message().as_bytes()
    except ValueError:
        return

    parsed = message_from_bytes(raw, policy=policy.default)
    assert set(parsed.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"
    }  # fmt: skip
    assert parsed["To"] == "kim@school.example"
    assert parsed["Message-ID"] == f"<{message.public_id}@testserver>"


def test_every_order_delivered_three_times_in_any_order_sends_each_mail_once(server):
    messages = [write(to=f"person{n}@school.example") for n in range(4)]
    orders = [message.pk for message in messages] * 3

    results = [send_message(pk) for pk in (*orders[::2], *orders[1::2])]

    assert results.count(True) == 4
    assert sorted(each.to[0] for each in server) == [m.to for m in messages]
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_the_id_of_a_mail_is_the_same_at_every_try_so_that_readers_see_one(server):
    message = write()

    ids = {envelope(message).extra_headers["Message-ID"] for _try in range(3)}

    assert ids == {f"<{message.public_id}@testserver>"}


def test_an_order_for_a_mail_that_is_gone_does_nothing(server):
    message = write()
    Message.objects.all().delete()

    assert send_message(message.pk) is False
    assert server == []


def test_a_broker_that_is_down_spoils_no_answer_and_the_sweep_makes_it_good(
    server, monkeypatch, django_capture_on_commit_callbacks
):
    def down(*ids):
        raise ConnectionError

    monkeypatch.setattr(send_message, "delay", down)

    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        message = write()
        wake(send_message, message.pk)

    assert [len(callbacks), server] == [2, []]
    assert clock.run_sweeps()["mail"] == 1
    assert [each.to for each in server] == [["kim@school.example"]]


@pytest.mark.django_db(transaction=True)
def test_a_person_gets_an_answer_though_no_order_can_be_given(client, monkeypatch, settings):
    def down(*args, **options):
        raise ConnectionError

    monkeypatch.setattr(send_message, "delay", down)

    response = client.post(
        "/help/ask/", {"text": "Does it cost anything?", "visitor_email": "vic@home.example"}
    )

    assert response.status_code == 302
    assert Message.objects.unsent().values_list("to", flat=True).get() == "vic@home.example"


def test_the_sweep_sends_the_oldest_first_and_at_most_five_hundred(server):
    Message.objects.bulk_create(
        Message(to=f"p{n}@school.example", template="x", subject=str(n), text="t", html="h")
        for n in range(502)
    )

    sent = [mail.send_waiting(), mail.send_waiting()]

    assert sent == [500, 2]
    assert sorted(int(each.subject) for each in server) == list(range(502))


def test_the_database_itself_refuses_a_second_mail_of_one_event():
    write(event="decided 7")

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(to="kim@school.example", event="decided 7", template="x")

    assert list(mail.duplicates()) == []


def test_mail_goes_out_in_text_and_html_through_the_worker_by_its_known_name():
    assert "portal.tasks.send_message" in app.tasks
