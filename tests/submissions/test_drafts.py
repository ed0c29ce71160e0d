from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Part
from portal.refusal import Refused
from submissions import actions
from submissions.drafts import APART, LOST, lost, worth_keeping
from submissions.models import Attempt, Progress, Revision

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
LONG = "A paragraph about the setting that took a whole evening to write and must not get lost."


@pytest.fixture
def reflection(attempt):
    return attempt.progress.get(part__kind=Part.Kind.REFLECTION)


def say(progress, text, at=NOON):
    with time_machine.travel(at, tick=False):
        actions.save_answers(progress, {progress.part.questions.first().pk: text})


def kept(progress):
    revisions = Revision.objects.filter(response__progress=progress)
    return list(revisions.order_by("pk").values_list("text", flat=True))


def address(progress, name="part-drafts", *more):
    return reverse(name, args=[progress.attempt.public_id, progress.part.number, *more])


def test_the_first_text_that_is_replaced_is_kept(reflection):
    say(reflection, "one")
    say(reflection, "one two")

    assert kept(reflection) == ["one"]


def test_typing_on_keeps_one_draft_in_five_minutes(reflection):
    for minute in range(12):
        say(reflection, "word " * (minute + 1), NOON + timedelta(minutes=minute))

    assert kept(reflection) == ["word ", "word " * 6, "word " * 11]


def test_a_paragraph_that_is_taken_out_is_kept_at_once(reflection):
    say(reflection, "one")
    say(reflection, LONG)
    say(reflection, "oops")

    assert kept(reflection) == ["one", LONG]


def test_saving_the_same_text_again_keeps_nothing(reflection):
    for _time in range(3):
        say(reflection, LONG)

    assert kept(reflection) == []


def test_an_empty_answer_is_no_draft(reflection):
    say(reflection, "  \n ")
    say(reflection, "one")

    assert kept(reflection) == []


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_what_is_lost_is_the_piece_that_was_taken_out(start, piece, end):
    assert lost(start + piece + end, start + end) <= len(piece)
    assert lost(start + end, start + piece + end) == 0


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_text_that_loses_much_is_always_worth_keeping(before, after):
    is_much = lost(before, after) > LOST and bool(before.strip())

    assert worth_keeping(before, after, NOON, NOON) == is_much


@given(st.text(min_size=1).filter(str.strip), st.timedeltas(timedelta(0), timedelta(days=1)))
def test_after_five_minutes_any_change_is_worth_keeping(before, since):
    assert worth_keeping(before, before + "!", NOON - since, NOON) == (since >= APART)


def test_a_draft_comes_back_and_todays_text_is_kept_in_its_place(signed_in, reflection):
    say(reflection, LONG)
    say(reflection, "oops")

    answer = signed_in.post(
        address(reflection, "part-draft-restore", Revision.objects.get().public_id), follow=True
    )

    assert reflection.responses.get().text == LONG
    assert kept(reflection) == [LONG, "oops"]
    assert "Brought back." in answer.content.decode()


def test_bringing_a_draft_back_opens_a_completed_part(finished):
    progress = finished.progress.get(part__kind=Part.Kind.REFLECTION)
    say(progress, "all new")

    actions.bring_back_draft(progress, Revision.objects.get())

    progress.refresh_from_db()
    assert (progress.status, progress.completed_at) == (Progress.Status.IN_PROGRESS, None)


def test_a_window_opened_before_a_draft_came_back_overwrites_nothing(reflection):
    say(reflection, LONG)
    say(reflection, "oops")
    reflection.refresh_from_db()
    seen = reflection.saves
    actions.bring_back_draft(reflection, Revision.objects.get())

    with pytest.raises(Refused):
        actions.save_answers(reflection, {reflection.part.questions.first().pk: "stale"}, seen=seen)

    assert reflection.responses.get().text == LONG


def test_no_draft_comes_back_after_the_time_is_over(reflection):
    say(reflection, LONG)
    say(reflection, "oops")
    Attempt.objects.update(due_at=NOON - timedelta(days=1))

    with pytest.raises(Refused):
        actions.bring_back_draft(reflection, Revision.objects.get())

    assert reflection.responses.get().text == "oops"


def test_the_page_shows_each_draft_under_its_question(signed_in, reflection):
    say(reflection, "a first thought")
    say(reflection, "a second thought")

    page = signed_in.get(address(reflection)).content.decode()

    assert "What is your setting?" in page
    assert "What is hard?" not in page
    assert "Until November 24, 2026, noon PST · 3 words" in page
    assert page.count("Bring this draft back") == 1


def test_a_closed_attempt_shows_its_drafts_without_the_button(signed_in, reflection):
    say(reflection, "a first thought")
    say(reflection, "a second thought")
    actions.withdraw(reflection.attempt, by=reflection.attempt.educator)

    page = signed_in.get(address(reflection)).content.decode()

    assert "a first thought" in page
    assert "Bring this draft back" not in page


def test_another_person_finds_no_drafts(client, stranger, reflection):
    say(reflection, "a first thought")
    say(reflection, "a second thought")
    client.force_login(stranger)
    draft = Revision.objects.get().public_id

    statuses = [
        client.get(address(reflection)).status_code,
        client.post(address(reflection, "part-draft-restore", draft)).status_code,
    ]

    assert statuses == [404, 404]


def test_a_draft_of_another_part_is_not_found_here(signed_in, attempt, reflection):
    overview = attempt.progress.get(part__kind=Part.Kind.OVERVIEW)
    say(overview, "one")
    say(overview, "two")
    draft = Revision.objects.get().public_id

    answer = signed_in.post(address(reflection, "part-draft-restore", draft))

    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_page_takes_the_same_queries_however_many_drafts(
    signed_in, reflection, count, django_assert_num_queries
):
    for number in range(count + 1):
        say(reflection, f"draft {number}", NOON + timedelta(minutes=6 * number))

    with django_assert_num_queries(7):
        page = signed_in.get(address(reflection)).content.decode()

    assert page.count("Bring this draft back") == count
