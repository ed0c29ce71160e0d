"""Files over HTTP: headers, ranges, what is lost, who sends them, and how much memory it takes."""

import resource
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from submissions import serving
from submissions.ranges import OutOfReach, Span, span_asked_for
from submissions.serving import QUIET, SHOWN, StoredFile

CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)
FILE = StoredFile("clean/ab/key", "Part 2 - Artifact 1.mp4", "video/mp4")
WHOLE = (200, CONTENT, None)
MEGABYTES_300 = 300 * 1024 * 1024


@pytest.fixture
def stored():
    default_storage.save(FILE.key, ContentFile(CONTENT))


def ask(send=serving.show, file=FILE, method="get", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    answer = send(request, file)
    answer.body = b"".join(answer) if answer.streaming else answer.content
    return answer


def told(answer):
    return answer.status_code, answer.body, answer.headers.get("Content-Range")


def part(first, last):
    return 206, CONTENT[first : last + 1], f"bytes {first}-{last}/{SIZE}"


RANGES = [
    ("bytes=0-0", part(0, 0)),
    ("bytes=0-99", part(0, 99)),
    ("bytes=100-", part(100, SIZE - 1)),
    ("bytes=0-", part(0, SIZE - 1)),
    (f"bytes={SIZE - 1}-", part(SIZE - 1, SIZE - 1)),
    (f"bytes=10-{SIZE + 50}", part(10, SIZE - 1)),
    ("bytes=10-" + "9" * 30, part(10, SIZE - 1)),
    ("bytes=-1", part(SIZE - 1, SIZE - 1)),
    ("bytes=-500", part(SIZE - 500, SIZE - 1)),
    (f"bytes=-{SIZE + 7}", part(0, SIZE - 1)),
    ("BYTES=3-4", part(3, 4)),
    ("bytes = 3-4 ", part(3, 4)),
    (f"bytes={SIZE}-", (416, b"", f"bytes */{SIZE}")),
    (f"bytes={SIZE + 1}-{SIZE + 9}", (416, b"", f"bytes */{SIZE}")),
    ("bytes=-0", (416, b"", f"bytes */{SIZE}")),
    ("bytes=0-1,4-5", WHOLE),
    ("bytes=0-1, -1", WHOLE),
    ("bytes=5-2", WHOLE),
    ("bytes=-", WHOLE),
    ("bytes=", WHOLE),
    ("bytes=a-b", WHOLE),
    ("bytes=1-2-3", WHOLE),
    ("bytes=--5", WHOLE),
    ("bytes=+1-2", WHOLE),
    ("bytes=1.0-2", WHOLE),
    ("bytes=١-٢", WHOLE),
    ("bytes=" + "9" * 5000 + "-", WHOLE),
    ("items=0-1", WHOLE),
    ("0-1", WHOLE),
    ("", WHOLE),
]


@pytest.mark.parametrize(("asked", "expected"), RANGES)
def test_ranges_are_answered_by_the_book(stored, asked, expected):
    answer = ask(Range=asked)

    assert told(answer) == expected
    assert answer.headers.get("Content-Length", "0") == str(len(answer.body))


@given(first=st.integers(0, 400), last=st.integers(0, 400), size=st.integers(0, 300))
def test_a_range_is_what_slicing_would_give(first, last, size):
    content = bytes(number % 251 for number in range(size))

    try:
        span = span_asked_for(f"bytes={first}-{last}", size)
    except OutOfReach:
        assert content[first : last + 1] == b""
        return

    expected = content if span is None else content[first : last + 1]
    assert content[span.first : span.last + 1] if span else content == expected
    assert span is None or (span.length == len(expected) > 0)


@given(st.text(alphabet="bytes=-,0123456789 ", max_size=40))
def test_whatever_is_asked_for_lies_inside_the_file(header):
    try:
        span = span_asked_for(header, 100)
    except OutOfReach:
        return

    assert span is None or 0 <= span.first <= span.last < 100


@pytest.mark.parametrize("value", ['"abc"', 'W/"abc"', "Tue, 24 Nov 2026 10:00:00 GMT", "*"])
def test_a_range_on_a_condition_gets_the_whole_file(stored, value):
    answer = ask(**{"Range": "bytes=0-9", "If-Range": value})

    assert told(answer) == WHOLE


@pytest.mark.parametrize("send", [serving.show, serving.download])
@pytest.mark.parametrize("asked", ["", "bytes=0-9", f"bytes={SIZE}-"])
def test_head_tells_the_length_and_heeds_no_range(stored, send, asked):
    answer = ask(send, method="head", Range=asked)

    assert told(answer) == (200, b"", None)
    assert (answer["Content-Length"], answer["Accept-Ranges"]) == (str(SIZE), "bytes")


@pytest.mark.parametrize("asked", ["", "bytes=0-", "bytes=-5"])
def test_an_empty_file_is_sent_whole_or_not_at_all(asked):
    default_storage.save(FILE.key, ContentFile(b""))

    answer = ask(Range=asked)

    out_of_reach = (416, b"", "bytes */0")
    assert told(answer) == (out_of_reach if asked == "bytes=0-" else (200, b"", None))


@pytest.mark.parametrize("asked", ["", "bytes=0-9", f"bytes={SIZE}-"])
@pytest.mark.parametrize("send", [serving.show, serving.download])
@pytest.mark.parametrize("media_type", SHOWN)
def test_every_answer_about_a_file_is_quiet(stored, media_type, send, asked):
    answer = ask(send, FILE._replace(media_type=media_type), Range=asked)

    assert {name: answer[name] for name in QUIET} == QUIET
    assert answer["Content-Type"].split(";")[0] == media_type
    assert {"ETag", "Last-Modified", "Content-MD5", "Set-Cookie"} & set(answer.headers) == set()


def test_the_policy_lets_nothing_in_and_nothing_run():
    rules = dict(
        rule.strip().partition(" ")[::2] for rule in QUIET["Content-Security-Policy"].split(";")
    )

    assert (rules["sandbox"], rules["default-src"], rules["form-action"]) == (
        "",
        "'none'",
        "'none'",
    )
    assert {words for words in rules.values() if "unsafe" in words or "data:" in words} == set()


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "image/svg+xml", "text/xml", "application/javascript", "application/zip", ""],
)
def test_what_browsers_could_run_is_saved_as_nothing_in_particular(stored, media_type):
    file = FILE._replace(media_type=media_type)

    answer = ask(serving.download, file)

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    with pytest.raises(Http404):
        ask(serving.show, file)


