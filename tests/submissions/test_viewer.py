"""The viewer in real Chromium: what can be shown is shown, and nothing that was handed in runs."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.models import Exhibit
from submissions import actions, held
from submissions.models import Evidence
from submissions.serving import SHOWN
from tests.factories import StaffFactory, started_attempt
from tests.journeys.browser import chromium
from tests.reviews.factories import seated_round
from tests.submissions.browsing import RAN, SCRIPT, Looker, drawn, pdf_with_script, recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPUS, VP8 = ("-c:a", "libopus"), ("-c:v", "libvpx")
RECORDINGS = {
    "video/mp4": ("a.mp4", "-pix_fmt", "yuv420p"),
    "video/webm": ("a.webm", *VP8, *OPUS),
    "audio/mp4": ("a.m4a", "-vn"),
    "audio/mpeg": ("a.mp3", "-vn"),
    "audio/ogg": ("a.ogg", "-vn", *OPUS),
    "audio/webm": ("b.webm", "-vn", *OPUS),
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def looker(browser, live_server):
    looker = Looker(browser, live_server.url)
    yield looker
    looker.page.context.close()


@pytest.fixture
def review():
    return seated_round()[1][0]


def fill(evidence, content, media_type="application/pdf", extension="pdf"):
    """Put a clean copy behind a row."""
    if default_storage.exists(evidence.clean_key):
        default_storage.delete(evidence.clean_key)
    default_storage.save(evidence.clean_key, ContentFile(content))
    kind = {"media_type": media_type, "extension": extension}
    Evidence.objects.filter(pk=evidence.pk).update(**kind)
    return evidence


def file_of(review):
    return review.submission.evidence.get(kind=Evidence.Kind.FILE)


def one_more(review, number, content, media_type, extension="bin"):
    """Another file of the same round, with its exhibit."""
    first = review.submission.evidence.filter(kind=Evidence.Kind.FILE).earliest("pk")
    evidence = Evidence.objects.create(
        attempt=first.attempt,
        requirement=first.requirement,
        kind="file",
        status="clean",
        clean_key=f"clean/more/{number}",
        activity_description="Students present their plans.",
    )
    review.submission.evidence.add(evidence)
    Exhibit.objects.create(review=review, evidence=evidence, number=number)
    return fill(evidence, content, media_type, extension)


def view_address(review):
    exhibit = review.exhibits.get(evidence=file_of(review))
    return reverse("review-evidence-view", args=[review.public_id, exhibit.token])


def test_a_reviewer_sees_document_picture_and_text_in_the_page(looker, review):
    fill(file_of(review), drawn("PDF"))
    one_more(review, 3, drawn("PNG"), "image/png", "png")
    one_more(review, 4, "Déjà vu <script>document.title='ran'</script>".encode(), "text/plain")
    looker.come_as(review.reviewer.user)

    looker.go(review.get_absolute_url())

    page = looker.page
    assert looker.is_drawn_red(page.locator("iframe.artifact-frame--pdf"))
    assert looker.is_drawn_red(page.locator(".artifact-picture img"))
    text = page.frame_locator("iframe.artifact-frame--text").locator("body")
    page.locator("iframe.artifact-frame--text").scroll_into_view_if_needed()
    assert text.inner_text() == "Déjà vu <script>document.title='ran'</script>"
    looker.shoot_all("reviewer-artifacts")
    assert (looker.ran(), "\n".join(looker.troubles)) == ([], "")


def test_every_kind_of_recording_plays_from_its_middle(looker, review, tmp_path):
    looker.come_as(review.reviewer.user)
    seen = {}
    for media_type, options in RECORDINGS.items():
        fill(file_of(review), recorded(tmp_path, *options), media_type)
        looker.page.goto(looker.base + review.get_absolute_url())
        place = looker.page.locator("video, audio")
        place.scroll_into_view_if_needed()
        seen[media_type] = looker.plays(place)

    assert seen == {media_type: [True, True] for media_type in RECORDINGS}


def test_a_picture_opens_at_full_size_by_keyboard_alone(looker, review):
    fill(file_of(review), drawn("PNG"), "image/png", "png")
    looker.come_as(review.reviewer.user)
    looker.page.goto(looker.base + review.get_absolute_url())

    looker.page.locator("a.artifact-picture").focus()
    with looker.page.expect_popup() as opened:
        looker.page.keyboard.press("Enter")

    picture = opened.value
    picture.wait_for_load_state()
    assert picture.url == looker.base + view_address(review)
    assert picture.locator("img").evaluate("one => [one.naturalWidth, one.naturalHeight]") == [
        600,
        800,
    ]


def test_the_download_has_the_neutral_name(looker, review):
    content = drawn("PDF")
    fill(file_of(review), content)
    looker.come_as(review.reviewer.user)
    looker.page.goto(looker.base + review.get_absolute_url())

    with looker.page.expect_download() as begun:
        looker.page.get_by_role("link", name="Download Part 2 - Artifact 1.pdf").click()

    assert begun.value.suggested_filename == "Part 2 - Artifact 1.pdf"
    assert begun.value.path().read_bytes() == content


def test_a_page_with_a_script_runs_under_no_shown_kind(looker, review):
    looker.come_as(review.reviewer.user)
    for media_type in SHOWN:
        fill(file_of(review), SCRIPT.encode(), media_type)
        looker.page.goto(looker.base + review.get_absolute_url())
        looker.page.locator(".review-items").first.scroll_into_view_if_needed()
        looker.page.goto(looker.base + view_address(review))
        looker.page.wait_for_timeout(300)

        assert (media_type, looker.ran()) == (media_type, [])


def test_a_script_that_runs_would_be_seen(looker):
    place = f"{looker.base}/unguarded"
    looker.page.route(place, lambda way: way.fulfill(content_type="text/html", body=SCRIPT))

    with looker.page.expect_request(f"**{RAN}"):
        looker.page.goto(place)

    assert looker.ran() == ["ran", looker.base + RAN]


def test_what_a_browser_could_run_is_only_ever_saved(looker, review):
    fill(file_of(review), SCRIPT.encode(), "text/html", "html")
    looker.come_as(review.reviewer.user)
    looker.page.goto(looker.base + review.get_absolute_url())

    with looker.page.expect_download() as begun:
        looker.page.get_by_role("link", name="Download Part 2 - Artifact 1.html").click()

    assert begun.value.suggested_filename == "Part 2 - Artifact 1.html"
    assert looker.ran() == []


def test_a_script_in_a_document_would_be_seen_had_it_not_been_cleaned(looker, review):
    """Chromium runs it in its own viewer, where no header reaches: only the cleaner helps."""
    fill(file_of(review), pdf_with_script())
    looker.come_as(review.reviewer.user)

    looker.page.goto(looker.base + review.get_absolute_url())

    assert looker.is_drawn_red(looker.page.locator("iframe"))
    assert looker.ran() == ["ran"]


def test_a_document_that_was_handed_in_with_a_script_is_shown_without_it(looker):
    attempt = started_attempt()
    progress = attempt.progress.get(part__number=2)
    plan = progress.part.requirements.get(key="plan")
    file = SimpleUploadedFile("plan.pdf", pdf_with_script(), content_type="application/pdf")
    evidence = actions.add_file(progress, plan, file)
    looker.come_as(attempt.educator)

    looker.go(reverse("evidence-preview", args=[evidence.public_id]))

    assert looker.is_drawn_red(looker.page.locator("iframe"))
    assert "Scripts and actions" in looker.page.locator(".taken-out").inner_text()
    looker.shoot_all("preview")
    assert (looker.ran(), "\n".join(looker.troubles)) == ([], "")


def test_the_preview_needs_no_script_of_ours(looker, review):
    evidence = fill(file_of(review), drawn("PDF"))
    looker.come_as(evidence.attempt.educator)
    script = re.compile(r"/static/js/")
    looker.page.route(script, lambda route: route.abort())

    looker.page.goto(looker.base + reverse("evidence-preview", args=[evidence.public_id]))

    assert looker.is_drawn_red(looker.page.locator("iframe"))


def test_staff_settle_a_held_file_by_keyboard(looker):
    attempt, clerk = started_attempt(), StaffFactory()
    plan = attempt.edition.parts.get(number=2).requirements.get(key="plan")
    fields = {"given_name": "plan.docx", "vault_key": "vault/a", "reason": "It can’t be opened."}
    kept = Evidence.objects.create(
        attempt=attempt, requirement=plan, kind="file", status="held", size=9_000, **fields
    )
    looker.come_as(clerk)
    looker.go("/staff/")
    looker.shoot_all("staff-day")
    looker.press("Files to look at", role="link")
    looker.shoot_all("staff-held")
    looker.press("Plan", role="link")
    looker.shoot_all("staff-held-file")

    looker.page.get_by_label("What is the matter").focus()
    looker.page.keyboard.type("It is damaged; hand in a PDF of it.")
    looker.page.keyboard.press("Tab")
    looker.page.keyboard.press("Enter")

    looker.page.get_by_text("Nothing waits for you").wait_for()
    kept.refresh_from_db()
    assert (kept.status, kept.reason) == ("refused", "It is damaged; hand in a PDF of it.")
    assert (held.count_for(clerk), "\n".join(looker.troubles)) == (0, "")
