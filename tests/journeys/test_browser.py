"""One story in real Chromium, on the real library, with axe on every page it sees."""

import pytest
from django.core.management import call_command

from badges.models import Assertion
from portal.accounts.models import Association
from reviews.models import Review
from submissions.models import Attempt
from tests.factories import MemberFactory
from tests.files import document, photo
from tests.journeys.browser import Visitor, chromium
from tests.reviews.factories import ReviewerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLUG = "story-of-self"
WORDS = """
We meet families on the steps after school, when buses have left and nobody is in a hurry. Most of
them know each other by sight only. I bring coffee, a folding table and one question: what would
you change first? In the second month some came back with a neighbor, and two drivers began to stop
on their way home. I tell them why I stayed in this work after my third year, what I had to choose,
and what became of it. Then I listen. Nobody is asked to sign anything before we have met twice.
"""


@pytest.fixture
def visitor(live_server, settings):
    settings.PUBLIC_BASE_URL = live_server.url
    call_command("load_library", verbosity=0)
    with chromium() as browser:
        yield Visitor(browser, live_server.url)


@pytest.fixture
def educator(visitor):
    return MemberFactory(name="Erin Educator", association=Association.objects.get(slug="psea"))


def write(visitor, path):
    """Type into every answer and wait for the page to say that it saved by itself."""
    visitor.go(path)
    boxes = visitor.page.locator("textarea[data-words]")
    for number in range(boxes.count()):
        boxes.nth(number).fill(WORDS.replace("\n", " ").strip())
    visitor.page.get_by_text("Saved", exact=False).first.wait_for()
    visitor.page.locator("[data-save-state]", has_text="Saved ").wait_for()
    visitor.press("Save and mark as completed")


def hand_in(visitor, tmp_path, path):
    """Fill each slot of Part 2 with a link, a photo or a document, whichever it takes."""
    picture, paper = tmp_path / "photo.jpg", tmp_path / "paper.pdf"
    picture.write_bytes(photo().read())
    paper.write_bytes(document().read())
    visitor.go(path)
    for number in range(visitor.page.locator(".slot").count()):
        slot = visitor.page.locator(".slot").nth(number)
        if slot.get_by_label("Link").count():
            slot.get_by_label("Link").fill("https://example.org/my-story")
        else:
            takes_images = "JPG" in slot.inner_text()
            slot.locator("[type=file]").set_input_files(picture if takes_images else paper)
        with visitor.page.expect_navigation():
            slot.get_by_role("button", name="Hand in").click()
    visitor.look()
    visitor.press("Mark as completed")


def score(visitor, review):
    """Open the queue, choose the first level everywhere, hand in."""
    visitor.sign_in(review.reviewer.user)
    visitor.go("/reviews/")
    visitor.go(f"/reviews/{review.public_id}/")
    visitor.shoot("review")
    for group in visitor.page.locator("fieldset:has([type=radio])").all():
        group.locator("[type=radio]").first.check(force=True)
    visitor.page.locator("button[name='hand-in']").click()
    visitor.page.wait_for_load_state()
    visitor.look()
    visitor.press("Hand in")


def test_from_the_front_page_to_a_badge(visitor, educator, tmp_path):
    ReviewerFactory.create_batch(2)

    visitor.go("/")
    visitor.shoot("front")
    visitor.go("/psea/")
    visitor.go("/stacks/leadership-in-organizing/")
    visitor.go(f"/micro-certifications/{SLUG}/")
    visitor.sign_in(educator)
    visitor.go(f"/micro-certifications/{SLUG}/")
    visitor.press("Start")
    attempt = Attempt.objects.get()
    base = attempt.get_absolute_url()
    visitor.go(f"{base}parts/0/")
    for box in visitor.page.locator("main [type=checkbox]").all():
        box.check()
    visitor.press("Accept and continue")
    write(visitor, f"{base}parts/1/")
    hand_in(visitor, tmp_path, f"{base}parts/2/")
    write(visitor, f"{base}parts/3/")
    visitor.shoot("requirements")
    visitor.press("Submit for Review", role="link")
    visitor.press("Submit for Review")
    for review in Review.objects.select_related("reviewer__user"):
        score(visitor, review)

    visitor.sign_in(educator)
    visitor.go(base)
    visitor.go(f"{base}feedback/")
    visitor.go("/my/showcase/")
    assertion = Assertion.objects.get()
    visitor.go(assertion.get_absolute_url())
    visitor.shoot("badge")
    visitor.go("/my/credits/")
    visitor.go("/help/")
    assert "\n".join(visitor.troubles) == ""