def test_text_is_told_in_its_alphabet(stored):
    answer = ask(serving.show, FILE._replace(media_type="text/plain"))

    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Part 2 - Artifact 1.pdf", 'attachment; filename="Part 2 - Artifact 1.pdf"'),
        ("Leçon.pdf", "attachment; filename*=utf-8''Le%C3%A7on.pdf"),
        ('a"b\\c.pdf', 'attachment; filename="a\\"b\\\\c.pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="aSet-Cookie: x=1.pdf"'),
        ("a\x00\u202egpj.exe", 'attachment; filename="agpj.exe"'),
        (
            "授業" * 120 + ".pdf",
            "attachment; filename*=utf-8''" + "%E6%8E%88%E6%A5%AD" * 120 + ".pdf",
        ),
        ("", 'attachment; filename="file"'),
        ("\n\t", 'attachment; filename="file"'),
    ],
)
def test_a_name_can_do_nothing_in_a_header(stored, name, expected):
    answer = ask(serving.download, FILE._replace(name=name))

    assert answer["Content-Disposition"] == expected


@pytest.mark.parametrize("key", ["clean/no/such", ""])
@pytest.mark.parametrize("send", [serving.show, serving.download])
@pytest.mark.parametrize("offload", ["", "x-accel", "stream"])
def test_what_the_store_has_lost_is_not_found(settings, send, key, offload):
    settings.FILES_OFFLOAD = offload

    with pytest.raises(Http404):
        ask(send, FILE._replace(key=key))


@pytest.mark.parametrize("send", [serving.show, serving.download])
@pytest.mark.parametrize("asked", ["", "bytes=0-9", f"bytes={SIZE}-"])
def test_the_web_server_is_told_which_file_to_send(settings, stored, send, asked):
    settings.FILES_OFFLOAD = "x-accel"

    answer = ask(send, Range=asked)

    assert (answer.status_code, answer.body) == (200, b"")
    assert answer["X-Accel-Redirect"] == "/_files/clean/ab/key"
    assert {name: answer[name] for name in QUIET} == QUIET
    assert FILE.name in answer["Content-Disposition"]


class SigningStorage(FileSystemStorage):
    """A store that signs addresses, as the S3 one does."""

    querystring_auth = True

    def url(self, name, parameters=None, expire=None):
        return f"https://store.example/{name}?{urlencode({'expire': expire, **parameters})}"


@pytest.fixture
def signing(settings):
    backend = {"BACKEND": "tests.submissions.test_serving.SigningStorage"}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    default_storage.save(FILE.key, ContentFile(CONTENT))


def test_a_store_that_signs_sends_its_files_itself_for_a_minute(signing):
    answer = ask(serving.download)

    place, _, asked = answer["Location"].partition("?")
    assert (answer.status_code, place) == (302, "https://store.example/clean/ab/key")
    assert dict(parse_qsl(asked)) == {
        "expire": "60",
        "ResponseContentType": "video/mp4",
        "ResponseContentDisposition": f'attachment; filename="{FILE.name}"',
        "ResponseCacheControl": "private, no-store",
    }
    assert {name: answer[name] for name in QUIET} == QUIET


def test_what_is_looked_at_comes_from_our_own_address_even_then(signing):
    assert told(ask(serving.show, Range="bytes=0-9")) == part(0, 9)


def test_a_name_that_tells_something_stands_in_no_address(signing):
    answer = ask(serving.download, FILE._replace(name="Erin Educator.mp4", tells=True))

    assert told(answer) == WHOLE


def test_head_is_not_sent_on_to_the_store(signing):
    assert ask(serving.download, method="head").status_code == 200


def test_the_portal_can_be_told_to_send_everything_itself(settings, signing):
    settings.FILES_OFFLOAD = "stream"

    assert told(ask(serving.download)) == WHOLE


def test_what_a_signing_store_has_lost_is_not_found(signing):
    with pytest.raises(Http404):
        ask(serving.download, FILE._replace(key="clean/no/such"))


def resident():
    """The memory of this process now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


@pytest.mark.parametrize("asked", ["", "bytes=1000-"])
def test_a_large_file_takes_no_memory(settings, asked):
    path = Path(settings.MEDIA_ROOT) / FILE.key
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(MEGABYTES_300)
    answer = serving.show(RequestFactory().get("/", headers={"Range": asked}), FILE)
    before, sent, highest = resident(), 0, 0

    for piece in answer.streaming_content:
        sent, highest = sent + len(piece), max(highest, resident())

    assert sent == MEGABYTES_300 - (1000 if asked else 0)
    assert highest - before < 30


def test_a_transfer_that_breaks_off_leaves_no_open_file(stored):
    pieces = serving.pieces(FILE.key, Span(0, SIZE - 1))

    first = next(pieces)
    pieces.close()

    assert first == CONTENT
    assert list(serving.pieces(FILE.key, Span(0, -1))) == []
