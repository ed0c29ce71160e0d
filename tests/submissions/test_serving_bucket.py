"""Files from a store of the S3 kind: signed for a minute to be saved, in pieces to be looked at."""

from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory

from submissions import serving
from submissions.serving import StoredFile
from tests.submissions import buckets

CONTENT = bytes(range(256)) * 4096
SIZE = len(CONTENT)
FILE = StoredFile("clean/ab/0123", "Part 2 - Artifact 1.mp4", "video/mp4")


@pytest.fixture(scope="module")
def bucket():
    with buckets.used() as client:
        yield client


@pytest.fixture
def stored(bucket):
    default_storage.save(FILE.key, ContentFile(CONTENT))
    yield
    buckets.empty(bucket)


def ask(send, file=FILE, method="get", **headers):
    return send(getattr(RequestFactory(), method)("/", headers=headers), file)


def test_a_download_is_fetched_from_the_store_under_its_neutral_name(stored):
    answer = ask(serving.download)

    with urlopen(answer["Location"]) as fetched:
        assert fetched.read() == CONTENT
    assert answer.status_code == 302
    assert {name: fetched.headers[name] for name in ("Content-Type", "Cache-Control")} == {
        "Content-Type": "video/mp4",
        "Cache-Control": "private, no-store",
    }
    assert fetched.headers["Content-Disposition"] == f'attachment; filename="{FILE.name}"'


def test_what_could_run_leaves_the_store_as_nothing_in_particular(stored):
    answer = ask(serving.download, FILE._replace(media_type="text/html"))

    with urlopen(answer["Location"]) as fetched:
        assert fetched.headers["Content-Type"] == "application/octet-stream"


def test_an_address_of_the_store_says_nothing_and_is_good_for_a_minute(stored):
    place = urlsplit(ask(serving.download)["Location"])

    assert place.path.endswith(FILE.key)
    asked = parse_qs(place.query)
    assert (asked["X-Amz-Expires"], len(asked["X-Amz-Signature"])) == (["60"], 1)


def test_a_name_that_tells_something_is_sent_by_the_portal(stored):
    answer = ask(serving.download, FILE._replace(name="Erin Educator.mp4", tells=True))

    assert (answer.status_code, b"".join(answer)) == (200, CONTENT)


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("", 200, CONTENT),
        ("bytes=0-", 206, CONTENT),
        ("bytes=700000-700009", 206, CONTENT[700_000:700_010]),
        ("bytes=-5", 206, CONTENT[-5:]),
        (f"bytes={SIZE}-", 416, b""),
    ],
)
def test_what_is_looked_at_comes_in_pieces_from_our_own_address(stored, asked, status, content):
    answer = ask(serving.show, Range=asked)

    assert (answer.status_code, b"".join(answer)) == (status, content)
    assert "Location" not in answer


def test_only_the_bytes_asked_for_are_fetched(stored):
    lengths = []
    stored_client = default_storage.connection.meta.client
    stored_client.meta.events.register(
        "after-call.s3.GetObject", lambda parsed, **rest: lengths.append(parsed["ContentLength"])
    )

    b"".join(ask(serving.show, Range="bytes=10-19"))

    assert lengths == [10]


def test_a_transfer_that_breaks_off_closes_its_connection(stored):
    pieces = serving.pieces(FILE.key, serving.Span(0, SIZE - 1))

    first = next(pieces)
    pieces.close()

    assert CONTENT.startswith(first)


@pytest.mark.parametrize("send", [serving.show, serving.download])
def test_head_is_answered_by_the_portal(stored, send):
    answer = ask(send, method="head")

    assert (answer.status_code, answer["Content-Length"]) == (200, str(SIZE))


@pytest.mark.parametrize("send", [serving.show, serving.download])
@pytest.mark.parametrize("key", ["clean/no/such", ""])
def test_what_the_store_has_lost_is_not_found(stored, send, key):
    with pytest.raises(Http404):
        ask(send, FILE._replace(key=key))
