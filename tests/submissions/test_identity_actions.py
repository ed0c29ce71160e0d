import pytest

from catalog.models import Part
from portal.models import Entry
from portal.refusal import Refused
from submissions import actions
from submissions.models import Attempt, IdentityFinding, Progress, Response
from submissions.screening import Spot, screen
from tests.factories import EditionFactory, started_attempt
from tests.submissions.telling import (
    answers,
    dana,
    file_saying,
    finished_by,
    link_to,
    progress,
    source,
)

pytestmark = pytest.mark.django_db


def told(attempt, note=""):
    return [(one.rule, one.certainty, one.phrase) for one in screen(attempt, note).findings]


def spot(attempt, phrase, rule="school", place=0, start=None):
    return Spot(source(attempt, place), rule, phrase, start)


def test_work_that_names_no_one_is_handed_in_at_once():
    attempt = finished_by(dana(), "We read in small groups.")

    submission = actions.submit(attempt)

    assert (submission.round, told(attempt)) == (1, [])


def test_everything_in_the_profile_is_looked_for():
    attempt = finished_by(
        dana(),
        "I am Dana Whitfield (Dee) of Alder Creek, Riverbend Unified.",
        "Call 530.555.0134 or write to dee.dances@example.net.",
        "Member 00482917 of the Riverbend Teachers Association, known as danaw5.",
    )

    assert [rule for rule, _certainty, _phrase in told(attempt)] == [
        "name",
        "name",
        "school",
        "district",
        "phone",
        "email",
        "member number",
        "local",
        "handle",
    ]


def test_a_certain_place_holds_the_round_back_whatever_was_ticked():
    attempt = finished_by(dana(), "At Alder Creek we plan together, and I am Dana Whitfield.")

    with pytest.raises(Refused) as refusal:
        actions.submit(attempt, looked_at=True)

    attempt.refresh_from_db()
    assert "2 places in your work tell who you are" in refusal.value.words
    assert "Submit page" in refusal.value.words
    assert attempt.status == Attempt.Status.IN_PROGRESS


def test_a_doubtful_place_asks_for_a_look():
    attempt = finished_by(dana(), "I gave Jaylen Thompson a second draft to read.")

    with pytest.raises(Refused) as refusal:
        actions.submit(attempt)

    assert "1 place in your work may tell who you or a student is" in refusal.value.words
    assert actions.submit(attempt, looked_at=True).round == 1


def test_words_inside_a_file_count_like_words_in_an_answer():
    attempt = finished_by()
    file = file_saying(attempt, "Unit plan\nMs. Whitfield, room 12")

    with pytest.raises(Refused):
        actions.submit(attempt)

    passage = screen(attempt).passages[0]
    assert (passage.source, passage.label) == (f"evidence:{file.public_id}", "Plan: my plan.pdf")
    assert told(attempt) == [("name", "certain", "Whitfield")]


def test_descriptions_and_links_are_read_too():
    attempt = finished_by()
    link_to(attempt, "https://riverbendusd.org/rooms/12")
    link_to(attempt, "https://example.org/a", activity_description="Filmed at Alder Creek")
    link_to(attempt, "https://drive.google.com/file/d/1/view")

    assert told(attempt) == [
        ("domain", "certain", "riverbendusd.org"),
        ("school", "certain", "Alder Creek"),
        ("link", "doubtful", "https://drive.google.com/file/d/1/view"),
    ]


def test_a_file_taken_out_again_is_not_read():
    attempt = finished_by()
    file = file_saying(attempt, "Ms. Whitfield")

    actions.remove(progress(attempt, Part.Kind.ARTIFACTS), file)

    assert told(attempt) == []


def test_files_of_the_option_that_was_not_chosen_are_not_read():
    attempt = finished_by()
    file = file_saying(attempt, "Ms. Whitfield")
    type(file.requirement).objects.filter(pk=file.requirement_id).update(option="B")

    assert told(attempt) == []


def test_the_note_is_read_with_the_rest():
    attempt = finished_by()

    with pytest.raises(Refused):
        actions.submit(attempt, "Ask Ms. Whitfield what changed.")

    assert told(attempt, "Ask Ms. Whitfield.") == [("name", "certain", "Whitfield")]


def test_a_place_is_replaced_and_its_part_stays_completed():
    attempt = finished_by(dana(), "At Alder Creek we begin at eight.")
    saves = progress(attempt).saves

    actions.replace_in_answer(attempt, spot(attempt, "Alder Creek", start=3), by=attempt.educator)

    part = progress(attempt)
    assert answers(attempt)[0].text.startswith("At [my school] we begin at eight. word")
    assert (part.status, part.saves) == (Progress.Status.COMPLETED, saves + 1)
    assert actions.submit(attempt).round == 1


def test_one_of_several_places_is_replaced_and_the_others_stay():
    text = "Alder Creek is small. Alder Creek is old."
    attempt = finished_by(dana(), text)

    actions.replace_in_answer(
        attempt, spot(attempt, "Alder Creek", start=text.rindex("Alder")), by=attempt.educator
    )

    assert answers(attempt)[0].text.startswith("Alder Creek is small. [my school] is old. word")


def test_all_places_with_the_same_words_are_replaced_together():
    attempt = finished_by(dana(), "Alder Creek is small. Alder Creek is old. Ms. Whitfield knows.")

    actions.replace_in_answer(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)

    assert answers(attempt)[0].text.startswith(
        "[my school] is small. [my school] is old. Ms. Whitfield knows."
    )


