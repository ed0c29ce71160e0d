"""Names in the note to the reviewers, which only the page knows until it is handed in."""

import pytest
from django.urls import reverse

from submissions.models import Attempt, IdentityFinding
from tests.submissions.telling import dana, finished_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def educator():
    return dana()


@pytest.fixture
def browser(client, educator):
    client.force_login(educator)
    return client


def page(attempt):
    return reverse("attempt-submit", args=[attempt.public_id])


def text_of(response):
    return response.content.decode()


def returned(educator):
    attempt = finished_by(educator)
    Attempt.objects.filter(pk=attempt.pk).update(status="returned", reason="A page is missing.")
    return attempt


def test_a_note_that_names_its_author_is_shown_back_with_its_places(browser, educator):
    attempt = returned(educator)

    answer = browser.post(page(attempt), {"note": "Ms. Whitfield wrote a new plan."})

    shown = text_of(answer)
    assert "Ms. Whitfield wrote a new plan.</textarea>" in shown
    assert "Ms. <mark>Whitfield</mark> wrote" in shown
    assert 'value="replace-4"' in shown


def test_a_place_in_the_note_is_replaced_where_it_is_typed(browser, educator):
    attempt = returned(educator)
    note = "Ms. Whitfield wrote a new plan."

    answer = browser.post(page(attempt), {"note": note, "note_place": "replace-4"})

    assert "Ms. [my name] wrote a new plan.</textarea>" in text_of(answer)
    assert "<mark>" not in text_of(answer)


def test_a_place_in_the_note_is_kept_as_intended(browser, educator):
    attempt = returned(educator)
    note = "Ms. Whitfield wrote a new plan."
    browser.post(page(attempt), {"note": note, "note_place": "intended-4"})

    answer = browser.post(page(attempt), {"note": note})

    assert answer.url == attempt.get_absolute_url()
    assert attempt.submissions.get().note == note


@pytest.mark.parametrize("button", ["replace-99", "intended-", "x", "intended-4-4"])
def test_a_button_of_an_older_note_leaves_the_note(browser, educator, button):
    attempt = returned(educator)

    answer = browser.post(page(attempt), {"note": "Ms. Whitfield.", "note_place": button})

    assert "Ms. Whitfield.</textarea>" in text_of(answer)
    assert IdentityFinding.objects.count() == 0
