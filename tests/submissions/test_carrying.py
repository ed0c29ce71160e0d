"""Parts that passed stay passed while they stay equal, whatever lies between two decisions."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import Part
from reviews import actions as reviewing
from submissions import actions
from submissions.digests import part_digest
from submissions.models import Attempt, Evidence
from submissions.requirements import requirement_rows
from tests.factories import finished_attempt, revise, started_attempt
from tests.reviews.factories import ReviewerFactory, hand_in, scored_round

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"


@pytest.fixture
def not_yet():
    """An attempt of which Parts 1 and 3 passed; Part 2 did not, and was revised."""
    submission = scored_round((PLAN,), (PLAN,))
    attempt = Attempt.objects.get(pk=submission.attempt_id)
    revise(attempt)
    return attempt


def carried(submission):
    return [row.is_carried for row in submission.parts.all()]


def rewrite(attempt, kind, text):
    progress = attempt.progress.get(part__kind=kind)
    questions = progress.part.questions.all()
    actions.save_answers(progress, {question.pk: text for question in questions})
    actions.complete(progress)


def returned(attempt, staff):
    """Hand the attempt in and have it come back unscored."""
    actions.return_incomplete(actions.submit(attempt), "A file is missing.", by=staff)
    return Attempt.objects.get(pk=attempt.pk)


def test_what_passed_is_still_carried_after_a_round_that_came_back_unscored(not_yet, staff):
    attempt = returned(not_yet, staff)

    again = actions.submit(attempt)

    assert (again.round, carried(again)) == (3, [True, False, True])


def test_what_passed_is_still_carried_after_two_rounds_that_came_back(not_yet, staff):
    attempt = returned(returned(not_yet, staff), staff)

    again = actions.submit(attempt)

    assert (again.round, carried(again)) == (4, [True, False, True])


def test_a_part_changed_while_a_round_was_back_is_scored_again(not_yet, staff):
    attempt = returned(not_yet, staff)
    rewrite(attempt, Part.Kind.REFLECTION, "quite other words")

    again = actions.submit(attempt)

    assert carried(again) == [True, False, False]


def test_a_first_round_that_came_back_carries_nothing(staff):
    attempt = returned(finished_attempt(), staff)

    again = actions.submit(attempt)

    assert (again.round, carried(again)) == (2, [False, False, False])


def test_a_part_changed_and_changed_back_before_handing_in_is_carried(not_yet):
    before = not_yet.progress.get(part__kind=Part.Kind.REFLECTION).responses.first().text
    rewrite(not_yet, Part.Kind.REFLECTION, "quite other words")
    rewrite(not_yet, Part.Kind.REFLECTION, before)

    again = actions.submit(not_yet)

    assert carried(again) == [True, False, True]


def test_the_page_still_says_what_passed_after_a_round_came_back(not_yet, staff):
    attempt = returned(not_yet, staff)

    rows = requirement_rows(Attempt.objects.with_preparing().get(pk=attempt.pk))

    assert [row.passed for row in rows] == [None, True, False, True, None]


def test_after_a_round_came_back_the_same_two_reviewers_go_on(not_yet, staff):
    before = set(not_yet.submissions.get().reviews.values_list("reviewer", flat=True))
    ReviewerFactory.create_batch(6)
    attempt = returned(not_yet, staff)

    again = actions.submit(attempt)

    assert set(again.reviews.values_list("reviewer", flat=True)) == before


def test_carried_parts_count_as_passed_when_the_rest_passes(not_yet, staff):
    again = actions.submit(returned(not_yet, staff))

    for review in again.reviews.open():
        hand_in(review)

    again.refresh_from_db()
    assert (again.outcome, [row.passed for row in again.parts.all()]) == ("pass", [True] * 3)


def test_a_seat_passed_on_in_the_second_round_changes_nothing_of_what_is_carried(not_yet):
    ReviewerFactory.create_batch(2)
    again = actions.submit(not_yet)
    reviewing.recuse(again.reviews.open().first(), by=again.reviews.first().reviewer.user)

    for review in again.reviews.open():
        hand_in(review, (PLAN,))

    again.refresh_from_db()
    assert [row.passed for row in again.parts.all()] == [True, False, True]


@pytest.mark.parametrize("links", [0, 1, 3])
def test_my_work_counts_requirements_however_much_was_handed_in(signed_in, educator, links):
    attempt = started_attempt(educator)
    requirement = Part.objects.get(
        edition=attempt.edition, kind=Part.Kind.ARTIFACTS
    ).requirements.get(key="proof")
    for number in range(links):
        Evidence.objects.create(
            attempt=attempt, requirement=requirement, kind="link", url=f"https://a.example/{number}"
        )
    actions.accept_agreement(attempt.progress.get(part__kind=Part.Kind.AGREEMENT))

    shown = signed_in.get("/my/").context["live"][0]

    assert (shown.done, shown.preparing) == (1, links)


answers = st.lists(
    st.fixed_dictionaries({"question": st.text(max_size=4), "answer": st.text(max_size=4)}),
    max_size=3,
)
items = st.lists(
    st.builds(
        Evidence,
        requirement_id=st.integers(1, 3),
        sha256=st.sampled_from(["", "a" * 64, "b" * 64]),
        url=st.sampled_from(["https://a.example/", "https://b.example/"]),
        activity_description=st.sampled_from(["", "A lesson"]),
    ),
    max_size=4,
)
contents = st.tuples(st.integers(1, 3), answers, st.sampled_from(["", "A", "B"]), items)


def told(content):
    """What a digest must tell apart, written another way than the digest does."""
    edition, texts, option, files = content
    rows = [(f.requirement_id, f.sha256 or f.url, f.activity_description) for f in files]
    return edition, tuple((t["question"], t["answer"]) for t in texts), option, sorted(rows)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(contents, contents)
def test_digests_are_equal_exactly_when_the_work_is(first, second):
    same = part_digest(*first) == part_digest(*second)

    assert same == (told(first) == told(second))


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(contents, st.randoms())
def test_the_order_in_which_files_came_changes_no_digest(content, chance):
    edition, texts, option, files = content
    shuffled = chance.sample(files, len(files))

    assert part_digest(edition, texts, option, files) == part_digest(
        edition, texts, option, shuffled
    )
