"""Batches: asked for, made by a task, answered by the university."""

import json

import pytest
from django.db import connection

from credits import actions
from credits.models import EnrollmentBatch, UnitApplication
from credits.requests import Confirmation
from credits.tasks import make_batch, make_waiting
from portal.accounts.models import User
from portal.models import Entry, Message
from portal.refusal import Refused
from tests.credits.factories import TermFactory, applied, batched, paid, verified
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

STUDENT_ID = "012345678"


def fresh(row):
    row.refresh_from_db()
    return row


def answer(application, student_id=STUDENT_ID, grade=""):
    return Confirmation(str(application.public_id), student_id, grade)


def test_a_batch_takes_every_paid_application_of_its_term_and_no_other():
    staff, term = StaffFactory(), TermFactory()
    mine = [paid(staff, term=term) for _number in range(2)]
    others = [verified(staff, term=term), applied(term=term), paid(staff, term=TermFactory())]

    batch = actions.request_batch(term, by=staff)
    make_waiting()

    assert set(batch.applications.all()) == set(mine)
    assert [fresh(other).batch for other in others] == [None, None, None]
    assert (fresh(batch).status, {fresh(one).status for one in mine}) == ("exported", {"batched"})


def test_asking_twice_gives_the_same_batch():
    staff = StaffFactory()
    term = paid(staff).term

    first = actions.request_batch(term, by=staff)
    second = actions.request_batch(term, by=staff)

    assert first == second
    assert EnrollmentBatch.objects.count() == 1


def test_a_task_delivered_twice_makes_the_batch_once():
    staff = StaffFactory()
    application = paid(staff)
    batch = actions.request_batch(application.term, by=staff)

    done = [make_batch(batch.pk), make_batch(batch.pk)]

    assert done == [True, False]
    assert Entry.objects.filter(event="application batched").count() == 1


def test_a_lost_task_is_made_good_by_the_sweep(django_capture_on_commit_callbacks):
    staff = StaffFactory()
    application = paid(staff)
    with django_capture_on_commit_callbacks(execute=False):
        actions.request_batch(application.term, by=staff)
    assert EnrollmentBatch.objects.oldest_to_make() is not None

    assert make_waiting() == 1

    assert (make_waiting(), EnrollmentBatch.objects.oldest_to_make()) == (0, None)


def test_the_task_runs_as_soon_as_the_request_is_kept(django_capture_on_commit_callbacks):
    staff = StaffFactory()
    application = paid(staff)

    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.request_batch(application.term, by=staff)

    assert fresh(batch).status == "exported"


def test_what_is_paid_later_goes_into_a_later_batch():
    staff, term = StaffFactory(), TermFactory()
    first, _application = batched(staff, term=term)
    late = paid(staff, term=term)

    second = actions.request_batch(term, by=staff)
    make_waiting()

    assert fresh(late).batch == second
    assert first.applications.count() == 1


def test_a_term_without_paid_applications_has_no_batch():
    term = applied().term

    with pytest.raises(Refused, match="No paid application"):
        actions.request_batch(term, by=StaffFactory())

    assert EnrollmentBatch.objects.count() == 0


def test_the_roster_holds_what_the_university_asks_for():
    staff = StaffFactory(name="Stef Staff")
    educator = MemberFactory(name="Ana María Cruz", date_of_birth="1980-01-31")
    batch, application = batched(staff, educator=educator)

    columns, line = json.loads(batch.roster)

    row = dict(zip(columns, line, strict=True))
    title = application.items.get().entry.micro_certification.title
    assert row | {"verified_on": ""} == {
        "reference": str(application.public_id),
        "term": application.term.name,
        "last_name": "Cruz",
        "first_name": "Ana María",
        "date_of_birth": "01/31/1980",
        "email": educator.email,
        "student_id": "",
        "units": "1",
        "micro_certifications": title,
        "hours": "15.00",
        "verified_on": "",
        "verified_by": "Stef Staff",
        "fee_paid": "$75.00",
        "grade": "",
    }


