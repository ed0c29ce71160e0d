"""What happens to a question: asked, due, answered, closed."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.duties import registry
from portal.models import Entry, Message
from portal.refusal import Refused
from portal.support import actions, queues
from portal.support.models import Question
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.support.factories import answered, asked, asked_by_visitor

pytestmark = pytest.mark.django_db

LEGAL = {("open", "answered"), ("answered", "closed")}


@pytest.mark.parametrize(("origin", "goal"), list(product(Question.Status.values, repeat=2)))
def test_a_question_goes_from_open_to_answered_to_closed_and_nowhere_else(origin, goal):
    is_legal = Question.lifecycle.allows(origin, goal)

    assert is_legal == ((origin, goal) in LEGAL)


@time_machine.travel(datetime(2027, 3, 13, 18, tzinfo=UTC), tick=False)
def test_an_answer_is_due_48_hours_later_also_when_the_clocks_change():
    question = asked()

    assert question.due_at == datetime(2027, 3, 15, 18, tzinfo=UTC)


def test_asking_writes_one_mail_and_one_line_of_the_journal():
    question = asked(UserFactory(email="erin@school.example"))

    mails = Message.objects.values_list("template", "to")
    assert list(mails) == [("question_received", "erin@school.example")]
    assert Entry.objects.get(event="question asked").subject_id == str(question.public_id)


def test_the_same_words_of_the_same_person_are_one_question():
    educator = UserFactory()
    first = asked(educator, "How do I begin?")

    second = asked(educator, "  How do I\nbegin? ")

    assert second == first
    assert Message.objects.count() == 1


def test_the_same_words_of_another_person_are_another_question():
    asked(UserFactory(), "How do I begin?")

    asked(UserFactory(), "How do I begin?")

    assert Question.objects.count() == 2


def test_an_answered_question_may_be_asked_again():
    educator = UserFactory()
    answered(educator, "How do I begin?")

    asked(educator, "How do I begin?")

    assert Question.objects.open().count() == 1


def test_the_confirmation_to_a_visitor_repeats_nothing_that_was_typed():
    asked_by_visitor("Buy cheap pencils at pencils.example", "someone@else.example")

    message = Message.objects.get(to="someone@else.example")
    assert "pencils" not in message.text + message.html
    assert "Vic" not in message.text + message.html
    assert "ignore this mail" in message.text


def test_the_answer_is_mailed_with_the_question():
    question = asked(UserFactory(email="erin@school.example"), "Is PDF fine & good?")

    actions.answer(question, "  Yes, it's best. ", by=StaffFactory())

    message = Message.objects.get(template="question_answered")
    assert message.to == "erin@school.example"
    assert "Is PDF fine & good?" in message.text
    assert "Yes, it's best." in message.text
    assert "Is PDF fine &amp; good?" in message.html
    assert question.answer == "Yes, it's best."


def test_an_empty_answer_is_refused_and_the_question_waits():
    question = asked()

    with pytest.raises(Refused, match="still waits"):
        actions.answer(question, " \n ", by=StaffFactory())

    question.refresh_from_db()
    assert question.status == Question.Status.OPEN


def test_two_staff_who_answer_at_once_send_one_mail():
    question = asked()
    same = Question.objects.get(pk=question.pk)
    actions.answer(question, "First.", by=StaffFactory())

    with pytest.raises(Refused, match="Someone changed this"):
        actions.answer(same, "Second.", by=StaffFactory())

    assert Message.objects.filter(template="question_answered").count() == 1
    assert Question.objects.get().answer == "First."


def test_an_open_question_is_not_closed_without_an_answer():
    question = asked()

    with pytest.raises(Refused):
        actions.close(question, by=StaffFactory())

    assert Question.objects.get().status == Question.Status.OPEN


def test_a_question_nobody_can_answer_is_not_stored():
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(page="/", text="Hm", fingerprint="x", due_at=timezone.now())

    assert Question.objects.count() == 0


def test_staff_are_reminded_once_within_12_hours_of_the_due_time():
    question = asked(UserFactory(association=AssociationFactory(slug="psea")))
    with time_machine.travel(question.due_at - timedelta(hours=13)):
        too_early = actions.remind_staff()

    with time_machine.travel(question.due_at - timedelta(hours=11)):
        runs = [actions.remind_staff(), actions.remind_staff()]

    assert (too_early, runs) == (0, [1, 0])
    reminders = Message.objects.filter(template="question_due").values_list("to", flat=True)
    assert list(reminders) == ["help@psea.example"]


def test_staff_are_not_reminded_of_an_answered_question():
    question = answered()

    with time_machine.travel(question.due_at):
        count = actions.remind_staff()

    assert count == 0


def test_everyone_is_reminded_of_a_question_without_an_association():
    AssociationFactory(slug="cta")
    AssociationFactory(slug="psea")
    question = asked_by_visitor()

    with time_machine.travel(question.due_at):
        actions.remind_staff()

    reminders = Message.objects.filter(template="question_due").values_list("to", flat=True)
    assert sorted(reminders) == ["help@cta.example", "help@psea.example"]


def test_a_reminder_holds_no_word_of_the_question():
    question = asked(text="My principal said something private.")

    with time_machine.travel(question.due_at):
        actions.remind_staff()

    message = Message.objects.get(template="question_due")
    assert "private" not in message.text + message.html
    assert f"/staff/help/{question.public_id}/" in message.text


def test_the_probes_watch_reminders_that_nobody_wrote():
    question = asked()
    before = queues.oldest_reminder()

    with time_machine.travel(question.due_at):
        waiting = queues.oldest_reminder()

    assert before is None
    assert waiting == question.due_at - timedelta(hours=12)


def test_the_staffs_day_counts_their_open_questions_only():
    staff = StaffFactory()
    asked()
    answered()
    asked(UserFactory(association=AssociationFactory(slug="psea")))
    line = next(line for line in registry.staff_lines if line.url_name == "staff-help")

    assert line.count(staff) == 1


def test_a_question_is_told_by_its_standing():
    question = asked_by_visitor()

    assert str(question) == f"Question {question.public_id}: Waiting for an answer"
    assert question.asked_by == "Vic Visitor"
    assert question.reply_to == "vic@home.example"


def test_the_takeout_holds_ones_own_questions_and_answers():
    educator = UserFactory()
    answered(educator, "How do I begin?")
    asked(educator, "And then?")
    asked(text="Not mine")
    part = next(part for part in registry.takeout if part.name == "questions")

    files = dict(part.files(educator))

    assert list(files) == ["questions/001.txt", "questions/002.txt"]
    assert b"How do I begin?\n\nPress Start.\n" in files["questions/001.txt"]
    assert b"And then?\n\nWaiting for an answer\n" in files["questions/002.txt"]
