"""Whatever is booked, released, spent, voided and corrected, in any order, the ledger holds."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from credits import actions
from credits.models import HoursEntry, UnitApplication
from credits.requests import Wish
from portal.duties import registry
from portal.payments import actions as payments
from portal.refusal import Refused
from submissions.models import Submission
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    TermFactory,
    psea_member,
    psea_staff,
)
from tests.factories import EditionFactory, started_attempt

pytestmark = pytest.mark.django_db

WORKS = 3
picks = st.integers(min_value=0, max_value=30)
amounts = st.sampled_from([Decimal(5), Decimal(15), Decimal(20), Decimal("7.5")])


class Ledger(RuleBasedStateMachine):
    """One educator, three works, four programs; every rule below is one click of somebody."""

    @initialize()
    def open_the_books(self):
        self.outside = transaction.atomic()
        self.outside.__enter__()
        self.educator, self.staff = psea_member(), psea_staff()
        home = self.educator.association
        Act48Factory(), Chapter14Factory()
        chico = ChicoFactory(association=home)
        odd = ChicoFactory(code="odd-units", association=home, hours_per_unit=Decimal(10))
        self.terms = [TermFactory(program=program) for program in (chico, odd)]
        self.attempts = [started_attempt(self.educator, EditionFactory()) for _ in range(WORKS)]

    def teardown(self):
        if hasattr(self, "outside"):
            transaction.set_rollback(True)
            self.outside.__exit__(None, None, None)

    def line(self, pick):
        lines = list(HoursEntry.objects.order_by("pk"))
        return lines[pick % len(lines)] if lines else None

    def application(self, pick):
        mine = list(UnitApplication.objects.order_by("pk"))
        return mine[pick % len(mine)] if mine else None

    def attempted(self, act, row, *args):
        if row is None:
            return
        try:
            act(row, *args, by=self.staff)
        except Refused:
            return

    @rule(pick=picks)
    def a_round_is_complete(self, pick):
        moment = self.attempts[0].started_at
        attempt = self.attempts[pick % WORKS]
        actions.book_completion(Submission(attempt=attempt, submitted_at=moment))

    @rule(pick=picks)
    def a_round_passes(self, pick):
        moment = self.attempts[0].started_at
        attempt = self.attempts[pick % WORKS]
        actions.book_attainment(Submission(attempt=attempt, decided_at=moment))

    @rule(pick=picks)
    def a_round_is_returned(self, pick):
        actions.hold_returned(Submission(attempt=self.attempts[pick % WORKS]))

    @rule(pick=picks)
    def staff_release(self, pick):
        self.attempted(actions.issue, self.line(pick))

    @rule(pick=picks)
    def staff_hold(self, pick):
        self.attempted(actions.hold, self.line(pick), "Checking.")

    @rule(pick=picks)
    def staff_resume(self, pick):
        self.attempted(actions.resume, self.line(pick))

    @rule(pick=picks)
    def staff_void(self, pick):
        self.attempted(actions.void, self.line(pick), "Twice.")

    @rule(pick=picks, hours=amounts)
    def staff_correct(self, pick, hours):
        self.attempted(actions.correct, self.line(pick), hours, "Recounted.")

    @rule(pick=picks, units=st.integers(min_value=1, max_value=3))
    def the_educator_applies(self, pick, units):
        wish = Wish(self.terms[pick % len(self.terms)], units)
        self.attempted(lambda _row, by: actions.apply(uuid.uuid4(), wish, by=self.educator), wish)

    @rule(pick=picks)
    def the_educator_withdraws(self, pick):
        self.attempted(actions.withdraw, self.application(pick))

    @rule(pick=picks)
    def staff_verify(self, pick):
        self.attempted(actions.verify, self.application(pick))

    @rule(pick=picks)
    def staff_reject(self, pick):
        self.attempted(actions.reject, self.application(pick), "Please call us.")

    @rule(pick=picks)
    def the_fee_comes(self, pick):
        application = self.application(pick)
        owed = application.charge if application else None
        self.attempted(payments.pay, owed, "check 1")

    @invariant()
    def every_rule_of_credit_holds(self):
        rules = [rule for rule in registry.invariants if "credits" in rule.breaches.__module__]
        assert [sentence for rule in rules for sentence in rule.breaches()] == []

    @invariant()
    def hours_are_free_or_taken_and_nothing_is_both(self):
        for line in HoursEntry.objects.with_left():
            taken = line.items.exclude(state="freed").values_list("hours", flat=True)
            assert line.left == line.hours - sum(taken, Decimal(0))
            assert 0 <= line.left <= line.hours
            assert len([item for item in line.items.all() if item.state == "held"]) <= 1

    @invariant()
    def a_work_never_earns_more_than_its_program_awards(self):
        lines = HoursEntry.objects.counting().select_related("program")
        for line in lines:
            total = HoursEntry.objects.for_same_work(line).total()
            assert total in line.program.totals()

    @invariant()
    def what_units_cost_in_hours_is_exact(self):
        for application in UnitApplication.objects.spending().select_related("term__program"):
            hours = sum((item.hours for item in application.items.all()), Decimal(0))
            assert hours == application.units * application.term.program.hours_per_unit

    @invariant()
    def a_void_line_keeps_its_reason_and_nobody_spends_it(self):
        void = HoursEntry.objects.filter(status="void")
        assert [line.reason != "" for line in void] == [True] * len(void)
        assert void.filter(items__state__in=["held", "spent"]).count() == 0


Ledger.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class TestTheLedger(Ledger.TestCase, TestCase):
    """The machine, run by pytest with a database."""
