from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Part
from portal.refusal import Refused
from submissions import actions
from submissions.completeness import missing_from, out_of_range, word_count
from submissions.models import Attempt, Progress

OVERVIEW = Part(kind=Part.Kind.OVERVIEW, word_min=250, word_max=500)


def part_of(attempt, kind):
    return attempt.progress.get(part__kind=kind)


def write(attempt, words, kind=Part.Kind.OVERVIEW):
    progress = part_of(attempt, kind)
    first, second = progress.part.questions.all()
    answers = {first.pk: " ".join(["word"] * (words - 1)), second.pk: "end"}
    return actions.save_answers(progress, answers)


@pytest.mark.parametrize("words", [1, 249, 250, 500, 501])
def test_a_draft_of_any_length_is_saved(attempt, words):
    progress = write(attempt, words)

    assert sum(word_count(answer.text) for answer in progress.responses.all()) == words
    assert progress.status == Progress.Status.IN_PROGRESS


@pytest.mark.parametrize("words", [250, 251, 499, 500])
def test_a_part_within_the_range_completes(attempt, words):
    progress = write(attempt, words)

    actions.complete(progress)

    progress.refresh_from_db()
    assert (progress.status, progress.units_earned) == (Progress.Status.COMPLETED, 1)
    assert progress.date_of_entry == attempt.today


@pytest.mark.parametrize("words", [2, 249, 501, 900])
def test_a_part_outside_the_range_is_refused_with_the_count_and_kept(attempt, words):
    progress = write(attempt, words)

    with pytest.raises(Refused) as refusal:
        actions.complete(progress)

    assert f"there are {words} words now" in refusal.value.words
    assert "draft is saved" in refusal.value.words
    assert sum(word_count(answer.text) for answer in progress.responses.all()) == words


@given(st.integers(0, 2000))
def test_the_range_is_250_to_500_words_both_included(words):
    assert (out_of_range(OVERVIEW, words) == []) == (250 <= words <= 500)


def test_every_question_needs_an_answer(attempt):
    progress = part_of(attempt, Part.Kind.REFLECTION)
    first, _second = progress.part.questions.all()
    actions.save_answers(progress, {first.pk: "Something."})

    assert missing_from(progress) == ["Answer question 2."]


def test_saving_again_opens_a_completed_part(finished):
    progress = write(finished, 260)

    assert (progress.status, progress.completed_at) == (Progress.Status.IN_PROGRESS, None)


def test_a_stale_window_overwrites_nothing(attempt):
    progress = part_of(attempt, Part.Kind.REFLECTION)
    question = progress.part.questions.first()
    actions.save_answers(progress, {question.pk: "from the first window"}, seen=0)

    with pytest.raises(Refused) as refusal:
        actions.save_answers(progress, {question.pk: "from the second"}, seen=0)

    assert "nothing was overwritten" in refusal.value.words
    assert progress.responses.get().text == "from the first window"


def test_an_answer_to_another_parts_question_is_left_out(attempt):
    progress = part_of(attempt, Part.Kind.REFLECTION)
    foreign = part_of(attempt, Part.Kind.OVERVIEW).part.questions.first()

    actions.save_answers(progress, {foreign.pk: "misplaced"})

    assert progress.responses.count() == 0


def test_after_the_due_date_nothing_is_saved(attempt):
    with time_machine.travel(attempt.due_at + timedelta(seconds=1)), pytest.raises(Refused):
        write(attempt, 300)

    assert part_of(attempt, Part.Kind.OVERVIEW).responses.count() == 0


def test_the_agreement_completes_with_its_version(attempt):
    progress = part_of(attempt, Part.Kind.AGREEMENT)
    assert missing_from(progress) == ["Accept the agreement."]

    actions.accept_agreement(progress)
    actions.accept_agreement(progress)

    progress.refresh_from_db()
    assert progress.status == Progress.Status.COMPLETED
    assert attempt.consents.count() == 1


@pytest.mark.parametrize("kind", [Part.Kind.AGREEMENT, Part.Kind.FINAL])
def test_agreement_and_final_submission_are_not_marked_by_hand(attempt, kind):
    with pytest.raises(Refused):
        actions.complete(part_of(attempt, kind))


def page_of(attempt, number):
    return reverse("part", args=[attempt.public_id, number])