def test_the_roster_is_encrypted_in_the_table():
    batched(StaffFactory(), educator=MemberFactory(date_of_birth="1980-01-31", name="Ana Cruz"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT roster FROM credits_enrollmentbatch")
        (kept,) = cursor.fetchone()

    assert ("Cruz" in kept, "1980" in kept) == (False, False)


def test_a_roster_that_is_still_being_made_can_not_be_downloaded():
    staff = StaffFactory()
    batch = actions.request_batch(paid(staff).term, by=staff)

    with pytest.raises(Refused, match="being made"):
        actions.content_of(batch, by=staff)


def test_the_university_enrolls_and_the_id_reaches_the_educator():
    staff = StaffFactory()
    batch, application = batched(staff)

    news = actions.confirm(batch, [answer(application)], by=staff)

    assert news == 1
    assert (fresh(application).status, application.student_id) == ("enrolled", STUDENT_ID)
    assert User.objects.get(pk=application.educator_id).university_id == STUDENT_ID
    assert application.items.get().state == "spent"
    assert fresh(batch).status == "confirmed"
    assert Message.objects.filter(template="units_enrolled").count() == 1


def test_the_same_answer_twice_changes_nothing_more():
    staff = StaffFactory()
    batch, application = batched(staff)
    actions.confirm(batch, [answer(application)], by=staff)

    news = actions.confirm(batch, [answer(application)], by=staff)

    assert news == 0
    assert Message.objects.filter(template="units_enrolled").count() == 1


def test_grades_may_come_with_the_answer_or_later():
    staff, term = StaffFactory(), TermFactory()
    first, second = paid(staff, term=term), paid(staff, term=term)
    batch = actions.request_batch(term, by=staff)
    make_waiting()

    actions.confirm(batch, [answer(first, grade="CR"), answer(second)], by=staff)
    actions.confirm(batch, [answer(first, grade="CR"), answer(second, grade="A-")], by=staff)

    assert [(fresh(one).status, one.grade) for one in (first, second)] == [
        ("graded", "CR"),
        ("graded", "A-"),
    ]


def test_an_answer_for_some_leaves_the_batch_unconfirmed():
    staff, term = StaffFactory(), TermFactory()
    first, second = paid(staff, term=term), paid(staff, term=term)
    batch = actions.request_batch(term, by=staff)
    make_waiting()

    actions.confirm(batch, [answer(first)], by=staff)

    assert (fresh(batch).status, fresh(second).status) == ("exported", "batched")


def test_an_answer_without_id_keeps_the_one_that_was_known():
    staff = StaffFactory()
    educator = MemberFactory(university_id="987654321")
    batch, application = batched(staff, educator=educator)

    actions.confirm(batch, [answer(application, student_id="")], by=staff)

    assert fresh(application).student_id == "987654321"


@pytest.mark.parametrize("student_id", ["12345678", "1234567890", "12345678a", "=1+1"])
def test_a_wrong_id_refuses_the_whole_file_and_names_the_line(student_id):
    staff, term = StaffFactory(), TermFactory()
    first, second = paid(staff, term=term), paid(staff, term=term)
    batch = actions.request_batch(term, by=staff)
    make_waiting()

    with pytest.raises(Refused, match="Line 3: that is no Chico State Portal ID"):
        actions.confirm(batch, [answer(first), answer(second, student_id)], by=staff)

    assert {fresh(first).status, fresh(second).status} == {"batched"}


def test_a_line_of_another_batch_or_one_twice_refuses_the_file():
    staff = StaffFactory()
    batch, application = batched(staff)
    _other, stranger = batched(staff, term=TermFactory())

    with pytest.raises(Refused, match="Line 2 names no application of this batch"):
        actions.confirm(batch, [answer(stranger)], by=staff)
    with pytest.raises(Refused, match="Line 3 names"):
        actions.confirm(batch, [answer(application), answer(application)], by=staff)

    assert fresh(application).status == "batched"


def test_an_empty_answer_is_refused():
    staff = StaffFactory()
    batch, _application = batched(staff)

    with pytest.raises(Refused, match="The file has no lines"):
        actions.confirm(batch, [], by=staff)


def test_every_application_is_in_exactly_one_batch_whatever_is_asked_for_again():
    staff, term = StaffFactory(), TermFactory()
    for _number in range(3):
        paid(staff, term=term)
        actions.request_batch(term, by=staff)
        make_waiting()
        make_waiting()

    assert UnitApplication.objects.filter(status="batched").exclude(batch=None).count() == 3
    assert EnrollmentBatch.objects.count() == 3
