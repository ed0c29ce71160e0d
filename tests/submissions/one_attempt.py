"""One attempt as a machine: whatever its people and the clock do, in any order."""

from datetime import timedelta

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from catalog.models import Part
from portal.duties import registry
from portal.refusal import Refused
from reviews import actions as reviewing
from submissions import actions
from submissions.models import Attempt, Evidence, Response, SubmittedPart
from tests.factories import EditionFactory, MemberFactory, StaffFactory
from tests.reviews.factories import ReviewerFactory, answers

WRITTEN = [Part.Kind.OVERVIEW, Part.Kind.REFLECTION]
TITLES = ["Quality of the plan", *(str(Part.Kind(kind).label) for kind in WRITTEN)]
SWEEPS = [
    actions.reset_overdue,
    actions.remind,
    reviewing.free_stranded,
    reviewing.replace_overdue,
    reviewing.fill_seats,
    reviewing.remind_due,
]
kinds = st.sampled_from(WRITTEN)
sure = st.sampled_from([False, False, False, True])
notes = st.sampled_from(["", "Clearer goals."])
unders = st.lists(st.sampled_from(TITLES), max_size=2, unique=True)


class OneAttempt(RuleBasedStateMachine):
    """What was saved, handed in and decided is remembered beside the rows and compared."""

    def __init__(self):
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.now = time_machine.travel(timezone.now(), tick=False)
        self.clock = self.now.__enter__()
        self.texts, self.frozen, self.decided = {}, {}, {}

    @initialize(is_finished=st.booleans())
    def people(self, is_finished):
        cache.clear()
        self.edition = EditionFactory()
        for requirement in self.part(Part.Kind.ARTIFACTS).requirements.all():
            type(requirement).objects.filter(pk=requirement.pk).update(kinds=["link"])
        self.educator, self.staff = MemberFactory(), StaffFactory()
        ReviewerFactory.create_batch(5, capacity=9)
        self.start()
        if is_finished:
            self.hand_in("")

    def teardown(self):
        transaction.set_rollback(True)
        self.now.__exit__(None, None, None)
        self.room.__exit__(None, None, None)

    def part(self, kind):
        return self.edition.parts.get(kind=kind)

    @property
    def attempt(self):
        return Attempt.objects.order_by("-pk").first()

    def progress(self, kind):
        return self.attempt.progress.get(part__kind=kind)

    def expect(self, may, move):
        """Make a move that must be refused exactly when it may not be."""
        try:
            done = move()
        except Refused:
            assert not may
            return None
        assert may
        return done

    @rule()
    def start(self):
        before = Attempt.objects.live().first()
        attempt = actions.start(self.edition.micro_certification, by=self.educator)
        assert before is None or attempt == before

    @rule(kind=kinds, words=st.integers(0, 300), stale=st.booleans())
    def save(self, kind, words, stale):
        progress = self.progress(kind)
        text = f"{timezone.now():%j} " * words
        answers = {question.pk: text for question in progress.part.questions.all()}
        may = progress.attempt.is_editable and not stale
        self.expect(
            may,
            lambda: actions.save_answers(progress, answers, seen=progress.saves + stale),
        )
        if may:
            self.texts |= {(progress.pk, pk): text for pk in answers}

    @precondition(lambda self: self.attempt.is_editable)
    @rule()
    def finish(self):
        attempt = self.attempt
        actions.accept_agreement(self.progress(Part.Kind.AGREEMENT))
        for kind in WRITTEN:
            progress = self.progress(kind)
            text = f"round {attempt.submissions.count()} " * 70
            answers = {question.pk: text for question in progress.part.questions.all()}
            actions.save_answers(progress, answers)
            self.texts |= {(progress.pk, pk): text for pk in answers}
            actions.complete(progress)
        for number in range(2):
            self.add(number)
        actions.complete(self.progress(Part.Kind.ARTIFACTS))

    @rule(number=st.integers(0, 1))
    def add(self, number):
        progress = self.progress(Part.Kind.ARTIFACTS)
        requirement = list(progress.part.requirements.all())[number]
        have = progress.attempt.evidence.kept().filter(requirement=requirement).count()
        url = f"https://example.org/{number}/{have}"
        may = progress.attempt.is_editable and have < 20
        self.expect(may, lambda: actions.add_link(progress, requirement, url))

    @precondition(lambda self: Evidence.objects.kept().exists())
    @rule()
    def remove(self):
        evidence = Evidence.objects.kept().order_by("-pk").first()
        progress = evidence.attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
        self.expect(evidence.attempt.is_editable, lambda: actions.remove(progress, evidence))

    @precondition(lambda self: self.attempt.is_editable)
    @rule(note=notes)
    def hand_in(self, note):
        self.finish()
        self.submit(note)

    @rule(note=notes)
    def submit(self, note):
        attempt = self.attempt
        before = attempt.submissions.count()
        try:
            submission = actions.submit(attempt, note)
        except Refused:
            assert attempt.submissions.count() == before
            return
        rows = SubmittedPart.objects.filter(submission=submission)
        self.frozen[submission.pk] = list(rows.values_list("part", "answers", "digest"))

    def seats(self):
        submission = self.attempt.submissions.undecided().first()
        return list(submission.reviews.open().order_by("seat")) if submission else []

    def in_review(self):
        return self.attempt.status == Attempt.Status.IN_REVIEW

    @precondition(in_review)
    @rule(under=unders, number=st.integers(0, 1))
    def score(self, under, number):
        for review in self.seats()[number : number + 1]:
            reviewing.save_scores(review, answers(review, under))
            reviewing.score(review, by=review.reviewer.user)

    @precondition(in_review)
    @rule(unders=st.tuples(unders, unders))
    def score_both(self, unders):
        for review, under in zip(self.seats(), unders, strict=False):
            reviewing.save_scores(review, answers(review, under))
            reviewing.score(review, by=review.reviewer.user)

    @precondition(in_review)
    @rule()
    def recuse(self):
        for review in self.seats()[:1]:
            reviewing.recuse(review, by=review.reviewer.user)

    @precondition(in_review)
    @rule(sure=sure)
    def give_back(self, sure):
        submission = self.attempt.submissions.undecided().first()
        if submission and sure:
            actions.return_incomplete(submission, "A file is missing.", by=self.staff)

    @rule(sure=sure)
    def withdraw(self, sure):
        if not sure:
            return
        may = Attempt.lifecycle.allows(self.attempt.status, Attempt.Status.WITHDRAWN)
        self.expect(may, lambda: actions.withdraw(self.attempt, by=self.educator))

    @rule(days=st.sampled_from([1, 1, 11, 15, 200]))
    def wait(self, days):
        self.clock.shift(timedelta(days=days))
        for sweep in SWEEPS:
            sweep()
        assert not Attempt.objects.overdue(timezone.now()).exists()

    @invariant()
    def every_rule_of_the_house_holds(self):
        told = [line for one in registry.invariants for line in one.breaches()]
        assert told == []

    @invariant()
    def nothing_once_saved_is_lost(self):
        kept = Response.objects.values_list("progress", "question", "text")
        assert {(progress, question): text for progress, question, text in kept} == self.texts

    @invariant()
    def a_round_never_changes(self):
        rows = SubmittedPart.objects.values_list("submission", "part", "answers", "digest")
        now = {}
        for submission, *row in rows:
            now.setdefault(submission, []).append(tuple(row))
        assert now == self.frozen

    @invariant()
    def a_decision_stands(self):
        for attempt in Attempt.objects.all():
            for one in attempt.submissions.exclude(outcome=""):
                verdict = (one.outcome, one.decided_at)
                assert self.decided.setdefault(one.pk, verdict) == verdict