def form_for(progress, text="Some words.", **more):
    return {"seen": progress.saves, "answer_1": text, "answer_2": text} | more


def test_the_page_saves_a_draft_and_says_when(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)

    signed_in.post(page_of(attempt, 1), form_for(progress, date_of_entry="2026-11-20"))

    page = signed_in.get(page_of(attempt, 1))
    assert page.context["saved"] != ""
    assert "Some words." in page.text
    assert part_of(attempt, Part.Kind.OVERVIEW).date_of_entry.isoformat() == "2026-11-20"


def test_autosave_answers_with_the_count_of_saves_and_the_time(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)

    answer = signed_in.post(
        page_of(attempt, 1), form_for(progress), headers={"X-Requested-With": "fetch"}
    )

    progress.refresh_from_db()
    assert answer.json()["seen"] == progress.saves == 1


def test_autosave_from_a_stale_window_is_refused_in_words(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)
    signed_in.post(page_of(attempt, 1), form_for(progress))

    answer = signed_in.post(
        page_of(attempt, 1), form_for(progress, "late"), headers={"X-Requested-With": "fetch"}
    )

    assert answer.status_code == 409
    assert "nothing was overwritten" in answer.json()["error"]


def test_a_stale_form_gets_its_text_back(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)
    signed_in.post(page_of(attempt, 1), form_for(progress))

    answer = signed_in.post(page_of(attempt, 1), form_for(progress, "typed in the other window"))

    assert answer.status_code == 409
    assert "typed in the other window" in answer.text
    assert part_of(attempt, Part.Kind.OVERVIEW).responses.first().text == "Some words."


def test_what_was_typed_after_the_due_date_is_handed_back(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)
    Attempt.objects.update(due_at=attempt.started_at)

    answer = signed_in.post(page_of(attempt, 1), form_for(progress, "too late but not lost"))

    assert answer.status_code == 409
    assert "too late but not lost" in answer.text


def test_completing_from_the_page_goes_back_to_the_requirements(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)

    answer = signed_in.post(
        page_of(attempt, 1), form_for(progress, " ".join(["word"] * 130), complete="1")
    )

    assert answer.url == attempt.get_absolute_url()
    assert part_of(attempt, Part.Kind.OVERVIEW).status == Progress.Status.COMPLETED


def test_hidden_fields_added_to_the_form_change_nothing(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)

    signed_in.post(page_of(attempt, 1), form_for(progress, status="completed", units_earned="1"))

    assert part_of(attempt, Part.Kind.OVERVIEW).status == Progress.Status.IN_PROGRESS


def test_the_agreement_needs_every_tick(signed_in, attempt):
    answer = signed_in.post(page_of(attempt, 0), {"promise_1": "on"})

    assert answer.status_code == 200
    assert attempt.consents.count() == 0


def test_the_agreement_is_accepted_on_its_page(signed_in, attempt):
    ticks = {f"promise_{number}": "on" for number in range(1, 6)}

    answer = signed_in.post(page_of(attempt, 0), ticks)

    assert answer.url == attempt.get_absolute_url()
    assert attempt.consents.count() == 1
    assert "You agreed on" in signed_in.get(page_of(attempt, 0)).text


def test_a_closed_attempt_is_readable(signed_in, finished):
    actions.withdraw(finished, by=finished.educator)

    page = signed_in.get(page_of(finished, 1))

    assert "word word" in page.text
    assert "answer_1" not in page.text


def test_autosave_of_too_long_an_answer_says_so(signed_in, attempt):
    progress = part_of(attempt, Part.Kind.OVERVIEW)

    answer = signed_in.post(
        page_of(attempt, 1), form_for(progress, "x" * 40_001), headers={"X-Requested-With": "fetch"}
    )

    assert answer.status_code == 400
    assert "too long" in answer.json()["error"]
    assert part_of(attempt, Part.Kind.OVERVIEW).responses.count() == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two", 2),
        ("one - two – three … !", 3),
        ("• first\n• second", 2),
        ("don’t well-being 3 ½", 4),
        ("學生 наша", 2),
        ("- — * /", 0),
    ],
)
def test_a_sign_that_stands_alone_is_no_word(text, words):
    assert word_count(text) == words
