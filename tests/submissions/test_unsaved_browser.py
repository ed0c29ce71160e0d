"""Two windows at one written part: whoever types in the older one is told where they are typing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from submissions import actions
from tests.journeys.browser import chromium
from tests.submissions.browsing import Looker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED_ELSEWHERE = "saved in another window"
IS_COVERED = """alert => {
    const seen = alert.getBoundingClientRect();
    const middle = [seen.left + seen.width / 2, seen.top + seen.height / 2];
    return !alert.contains(document.elementFromPoint(...middle));
}"""


@pytest.fixture
def writer(live_server, attempt):
    """The educator at Part 1."""
    with chromium() as browser:
        looker = Looker(browser, live_server.url)
        looker.come_as(attempt.educator)
        looker.go(reverse("part", args=[attempt.public_id, 1]))
        yield looker
        # a refusal and a cut line are told to the console too
        assert [one for one in looker.troubles if "Failed to load resource" not in one] == []


@pytest.fixture
def outdated(writer, attempt):
    """The educator at Part 1, which another window has saved since."""
    actions.save_answers(attempt.progress.get(part__number=1), {})
    return writer


def type_in(writer, number, words="A school by the sea. "):
    answer = writer.page.locator("textarea[data-words]").nth(number)
    answer.fill(words)
    answer.press("Space")
    return answer


def box(place):
    return place.evaluate("place => place.getBoundingClientRect().toJSON()")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_warning_is_in_sight_and_covers_nothing(outdated, width):
    outdated.page.set_viewport_size({"width": width, "height": 900})
    answer = type_in(outdated, 0, "A school by the sea.\n" * 30)
    alert = outdated.page.get_by_role("alert").filter(has_text=SAVED_ELSEWHERE)
    alert.wait_for()
    outdated.shoot(f"unsaved-{width}")

    expect(alert).to_be_in_viewport(ratio=1)
    assert alert.evaluate(IS_COVERED) is False
    assert box(alert)["top"] >= box(answer)["bottom"]
    assert box(outdated.page.locator(".savebar"))["top"] >= box(alert)["bottom"]


def test_the_warning_stays_and_follows_to_the_next_answer(outdated):
    type_in(outdated, 0)
    alert = outdated.page.get_by_role("alert").filter(has_text=SAVED_ELSEWHERE)
    alert.wait_for()

    answer = type_in(outdated, 1)

    expect(alert).to_be_in_viewport(ratio=1)
    assert box(alert)["top"] >= box(answer)["bottom"]
    expect(outdated.page.locator("[data-save-state]")).to_have_text("Not saved")
    outdated.look()


def test_the_warning_of_a_cut_line_goes_when_all_is_saved(writer):
    writer.page.context.set_offline(True)
    type_in(writer, 0)
    alert = writer.page.get_by_role("alert").filter(has_text="no connection")
    alert.wait_for()

    writer.page.context.set_offline(False)

    expect(alert).to_be_hidden(timeout=10_000)
    expect(writer.page.locator("[data-save-state]")).to_contain_text("Saved ")
