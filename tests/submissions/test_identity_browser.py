"""What names the author is mended in real Chromium by keyboard alone, script or no script."""

import pytest

from submissions.models import Attempt
from tests.journeys.browser import chromium
from tests.submissions.browsing import Looker
from tests.submissions.telling import answers, file_saying, finished_by

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STEPS = 40


@pytest.fixture
def attempt():
    attempt = finished_by(
        None,
        "At Alder Creek we begin with a question, and Ms. Whitfield waits.",
        "I gave Jaylen Thompson a second draft to read.",
    )
    file_saying(attempt, "A plan for Riverbend Unified, by the team of grade three.")
    return attempt


@pytest.fixture
def educator(live_server, attempt):
    with chromium() as browser:
        looker = Looker(browser, live_server.url)
        looker.come_as(attempt.educator)
        looker.go(f"/my/attempts/{attempt.public_id}/submit/")
        yield looker
        assert looker.troubles == []


def focused(educator):
    """The words of whatever has the focus."""
    return educator.page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")


def focused_id(educator):
    return educator.page.evaluate("document.activeElement.id")


def tab_to(educator, words):
    """Press Tab until something with these words has the focus."""
    for _step in range(MOST_STEPS):
        educator.page.keyboard.press("Tab")
        if focused(educator).startswith(words):
            return
    raise AssertionError(f"{words!r} is not reached by Tab")


def press_enter(educator):
    with educator.page.expect_navigation():
        educator.page.keyboard.press("Enter")


def test_everything_is_settled_by_keyboard_and_handed_in(educator, attempt):
    educator.shoot_all("identity-submit")

    tab_to(educator, "Replace with [my school]")
    press_enter(educator)
    assert focused_id(educator) == "place-1"
    educator.page.keyboard.press("Tab")
    assert focused(educator).startswith("Replace with [my name]")
    press_enter(educator)
    educator.page.keyboard.press("Tab")
    assert focused(educator).startswith("Replace with [a student]")
    press_enter(educator)
    educator.page.keyboard.press("Tab")
    assert focused(educator) == "This is intended: Riverbend Unified, 1"
    press_enter(educator)
    assert focused_id(educator) == "nothing-left"
    educator.look()
    tab_to(educator, "Submit for Review")
    press_enter(educator)

    attempt.refresh_from_db()
    texts = [answer.text.split(" word")[0] for answer in answers(attempt)[:2]]
    assert texts == [
        "At [my school] we begin with a question, and Ms. [my name] waits.",
        "I gave [a student] a second draft to read.",
    ]
    assert attempt.status == Attempt.Status.IN_REVIEW


def test_the_check_shows_at_every_width(educator, attempt):
    educator.go(f"/my/attempts/{attempt.public_id}/check/")

    marks = educator.page.locator("mark").all_inner_texts()

    assert marks == ["Alder Creek", "Whitfield", "Jaylen Thompson", "Riverbend Unified"]
