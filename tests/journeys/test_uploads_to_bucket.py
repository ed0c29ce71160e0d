"""The same browser, with files in a bucket: its pieces go straight there."""

import copy

import pytest
from playwright.sync_api import expect

from submissions.models import Evidence, Upload
from tests.files import archive
from tests.journeys.test_uploads import (
    MEGABYTE,
    PIECE,
    attempt,
    browser,
    educator,
    hand_in,
    handed_in,
    large,
    line,
    state,
    until_past,
)
from tests.submissions import buckets

__all__ = ["attempt", "browser", "educator", "large"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def bucket(settings):
    """Files lie in a bucket, and the policy lets the browser send there."""
    with buckets.used() as client:
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["connect-src"].append(client.meta.endpoint_url)
        settings.CONTENT_SECURITY_POLICY = policy
        yield client


@pytest.fixture
def sent(educator, bucket):
    """Where each piece went: its length by the server it was sent to."""
    told = []

    def note(request):
        if request.method in {"PATCH", "PUT"}:
            size = int(request.header_value("content-length") or 0)
            told.append((request.url.startswith(bucket.meta.endpoint_url), size))

    educator.page.on("requestfinished", note)
    return told


def test_pieces_go_straight_to_the_bucket_also_after_a_cut(educator, large, sent):
    line(educator, speed=4 * MEGABYTE)
    hand_in(educator, large)
    until_past(educator, 50)
    line(educator, offline=True)
    state(educator, "waiting").wait_for()
    line(educator)
    content = handed_in(educator)

    rest = large.stat().st_size - 2 * PIECE
    assert content == large.read_bytes()
    assert sorted(set(sent)) == [(False, 0), (True, rest), (True, PIECE)]
    assert (Evidence.objects.count(), Upload.objects.under_way().count()) == (1, 0)


def test_a_refusal_is_told_in_its_place(educator, tmp_path, bucket):
    path = tmp_path / "work.zip"
    path.write_bytes(archive().read())

    hand_in(educator, path)
    trouble = educator.slot.get_by_role("alert").filter(has_text="This is an archive")
    trouble.wait_for()

    expect(state(educator, "refused")).to_have_count(1)
    assert bucket.list_objects_v2(Bucket=buckets.NAME)["KeyCount"] == 0