def test_a_part_that_gets_too_long_by_it_is_open_again():
    attempt = finished_by(dana(), "Alder Creek")
    Response.objects.filter(pk=answers(attempt)[1].pk).update(text=" ".join(["word"] * 366))
    Response.objects.filter(pk=answers(attempt)[0].pk).update(
        text="Whitfield " + " ".join(["word"] * 133)
    )
    assert progress(attempt).status == Progress.Status.COMPLETED

    part = actions.replace_in_answer(
        attempt, spot(attempt, "Whitfield", rule="name"), by=attempt.educator
    )

    assert part.status == Progress.Status.IN_PROGRESS


def test_a_part_still_in_progress_is_not_completed_by_it():
    attempt = finished_by(dana(), "Alder Creek is small.")
    attempt.progress.update(status=Progress.Status.IN_PROGRESS, completed_at=None)

    part = actions.replace_in_answer(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)

    assert part.status == Progress.Status.IN_PROGRESS


def test_what_changed_meanwhile_is_not_replaced():
    attempt = finished_by(dana(), "Our school is small.")

    with pytest.raises(Refused) as refusal:
        actions.replace_in_answer(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)

    assert "changed in the meantime" in refusal.value.words
    assert answers(attempt)[0].text.startswith("Our school is small.")


@pytest.mark.parametrize("name", ["evidence:none", "answer:", "answer:77777", "note", "x" * 60])
def test_no_other_text_is_replaced(name):
    attempt = finished_by(dana(), "Alder Creek is small.")

    with pytest.raises(Refused):
        actions.replace_in_answer(attempt, Spot(name, "school", "Alder Creek"), attempt.educator)


def test_words_in_a_file_are_not_replaced():
    attempt = finished_by()
    file = file_saying(attempt, "Ms. Whitfield")
    place = Spot(f"evidence:{file.public_id}", "name", "Whitfield")

    with pytest.raises(Refused):
        actions.replace_in_answer(attempt, place, by=attempt.educator)

    assert told(attempt) == [("name", "certain", "Whitfield")]


def test_what_is_intended_is_found_no_more_and_the_work_may_go():
    attempt = finished_by(dana(), "Alder Creek is small. Alder Creek is old.")

    actions.declare_intended(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)

    assert told(attempt) == []
    assert actions.submit(attempt).round == 1


def test_what_is_intended_in_one_text_is_found_in_another():
    attempt = finished_by(dana(), "Alder Creek is small.", "Alder Creek is old.")

    actions.declare_intended(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)

    assert told(attempt) == [("school", "certain", "Alder Creek")]


def test_declaring_twice_is_declaring_once():
    attempt = finished_by(dana(), "Alder Creek is small.")
    place = spot(attempt, "Alder Creek")
    actions.declare_intended(attempt, place, by=attempt.educator)

    with pytest.raises(Refused):
        actions.declare_intended(attempt, place, by=attempt.educator)

    assert IdentityFinding.objects.count() == 1


def test_nothing_is_declared_in_advance():
    attempt = finished_by(dana(), "Our school is small.")

    with pytest.raises(Refused):
        actions.declare_intended(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)

    assert IdentityFinding.objects.count() == 0


def test_a_long_phrase_is_compared_as_it_is_stored():
    attempt = finished_by()
    url = f"https://docs.google.com/document/d/{'a' * 300}"
    link = link_to(attempt, url)
    place = Spot(f"evidence:{link.public_id}", "link", url)

    actions.declare_intended(attempt, place, by=attempt.educator)

    assert len(IdentityFinding.objects.get().phrase) == 200
    assert told(attempt) == []


def test_a_decision_can_be_taken_back():
    attempt = finished_by(dana(), "Alder Creek is small.")
    place = spot(attempt, "Alder Creek")
    actions.declare_intended(attempt, place, by=attempt.educator)

    actions.take_back_intended(attempt, place, by=attempt.educator)
    actions.take_back_intended(attempt, place, by=attempt.educator)

    assert told(attempt) == [("school", "certain", "Alder Creek")]
    assert Entry.objects.filter(event="name no longer intended").count() == 1


def test_the_journal_says_that_it_was_decided_and_nothing_of_the_words():
    attempt = finished_by(dana(), "Alder Creek is small, and Ms. Whitfield is tall.")
    actions.declare_intended(attempt, spot(attempt, "Alder Creek"), by=attempt.educator)
    actions.replace_in_answer(attempt, spot(attempt, "Whitfield", "name"), by=attempt.educator)

    rows = Entry.objects.filter(event__startswith="name")
    assert [(row.event, row.facts) for row in rows.order_by("pk")] == [
        ("name declared as intended", {"source": source(attempt), "rule": "school"}),
        ("name replaced", {"source": source(attempt), "rule": "name"}),
    ]
    assert "Alder" not in str([row.facts for row in Entry.objects.all()])


def test_what_was_handed_in_can_not_be_decided_on():
    attempt = finished_by()
    place = spot(attempt, "Alder Creek")
    actions.submit(attempt)

    for act in (
        actions.declare_intended,
        actions.take_back_intended,
        actions.replace_in_answer,
    ):
        with pytest.raises(Refused):
            act(attempt, place, by=attempt.educator)


def test_an_attempt_just_started_has_nothing_to_find():
    attempt = started_attempt(dana(), EditionFactory())

    assert screen(attempt).passages == []
