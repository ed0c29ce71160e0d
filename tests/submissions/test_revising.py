"""After a not yet: the way to the feedback, and no round in which nothing was done about it."""

import pytest
from django.urls import reverse

from catalog.models import Part
from portal.refusal import Refused
from submissions import actions
from submissions.models import Attempt, Submission
from submissions.revising import nothing_new
from tests.factories import decided_round, finished_attempt, revise

NOT_YET = Submission.Outcome.NOT_YET


@pytest.fixture
def answered(educator, edition):
    """An attempt of which Part 1 passed and Parts 2 and 3 did not."""
    submission = decided_round(NOT_YET, educator, edition)
    return Attempt.objects.get(pk=submission.attempt_id)


def page_of_part(client, attempt, number):
    return client.get(reverse("part", args=[attempt.public_id, number])).text


def test_a_round_in_which_nothing_changed_is_refused_with_the_parts_named(answered):
    with pytest.raises(Refused) as refusal:
        actions.submit(answered)

    assert "Nothing has changed yet in Part 2. Artifacts, Part 3. Reflection" in refusal.value.words
    assert answered.submissions.count() == 1


def test_a_change_in_a_part_that_passed_is_not_enough(answered):
    progress = answered.progress.get(part__kind=Part.Kind.OVERVIEW)
    texts = {one.pk: " ".join(["other"] * 130) for one in progress.part.questions.all()}
    actions.save_answers(progress, texts)
    actions.complete(progress)

    with pytest.raises(Refused):
        actions.submit(answered)


def test_one_more_link_is_enough(answered):
    revise(answered)

    assert actions.submit(answered).round == 2


def test_another_description_is_enough(answered):
    answered.evidence.filter(kind="link").update(activity_description="What changed since.")

    assert actions.submit(answered).round == 2


def test_before_any_decision_nothing_has_to_change(finished):
    assert nothing_new(finished) == []


def test_the_page_of_submit_says_so_before_anything_is_pressed(signed_in, answered):
    page = signed_in.get(reverse("attempt-submit", args=[answered.public_id])).text

    assert "Nothing has changed yet in" in page
    assert 'id="nothing-left"' not in page


@pytest.mark.parametrize("number", [2, 3])
def test_a_part_that_needs_work_leads_to_its_feedback(signed_in, answered, number):
    page = page_of_part(signed_in, answered, number)

    feedback = reverse("attempt-feedback", args=[answered.public_id])
    assert f'href="{feedback}#part-{number}"' in page
    assert "is completed. You can still change it" not in page


def test_a_part_that_passed_says_nothing_of_the_kind(signed_in, answered):
    assert "The reviewers said: not yet" not in page_of_part(signed_in, answered, 1)


def test_feedback_leads_back_to_each_part_that_did_not_pass(signed_in, answered):
    page = signed_in.get(reverse("attempt-feedback", args=[answered.public_id])).text

    places = [reverse("part", args=[answered.public_id, number]) for number in (1, 2, 3)]
    assert [f'href="{place}"' in page for place in places] == [False, True, True]
    assert [f'id="part-{number}"' in page for number in (1, 2, 3)] == [True, True, True]


def test_nothing_untouched_is_called_completed(signed_in, answered):
    before = signed_in.get(answered.get_absolute_url()).context["rows"]
    progress = answered.progress.get(part__kind=Part.Kind.REFLECTION)
    actions.save_answers(progress, {one.pk: "better" for one in progress.part.questions.all()})

    after = signed_in.get(answered.get_absolute_url()).context["rows"]

    assert [row.is_untouched for row in before] == [False, False, True, True, False]
    assert [row.is_untouched for row in after] == [False, False, True, False, False]


def test_the_way_to_the_feedback_stays_while_the_next_round_is_out(signed_in, answered):
    revise(answered)
    actions.submit(answered)

    page = signed_in.get(answered.get_absolute_url()).text

    assert reverse("attempt-feedback", args=[answered.public_id]) in page


def test_without_a_decision_there_is_no_feedback_to_read(signed_in, educator):
    attempt = finished_attempt(educator)

    page = signed_in.get(attempt.get_absolute_url()).text

    assert reverse("attempt-feedback", args=[attempt.public_id]) not in page
