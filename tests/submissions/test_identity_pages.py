import logging

import pytest
from django.urls import reverse

from portal.models import Entry
from submissions.models import Attempt, IdentityFinding
from tests.factories import UserFactory, submitted_round
from tests.reviews.factories import ReviewerFactory
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
TELLING = "At Alder Creek I am Ms. Whitfield."


@pytest.fixture
def educator():
    return dana()


@pytest.fixture
def browser(client, educator):
    client.force_login(educator)
    return client


def page(attempt, name="attempt-submit"):
    return reverse(name, args=[attempt.public_id])


def text_of(response):
    return response.content.decode()


def decide(client, attempt, act, **fields):
    data = {
        "source": source(attempt),
        "rule": "school",
        "phrase": "Alder Creek",
        "start": 3,
        "number": 1,
        "page": "attempt-submit",
        "act": act,
    }
    return client.post(page(attempt, "attempt-check-decide"), data | fields)


@pytest.mark.parametrize("name", ["attempt-submit", "attempt-check"])
def test_a_page_shows_what_was_found_marked_in_the_text(browser, educator, name):
    attempt = finished_by(educator, TELLING)

    shown = text_of(browser.get(page(attempt, name)))

    assert "At <mark>Alder Creek</mark>" in shown
    assert "Ms. <mark>Whitfield</mark>" in shown
    assert "Replace with [my school]" in shown
    assert "Replace with [my name]" in shown
    assert shown.count("This is intended") == 2


def test_submit_waits_for_what_is_certain(browser, educator):
    attempt = finished_by(educator, TELLING)

    shown = text_of(browser.get(page(attempt)))

    assert '<button type="submit" class="button" disabled>Submit for Review</button>' in shown
    assert "2 places in your work name you" in shown


def test_the_server_says_no_whatever_the_page(browser, educator):
    attempt = finished_by(educator, TELLING)

    answer = browser.post(page(attempt), {"note": "", "looked_at": "on"})

    attempt.refresh_from_db()
    assert "2 places in your work tell who you are" in text_of(answer)
    assert attempt.status == Attempt.Status.IN_PROGRESS


def test_a_place_in_doubt_is_handed_in_with_a_tick(browser, educator):
    attempt = finished_by(educator, "Jaylen Thompson revised two paragraphs of his draft.")

    without = browser.post(page(attempt), {"note": ""})
    ticked = browser.post(page(attempt), {"note": "", "looked_at": "on"})

    attempt.refresh_from_db()
    assert "may tell who you or a student is" in text_of(without)
    assert 'name="looked_at"' in text_of(without)
    assert ticked.status_code == 302
    assert attempt.status == Attempt.Status.IN_REVIEW


def test_work_without_names_shows_no_tick(browser, educator):
    attempt = finished_by(educator)

    shown = text_of(browser.get(page(attempt)))

    assert "looked_at" not in shown
    assert '<button type="submit" class="button">Submit for Review</button>' in shown


def test_replacing_leads_back_to_the_next_place(browser, educator):
    attempt = finished_by(educator, TELLING)

    answer = decide(browser, attempt, "replace")

    assert answer.url == f"{page(attempt)}#place-1"
    assert answers(attempt)[0].text.startswith("At [my school] I am Ms. Whitfield.")


def test_settling_the_last_place_leads_to_the_form(browser, educator):
    attempt = finished_by(educator, "At Alder Creek we read.")

    answer = decide(browser, attempt, "intended", page="attempt-check")

    assert answer.url == f"{page(attempt, 'attempt-check')}#nothing-left"
    assert 'id="nothing-left"' in text_of(browser.get(page(attempt, "attempt-check")))
    assert 'id="nothing-left"' in text_of(browser.get(page(attempt)))


def test_the_last_place_of_several_leads_to_the_one_before(browser, educator):
    attempt = finished_by(educator, TELLING)

    answer = decide(
        browser, attempt, "intended", rule="name", phrase="Whitfield", start="", number=2
    )

    assert answer.url == f"{page(attempt)}#place-1"


def test_all_places_with_the_same_words_have_one_button(browser, educator):
    attempt = finished_by(educator, "Alder Creek is old. Alder Creek is small.")
    shown = text_of(browser.get(page(attempt)))

    decide(browser, attempt, "replace all")

    assert shown.count("Replace all 2") == 2
    assert answers(attempt)[0].text.startswith("[my school] is old. [my school] is small.")


def test_what_was_kept_is_listed_and_can_be_checked_again(browser, educator):
    attempt = finished_by(educator, TELLING)
    decide(browser, attempt, "intended")
    shown = text_of(browser.get(page(attempt, "attempt-check")))

    decide(browser, attempt, "again", start="")

    assert "Kept as intended" in shown
    assert shown.count("<mark>") == 1
    assert IdentityFinding.objects.count() == 0


def test_a_part_opened_by_it_is_named(browser, educator):
    attempt = finished_by(educator, TELLING)
    attempt.progress.update(status="in_progress", completed_at=None)

    answer = browser.post(
        page(attempt, "attempt-check-decide"),
        {
            "source": source(attempt),
            "rule": "school",
            "phrase": "Alder Creek",
            "page": "attempt-check",
            "act": "replace all",
        },
        follow=True,
    )

    assert "is open: mark it as completed" in text_of(answer)


