"""Hours, units and batches at the same instant, on PostgreSQL (SAFETY T18, I7)."""

import uuid

import pytest
from django.db import transaction

from credits import actions, tasks
from credits.models import EnrollmentBatch, UnitApplication, UnitItem
from credits.requests import Wish
from portal.models import Entry, Message
from portal.payments import actions as payments
from portal.payments.models import Charge
from tests.credits.factories import (
    ChicoFactory,
    TermFactory,
    earn,
    paid,
)
from tests.factories import EditionFactory, MemberFactory, StaffFactory, started_attempt
from tests.races.harness import together
from tests.races.ledger import TIMES, broken, holds, kinds

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt():
    """Work that earned hours; every round gives the same line to another educator."""
    return started_attempt(MemberFactory(), EditionFactory())


def rich(attempt, hours=15):
    """A member with the hours of one unit."""
    with transaction.atomic():
        educator = MemberFactory()
        earn(educator, hours, attempt=attempt)
    return educator


def applying(educator, term, key=None):
    return lambda: actions.apply(key or uuid.uuid4(), Wish(term, 1), by=educator)


def test_two_applications_for_the_same_hours_leave_one(attempt):
    term, outcomes = TermFactory(program=ChicoFactory()), []
    for _round in range(TIMES):
        educator = rich(attempt)
        outcomes.append(kinds(together(applying(educator, term), applying(educator, term))))

    assert outcomes == [["done", "refused"]] * TIMES
    assert UnitApplication.objects.count() == UnitItem.objects.count() == TIMES
    assert holds()


def test_two_terms_never_share_an_hour(attempt):
    program = ChicoFactory()
    terms, outcomes = (TermFactory(program=program), TermFactory(program=program)), []
    for _round in range(TIMES):
        educator = rich(attempt, 29)
        outcomes.append(kinds(together(*(applying(educator, term) for term in terms))))

    assert outcomes == [["done", "refused"]] * TIMES
    assert holds()


def test_a_double_click_on_apply_is_one_application(attempt):
    term, outcomes = TermFactory(program=ChicoFactory()), []
    for _round in range(TIMES):
        send = applying(rich(attempt), term, uuid.uuid4())
        first, second = together(send, send)
        outcomes.append(first == second)

    assert outcomes == [True] * TIMES
    assert Message.objects.filter(template="units_received").count() == TIMES
    assert holds()


def test_apply_against_withdraw_never_spends_twice(attempt):
    term, odd = TermFactory(program=ChicoFactory()), []
    for _round in range(TIMES):
        educator = rich(attempt)
        first = applying(educator, term)()
        results = together(
            applying(educator, term),
            lambda what=first, who=educator: actions.withdraw(what, by=who),
        )
        standing = sorted(educator.unit_applications.values_list("status", flat=True))
        applied = not isinstance(results[0], Exception)
        if standing != (["submitted", "withdrawn"] if applied else ["withdrawn"]):
            odd.append((results, standing))

    assert odd == []
    assert holds()


def test_two_staff_who_verify_at_once_charge_once(attempt):
    term, staff, outcomes = TermFactory(program=ChicoFactory()), StaffFactory(), []
    for _round in range(TIMES):
        application = applying(rich(attempt), term)()
        verify = lambda what=application: actions.verify(what, by=staff)
        outcomes.append(kinds(together(verify, verify)))

    assert outcomes == [["done", "done"]] * TIMES
    assert Charge.objects.count() == TIMES
    assert Message.objects.filter(template="units_verified").count() == TIMES


def test_verify_against_reject_has_one_winner(attempt):
    term, staff, odd = TermFactory(program=ChicoFactory()), StaffFactory(), []
    for _round in range(TIMES):
        application = applying(rich(attempt), term)()
        results = together(
            lambda what=application: actions.verify(what, by=staff),
            lambda what=application: actions.reject(what, "Too late.", by=staff),
        )
        application.refresh_from_db()
        owes = Charge.objects.filter(unit_application=application).exists()
        if kinds(results) != ["done", "refused"] or owes != (application.status == "verified"):
            odd.append((results, application.status, owes))

    assert odd == []
    assert holds()


def test_void_against_apply_never_leaves_spent_void_hours(attempt):
    term, staff, odd = TermFactory(program=ChicoFactory()), StaffFactory(), []
    for _round in range(TIMES):
        educator = MemberFactory()
        line = earn(educator, attempt=attempt)
        results = together(
            applying(educator, term), lambda what=line: actions.void(what, "Wrong.", by=staff)
        )
        if kinds(results) != ["done", "refused"]:
            odd.append(results)

    assert odd == []
    assert holds()


def test_pay_against_withdraw_has_one_winner_and_no_deadlock(attempt):
    term, staff, odd = TermFactory(program=ChicoFactory()), StaffFactory(), []
    for _round in range(TIMES):
        educator = rich(attempt)
        application = applying(educator, term)()
        actions.verify(application, by=staff)
        charge = Charge.objects.get(unit_application=application)
        results = together(
            lambda owed=charge: payments.pay(owed, "check 7", by=staff),
            lambda what=application, who=educator: actions.withdraw(what, by=who),
        )
        application.refresh_from_db(), charge.refresh_from_db()
        pair = (application.status, charge.status)
        if kinds(results) != ["done", "refused"] or broken(results):
            odd.append(results)
        elif pair not in {("paid", "paid"), ("withdrawn", "waived")}:
            odd.append(pair)

    assert odd == []
    assert holds()


def test_two_requests_at_once_make_one_batch():
    staff, term = StaffFactory(), TermFactory(program=ChicoFactory())
    template, outcomes = paid(staff, term=term), []
    EnrollmentBatch.objects.all().delete()
    for _round in range(TIMES // 2):
        UnitApplication.objects.filter(pk=template.pk).update(status="paid", batch=None)
        before = EnrollmentBatch.objects.count()
        ask = lambda: actions.request_batch(term, by=staff)
        results = together(ask, ask)
        tasks.make_waiting()
        template.refresh_from_db()
        outcomes.append((broken(results), EnrollmentBatch.objects.count() - before))

    assert outcomes == [([], 1)] * (TIMES // 2)
    assert template.status == "batched"


def test_a_task_delivered_twice_at_once_batches_each_application_once():
    staff, term = StaffFactory(), TermFactory(program=ChicoFactory())
    application, outcomes = paid(staff, term=term), []
    for _round in range(TIMES):
        UnitApplication.objects.filter(pk=application.pk).update(status="paid", batch=None)
        batch = EnrollmentBatch.objects.create(term=term, requested_by=staff)
        make = lambda key=batch.pk: tasks.make_batch(key)
        outcomes.append(sorted(together(make, make)))

    assert outcomes == [[False, True]] * TIMES
    assert Entry.objects.filter(event="application batched").count() == TIMES
