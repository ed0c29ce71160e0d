"""Synthetic attempts: their dates follow the clocks, and the real actions can go on from them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db.models import Count, F, Q
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Part
from portal.growing import Chance
from portal.payments.models import Charge
from portal.refusal import Refused
from submissions import actions
from submissions.completeness import missing_in_depth, word_count
from submissions.deadlines import GRACE_DAYS, MONTHS, six_months_after
from submissions.digests import part_digest
from submissions.growth import stages
from submissions.growth.stages import FEE_DUE, NOT_YET, OPEN, PASS, RETURNED, STAGES
from submissions.models import Attempt, Evidence, Progress, Submission, SubmittedPart
from tests.factories import revise
from tests.grown import shared

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
Status = Attempt.Status
BY_STATUS = {stage.status: stage for stage in (*STAGES, FEE_DUE)}
seeds = st.integers(min_value=0, max_value=10**9)


def drawn(status, seed):
    """The days of one attempt of this standing."""
    return stages.timeline(BY_STATUS[status], NOW, Chance(str(seed)))


def moments(timeline):
    """All its moments in the order they should have."""
    rounds = [moment for turn in timeline.turns for moment in (turn.submitted_at, turn.ended_at)]
    return [timeline.began_at, *filter(None, rounds), *filter(None, [timeline.closed_at])]


@given(st.sampled_from(sorted(BY_STATUS)), seeds)
def test_time_runs_forward_and_ends_before_now(status, seed):
    seen = moments(drawn(status, seed))

    assert seen == sorted(seen)
    assert seen[-1] <= NOW


@given(st.sampled_from(sorted(BY_STATUS)), seeds)
def test_all_rounds_but_the_last_came_back(status, seed):
    outcomes = [turn.outcome for turn in drawn(status, seed).turns]

    assert set(outcomes[:-1]) <= {NOT_YET}
    assert outcomes[-1:] in expected_ends(status)


def expected_ends(status):
    """What the last round of an attempt of this standing may be."""
    ends = {
        Status.IN_REVIEW: [[OPEN]],
        Status.PASSED: [[PASS]],
        Status.NOT_YET: [[NOT_YET]],
        Status.RETURNED: [[RETURNED]],
        Status.DENIED: [[RETURNED]],
        Status.RESET: [[], [NOT_YET]],
    }
    return ends.get(status, [[]])


@given(seeds)
def test_the_first_round_is_handed_in_within_the_six_months(seed):
    for status in (Status.PASSED, Status.IN_REVIEW, Status.NOT_YET, Status.RESET):
        timeline = drawn(status, seed)
        for turn in timeline.turns[:1]:
            due_on = six_months_after(timeline.began_at.date())
            assert turn.submitted_at.date() <= due_on


@given(seeds)
def test_each_later_round_is_handed_in_within_the_days_of_grace(seed):
    turns = drawn(Status.PASSED, seed).turns

    gaps = [later.submitted_at - earlier.ended_at for earlier, later in pairwise(turns)]
    assert [gap for gap in gaps if gap > timedelta(days=GRACE_DAYS)] == []


def test_only_who_owes_the_fee_can_wait_for_it():
    chance = Chance("1")
    members = {stages.choose(chance, is_member=True).status for _time in range(400)}
    others = {stages.choose(chance, is_member=False).status for _time in range(400)}

    assert members == {stage.status for stage in STAGES}
    assert others == members | {Status.FEE_DUE}


def test_the_shares_are_those_of_a_hundred():
    assert sum(stage.share for stage in STAGES) == 100


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker):
    """A hundred and fifty attempts."""
    with shared(django_db_blocker, 60, 150):
        yield


def all_of(*statuses):
    return Attempt.objects.filter(status__in=statuses).select_related("association")


@pytest.mark.usefixtures("grown", "db")
def test_what_can_be_worked_on_is_due_in_time_to_come():
    open_ones = all_of(*Attempt.EDITABLE)

    assert open_ones.filter(due_at__lte=timezone.now()).count() == 0
    assert {attempt.is_editable for attempt in open_ones} == {True}


@pytest.mark.usefixtures("grown", "db")
def test_a_due_date_is_six_months_after_the_start_or_later_after_a_not_yet():
    for attempt in all_of(*Status.values).exclude(started_at=None):
        began = timezone.localdate(attempt.started_at, attempt.association.zone)
        came_back = attempt.submissions.filter(Q(outcome=NOT_YET) | Q(status="returned"))
        first = six_months_after(began)
        assert attempt.due_at == attempt.association.end_of(attempt.due_on)
        assert attempt.due_on == first or (attempt.due_on > first and came_back.exists())


@pytest.mark.usefixtures("grown", "db")
def test_what_was_reset_was_closed_by_the_clock_after_its_time():
    resets = all_of(Status.RESET)

    assert {attempt.closed_at > attempt.due_at for attempt in resets} == {True}
    assert resets.filter(closed_at__gt=timezone.now()).count() == 0


@pytest.mark.usefixtures("grown", "db")
def test_a_clock_runs_only_where_membership_or_a_settled_fee_let_it():
    strangers = Attempt.objects.filter(was_member=False)
    waiting = strangers.filter(status=Status.FEE_DUE)

    assert set(waiting.values_list("charge__status", flat=True)) == {Charge.Status.DUE}
    assert set(strangers.exclude(status=Status.FEE_DUE).values_list("charge__status")) <= {
        (Charge.Status.PAID,),
        (Charge.Status.WAIVED,),
    }
    assert (
        Charge.objects.filter(settled_at__isnull=False, created_at__gt=F("settled_at")).count() == 0
    )


@pytest.mark.usefixtures("grown", "db")
def test_nobody_attempts_the_same_thing_twice():
    pairs = Attempt.objects.values("educator", "micro_certification").annotate(count=Count("pk"))

    assert pairs.filter(count__gt=1).count() == 0


@pytest.mark.usefixtures("grown", "db")
def test_an_answer_has_about_three_hundred_words_a_part():
    rows = Progress.objects.filter(part__kind=Part.Kind.OVERVIEW, status="completed")
    counts = [
        sum(word_count(answer.text) for answer in row.responses.all())
        for row in rows.prefetch_related("responses")
    ]

    assert counts
    assert {250 <= count <= 500 for count in counts} == {True}


@pytest.mark.usefixtures("grown", "db")
def test_the_digest_of_a_latest_round_is_that_of_its_own_texts_and_links():
    parts = SubmittedPart.objects.select_related("submission__attempt", "part")
    for part in parts:
        links = part.submission.evidence.all() if part.part.kind == Part.Kind.ARTIFACTS else []
        edition = part.submission.attempt.edition_id
        assert part.digest == part_digest(edition, part.answers, part.option, links)


@pytest.mark.usefixtures("grown", "db")
def test_a_carried_part_passed_unchanged_in_the_round_before_and_no_other_did():
    later = Submission.objects.filter(round__gt=1).prefetch_related("parts")
    assert later
    for submission in later:
        before = submission.attempt.submissions.get(round=submission.round - 1)
        passed = set(before.parts.filter(passed=True).values_list("part", "digest"))
        for part in submission.parts.all():
            assert part.is_carried == ((part.part_id, part.digest) in passed)


@pytest.mark.usefixtures("grown", "db")
def test_what_was_worked_on_again_is_taken_out_and_a_new_link_stands_in_its_place():
    removed = Evidence.objects.filter(status=Evidence.Status.REMOVED)

    assert removed
    for item in removed:
        assert item.submissions.exists()
        assert item.attempt.evidence.counting().filter(requirement=item.requirement).exists()


@pytest.mark.usefixtures("grown", "db")
def test_every_link_was_handed_in_before_the_round_that_shows_it():
    shown = Submission.evidence.through.objects.filter(
        evidence__received_at__gt=F("submission__submitted_at")
    )

    assert shown.count() == 0


def completed_parts(attempt):
    return attempt.progress.filter(status="completed").count()


@pytest.mark.usefixtures("grown", "db")
def test_a_grown_attempt_with_all_parts_completed_can_be_submitted():
    started = [one for one in all_of(Status.IN_PROGRESS) if completed_parts(one) == 4]

    submitted = [actions.submit(attempt) for attempt in started[:3]]

    assert [submission.round for submission in submitted] == [1, 1, 1]
    assert {missing for one in started for missing in missing_in_depth(one)} == set()


@pytest.mark.usefixtures("grown", "db")
def test_a_grown_attempt_that_lacks_something_is_refused():
    begun = next(one for one in all_of(Status.IN_PROGRESS) if completed_parts(one) < 4)

    with pytest.raises(Refused):
        actions.submit(begun)


@pytest.mark.usefixtures("grown", "db")
def test_a_not_yet_can_be_handed_in_again_and_keeps_what_passed():
    attempt = all_of(Status.NOT_YET).first()
    before = attempt.submissions.order_by("-round").first()
    kept = set(before.parts.filter(passed=True).values_list("part", flat=True))
    revise(attempt)

    again = actions.submit(attempt)

    assert again.round == before.round + 1
    assert set(again.parts.filter(is_carried=True).values_list("part", flat=True)) == kept


@pytest.mark.usefixtures("grown", "db")
def test_a_fee_that_is_paid_starts_the_clock(staff):
    attempt = all_of(Status.FEE_DUE).select_related("charge").first()

    actions.open_paid(attempt.charge)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.progress.count()) == (Status.IN_PROGRESS, 5)
    assert attempt.due_on > timezone.now().date() + timedelta(days=30 * (MONTHS - 1))


@pytest.mark.usefixtures("grown", "db")
def test_the_clock_has_sent_the_reminders_it_should_have():
    soon = timezone.now() + timedelta(days=30)
    editable = all_of(*Attempt.EDITABLE)

    assert set(editable.filter(due_at__lt=soon).values_list("reminded", flat=True)) <= {30, 7, 1}
    assert set(editable.filter(due_at__gte=soon).values_list("reminded", flat=True)) == {None}
    assert actions.remind() == 0
