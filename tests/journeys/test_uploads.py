"""Files on a slow line in real Chromium: cut, paused, reloaded, refused; nothing is sent twice."""

import os
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.test import Client
from playwright.sync_api import expect

from submissions.models import Evidence, Upload
from tests.factories import MemberFactory, started_attempt
from tests.files import archive, photo
from tests.journeys.browser import Visitor, chromium
from tests.submissions import wire

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEGABYTE = 1024 * 1024
PIECE = 5 * MEGABYTE
FREE = -1


@pytest.fixture
def attempt():
    attempt = started_attempt(MemberFactory(name="Erin Educator"))
    session_of(attempt.educator)
    return attempt


def session_of(user):
    """The key of a session of theirs, made once."""
    if known := Session.objects.first():
        return known.session_key
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def browser():
    """One browser for all: each visitor has cookies of their own."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def educator(browser, live_server, attempt):
    """The educator at Part 2, on a line whose speed can be set."""
    visitor = at_part_2(browser, live_server.url, attempt)
    yield visitor
    visitor.page.context.close()
    # a cut line and a refusal are told to the console too
    assert [one for one in visitor.troubles if "Failed to load resource" not in one] == []


def at_part_2(browser, base, attempt):
    visitor = Visitor(browser, base)
    come_as(visitor, attempt.educator)
    visitor.page.goto(f"{base}/my/attempts/{attempt.public_id}/parts/2/")
    visitor.line = visitor.page.context.new_cdp_session(visitor.page)
    visitor.line.send("Network.enable")
    visitor.slot = visitor.page.locator("#plan")
    visitor.chunks = []
    visitor.page.on("request", lambda request: note(visitor.chunks, request))
    return visitor


def come_as(visitor, user):
    value = session_of(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": visitor.base}
    visitor.page.context.add_cookies([cookie])


def note(chunks, request):
    if request.method == "PATCH":
        chunks.append(int(request.headers["upload-offset"]))


def line(visitor, speed=FREE, offline=False):
    """Give the line a speed in bytes a second, or cut it."""
    told = {"offline": offline, "latency": 0, "downloadThroughput": FREE}
    visitor.line.send("Network.emulateNetworkConditions", told | {"uploadThroughput": speed})


@pytest.fixture
def large(tmp_path):
    """A photo of 12 MB, most of it behind the picture."""
    path = tmp_path / "lesson.jpg"
    path.write_bytes(photo().read() + os.urandom(12 * MEGABYTE))
    return path


def hand_in(visitor, *paths, slot=None):
    slot = slot or visitor.slot
    slot.locator("[data-upload-form] [type=file]").set_input_files(paths)
    slot.get_by_role("button", name="Hand in").click()


def state(visitor, name):
    return visitor.slot.locator(f"[data-state={name}]")


def percent(visitor):
    return float(visitor.slot.locator("progress").first.evaluate("bar => bar.value"))


def until_past(visitor, least):
    expect(visitor.slot.locator("progress[value]")).to_have_count(1)
    visitor.page.wait_for_function(
        "least => document.querySelector('#plan progress')?.value > least", arg=least
    )
    return percent(visitor)


def handed_in(visitor):
    """Wait for the page to show the evidence; return its original."""
    visitor.slot.locator(".evidence-item [data-status]").first.wait_for()
    visitor.slot.locator("[data-unfinished]").wait_for(state="detached")
    with default_storage.open(Evidence.objects.get().vault_key) as file:
        return file.read()


def test_an_upload_cut_in_the_middle_goes_on_by_itself(educator, large):
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    first = until_past(educator, 5)
    second = until_past(educator, max(first, 50))

    line(educator, offline=True)
    state(educator, "waiting").wait_for()
    educator.look()
    educator.shoot("upload-waiting")
    before = len(educator.chunks)
    line(educator)
    content = handed_in(educator)

    assert 0 < first < second < 100
    assert content == large.read_bytes()
    assert educator.chunks[before] >= PIECE
    assert (Upload.objects.under_way().count(), Evidence.objects.count()) == (0, 1)


def test_after_a_reload_the_same_file_goes_on_where_it_was(educator, large):
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    educator.page.reload()
    educator.slot.get_by_text("Not all here yet").wait_for()
    educator.look()
    educator.shoot("upload-unfinished")
    line(educator)
    before = len(educator.chunks)

    hand_in(educator, large)
    content = handed_in(educator)

    assert content == large.read_bytes()
    assert educator.chunks[before] >= PIECE
    assert Upload.objects.count() == 1


def test_the_page_offers_what_is_unfinished_and_takes_no_other_file_for_it(
    educator, large, tmp_path
):
    other = tmp_path / "other.jpg"
    other.write_bytes(photo().read())
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    educator.page.reload()
    line(educator)
    choose = educator.slot.locator("[data-unfinished] [type=file]")

    choose.set_input_files(other)
    educator.slot.get_by_text("This is another file").wait_for()
    educator.look()
    choose.set_input_files(large)
    content = handed_in(educator)

    assert content == large.read_bytes()
    assert Upload.objects.count() == 1


def test_pause_go_on_and_cancel_work_by_keyboard(educator, large):
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 5)
    educator.slot.get_by_role("button", name="Pause lesson.jpg").press("Enter")
    state(educator, "paused").wait_for()
    educator.look()
    at_pause = percent(educator)
    educator.page.wait_for_timeout(400)
    still = percent(educator)

    on = educator.slot.get_by_role("button", name="Go on lesson.jpg")
    expect(on).to_be_focused()
    on.press("Enter")
    until_past(educator, at_pause)
    educator.slot.get_by_role("button", name="Cancel lesson.jpg").press("Enter")
    educator.slot.locator(".upload").wait_for(state="detached")

    expect(educator.slot.locator("[data-upload-form] [type=file]")).to_be_focused()
    assert still == at_pause
    assert (Upload.objects.count(), Evidence.objects.count()) == (0, 0)


def test_what_has_arrived_may_be_given_up_after_a_reload(educator, large):
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    educator.page.reload()
    line(educator)

    educator.slot.get_by_role("button", name="Cancel lesson.jpg").click()
    educator.page.get_by_text("Nothing of this file was kept.").wait_for()

    assert Upload.objects.count() == 0


def test_several_files_go_at_once_and_one_refusal_spoils_none(educator, tmp_path):
    paths = [tmp_path / name for name in ("one.jpg", "two.jpg", "three.zip")]
    for path, color in zip(paths[:2], ("teal", "navy"), strict=True):
        path.write_bytes(photo(color=color).read())
    paths[2].write_bytes(archive().read())

    hand_in(educator, *paths)
    trouble = educator.slot.get_by_role("alert").filter(has_text="This is an archive")
    trouble.wait_for()
    show = educator.slot.get_by_role("button", name="Show what was handed in")
    show.wait_for()
    educator.look()
    educator.shoot("upload-refused")
    show.click()
    educator.slot.locator(".evidence-item").nth(1).wait_for()

    names = Evidence.objects.order_by("given_name").values_list("given_name", flat=True)
    assert list(names) == ["one.jpg", "two.jpg"]
    assert Upload.objects.under_way().count() == 0


def test_every_one_of_several_files_is_named_once(educator, tmp_path):
    colors = ("teal", "navy", "maroon", "olive")
    for color in colors:
        (tmp_path / f"{color}.jpg").write_bytes(photo(color=color).read())

    hand_in(educator, *(tmp_path / f"{color}.jpg" for color in colors))
    said = educator.page.locator(".notice--good").filter(has_text="is handed in under")
    expect(said).to_have_count(len(colors))
    educator.look()
    educator.shoot("upload-all-named")

    words = sorted(one.strip() for one in said.all_inner_texts())
    assert words == sorted(f"“{color}.jpg” is handed in under “Plan”." for color in colors)
    educator.page.reload()
    expect(said).to_have_count(0)


def test_what_is_said_of_a_file_and_the_releases_come_along(educator, tmp_path):
    path = tmp_path / "class.jpg"
    path.write_bytes(photo().read())
    educator.slot.get_by_label("People can be seen").check()
    educator.slot.get_by_label("Activity description").fill("Group work, Ünit 3")

    hand_in(educator, path)
    handed_in(educator)

    evidence = Evidence.objects.get()
    assert (evidence.shows_people, evidence.activity_description) == (True, "Group work, Ünit 3")


def test_progress_is_told_to_those_who_listen_but_not_every_percent(educator, large):
    educator.page.evaluate(
        """() => {
          const news = document.querySelector('#plan [data-upload-news]');
          window.heard = [];
          new MutationObserver(() => window.heard.push(news.textContent))
            .observe(news, { childList: true });
        }"""
    )
    line(educator, speed=6 * MEGABYTE)

    hand_in(educator, large)
    until_past(educator, 80)
    heard = educator.page.evaluate("window.heard")

    assert 1 <= len(heard) <= 4
    assert all(words.startswith("lesson.jpg: ") for words in heard)


def test_a_signed_out_person_is_told_and_goes_on_after_signing_in(educator, large, attempt):
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    educator.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    educator.slot.get_by_role("alert").filter(has_text="You were signed out").wait_for()

    come_as(educator, attempt.educator)
    line(educator)
    educator.slot.get_by_role("button", name="Go on lesson.jpg").click()

    assert handed_in(educator) == large.read_bytes()


@pytest.fixture
def server(attempt, tmp_path):
    """The portal as it runs, in a process of its own that may be killed."""
    database, folder = wire.copied_database(tmp_path / "portal.sqlite3"), tmp_path / "files"
    with wire.running(database, folder, DEBUG="1") as server:
        server.again = lambda: wire.running(database, folder, port=server.port, DEBUG="1")
        server.folder = folder
        yield server


@pytest.mark.embedded
def test_a_server_that_dies_and_comes_back_is_no_more_than_a_pause(browser, server, attempt, large):
    educator = at_part_2(browser, f"http://127.0.0.1:{server.port}", attempt)
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    server.kill()
    line(educator)
    broke = educator.slot.locator("[data-upload-state]", has_text="The connection broke at")
    expect(broke).to_be_visible(timeout=5_000)
    with server.again():
        educator.slot.locator(".evidence-item [data-status]").first.wait_for()
    educator.page.context.close()

    vault = server.folder / "vault"
    stored = [path.read_bytes() for path in vault.rglob("*") if path.is_file()]
    assert stored == [large.read_bytes()]
    assert max(educator.chunks) > 0


@pytest.mark.embedded
def test_signed_out_at_a_server_that_does_not_listen_on_is_told_too(
    browser, server, attempt, large
):
    educator = at_part_2(browser, f"http://127.0.0.1:{server.port}", attempt)
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    cookies = educator.page.context.cookies()
    educator.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    educator.slot.get_by_role("alert").filter(has_text="You were signed out").wait_for()
    educator.page.context.add_cookies(cookies)
    line(educator)
    before = len(educator.chunks)
    educator.slot.get_by_role("button", name="Go on lesson.jpg").click()
    educator.slot.locator(".evidence-item [data-status]").first.wait_for()
    educator.page.context.close()

    assert educator.chunks[before] >= PIECE


def test_without_javascript_the_plain_form_does_it(browser, live_server, attempt, tmp_path):
    path = tmp_path / "plan.jpg"
    path.write_bytes(photo().read())
    page = browser.new_context(java_script_enabled=False).new_page()
    visitor = SimpleNamespace(page=page, base=live_server.url)
    come_as(visitor, attempt.educator)
    page.goto(f"{live_server.url}/my/attempts/{attempt.public_id}/parts/2/")
    hand_in(visitor, path, slot=page.locator("#plan"))
    page.get_by_text("Handed in under “").wait_for()
    page.context.close()

    assert Evidence.objects.get().given_name == "plan.jpg"