@pytest.mark.parametrize(
    "fields",
    [{"act": "burn"}, {"page": "//evil.example"}, {"source": ""}, {"start": "first"}],
)
def test_a_button_of_another_page_changes_nothing(browser, educator, fields):
    attempt = finished_by(educator, TELLING)

    answer = decide(browser, attempt, **{"act": "intended"} | fields)

    assert answer.status_code == 302
    assert "evil" not in answer.url
    assert IdentityFinding.objects.count() == 0


def test_a_file_shows_the_words_around_and_the_way_to_its_slot(browser, educator):
    attempt = finished_by(educator)
    file = file_saying(attempt, "Plan of a unit. " * 30 + "Ms. Whitfield " + "leads it. " * 30)

    shown = text_of(browser.get(page(attempt)))

    assert "Plan: my plan.pdf" in shown
    assert "<mark>Whitfield</mark>" in shown
    assert f"parts/2/#{file.requirement.key}" in shown
    assert "Hand in a changed file or link instead" in shown
    assert "Replace with" not in shown


def test_the_same_words_in_a_file_are_shown_once(browser, educator):
    attempt = finished_by(educator)
    file = file_saying(attempt, "Alder Creek rules. " * 40)

    shown = text_of(browser.get(page(attempt)))
    decide(browser, attempt, "intended", source=f"evidence:{file.public_id}", start="")

    assert shown.count('class="found__place"') == 1
    assert "40 times" in shown
    assert "names you" not in text_of(browser.get(page(attempt)))


def test_a_file_with_very_many_names_shows_some_of_them(browser, educator):
    attempt = finished_by(educator)
    families = ["Garcia", "Nguyen", "Martinez", "Robinson", "Gonzalez", "Hernandez", "Patel"]
    given = ["Emily", "Maria", "Jaylen", "Sofia", "Liam", "Aaliyah", "Diego", "Anh", "Fatima"]
    roster = "\n".join(f"{one} {other}'s essay." for one in given for other in families)
    file_saying(attempt, roster)

    shown = text_of(browser.get(page(attempt)))

    assert shown.count('class="found__place"') == 60
    assert "3 more places come up once these are settled." in shown


def test_an_answer_with_very_many_places_shows_some_at_a_time(browser, educator):
    attempt = finished_by(educator, "Alder Creek. " * 70)

    shown = text_of(browser.get(page(attempt)))

    assert shown.count("<mark>") == shown.count("Replace all 70") == 60
    assert "10 more places come up once these are settled." in shown


def test_a_link_to_a_drive_is_warned_of_in_its_slot_and_in_the_check(browser, educator):
    attempt = finished_by(educator)
    link_to(attempt, "https://drive.google.com/file/d/1/view")

    slot = text_of(browser.get(reverse("part", args=[attempt.public_id, 2])))
    check = text_of(browser.get(page(attempt)))

    assert slot.count("open to anyone who has it") == 1
    assert "open to anyone with the link, and your name shows there" in check
    assert 'name="looked_at"' in check


def test_every_part_offers_the_check(browser, educator):
    attempt = finished_by(educator)

    shown = [
        text_of(browser.get(reverse("part", args=[attempt.public_id, number])))
        for number in (1, 2, 3)
    ]

    assert [one.count(page(attempt, "attempt-check")) for one in shown] == [1, 1, 1]


def test_other_people_find_no_such_page(client, educator):
    attempt = finished_by(educator, TELLING)
    client.force_login(UserFactory())

    answers = [
        client.get(page(attempt, "attempt-check")).status_code,
        client.get(page(attempt)).status_code,
        decide(client, attempt, "intended").status_code,
    ]

    assert answers == [404, 404, 404]


def test_reviewers_see_nothing_of_it(client, educator):
    ReviewerFactory.create_batch(2, capacity=9)
    attempt = finished_by(educator, "At Alder Creek we read.")
    client.force_login(educator)
    decide(client, attempt, "intended")
    client.post(page(attempt), {"note": ""})
    review = attempt.submissions.get().reviews.first()
    client.force_login(review.reviewer.user)

    shown = text_of(client.get(reverse("review", args=[review.public_id])))

    assert "At Alder Creek we read." in shown
    assert "<mark>" not in shown
    assert "intended" not in shown
    assert client.get(page(attempt, "attempt-check")).status_code == 404


def test_no_log_and_no_journal_repeats_the_words(browser, educator, caplog):
    attempt = finished_by(educator, TELLING)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)

    decide(browser, attempt, "intended")
    decide(browser, attempt, "replace", rule="name", phrase="Whitfield", start=24)
    browser.post(page(attempt), {"note": ""})

    journal = " ".join(f"{row.event} {row.by} {row.facts}" for row in Entry.objects.all())
    assert [word for word in ("Alder", "Whitfield") if word in caplog.text + journal] == []


def test_nothing_is_checked_after_the_work_is_handed_in(browser, educator):
    submission = submitted_round(educator)

    shown = text_of(browser.get(page(submission.attempt)))

    assert "There is nothing to hand in here" in shown


def test_replacing_counts_as_one_save(browser, educator):
    attempt = finished_by(educator, TELLING)
    before = progress(attempt).saves

    decide(browser, attempt, "replace")

    assert (progress(attempt).saves, progress(attempt).status) == (before + 1, "completed")
