"""Tus 1.0 as its specification words it, over HTTP."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from submissions.models import Evidence, Upload
from submissions.promises import MOST_BYTES
from tests.submissions.tus_client import Sender, picture, said


@pytest.fixture
def sender(signed_in, attempt):
    return Sender(signed_in, attempt)


def stored():
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def checksum(content, algorithm="sha256"):
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_options_tell_what_the_server_can_do(sender):
    answer = sender.client.options(reverse("upload-add", args=[sender.attempt.public_id]))

    told = {name: answer[name] for name in answer.headers if name.startswith("Tus-")}
    assert (answer.status_code, told) == (
        204,
        {
            "Tus-Resumable": "1.0.0",
            "Tus-Version": "1.0.0",
            "Tus-Extension": "creation,creation-with-upload,termination,checksum,expiration",
            "Tus-Max-Size": str(MOST_BYTES),
            "Tus-Checksum-Algorithm": "sha1,sha256",
        },
    )


def test_a_file_is_created_sent_in_chunks_and_becomes_evidence(sender):
    content = picture()

    created = sender.create(len(content), activity_description="Lesson 3")
    answers = [sender.patch(at, content[at : at + 1000]) for at in (0, 1000, 2000)]

    evidence = Evidence.objects.get()
    assert (created.status_code, created["Upload-Offset"]) == (201, "0")
    assert [(one.status_code, one["Upload-Offset"]) for one in answers] == [
        (204, "1000"),
        (204, "2000"),
        (204, "3000"),
    ]
    assert (evidence.given_name, evidence.size) == ("plan.png", 3000)
    assert evidence.activity_description == "Lesson 3"
    assert [path.read_bytes() for path in stored()] == [content]


def test_the_first_chunk_may_come_with_the_creation(sender):
    content = picture()

    created = sender.create(len(content), content[:1200])

    assert (created.status_code, created["Upload-Offset"]) == (201, "1200")
    assert sender.offset() == 1200


def test_a_whole_file_may_come_with_the_creation(sender):
    content = picture()

    created = sender.create(len(content), content)

    assert (created.status_code, created["Upload-Offset"]) == (201, "3000")
    assert Evidence.objects.count() == 1


def test_head_tells_how_far_a_file_is(sender):
    sender.create(3000)
    sender.patch(0, picture()[:700])

    answer = sender.head()

    assert (answer.status_code, answer["Upload-Offset"], answer["Upload-Length"]) == (
        200,
        "700",
        "3000",
    )
    assert answer["Cache-Control"] == "no-store"
    assert answer["Tus-Resumable"] == "1.0.0"
    assert answer["Upload-Metadata"] == said().rpartition(",")[0]


@pytest.mark.parametrize("version", ["0.2.2", "2.0.0", "", "1.0"])
def test_another_version_is_declined_with_the_one_spoken_here(sender, version):
    sender.create(3000)

    answer = sender.client.patch(
        sender.place,
        b"x",
        content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": version, "Upload-Offset": "0"},
    )

    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert sender.offset() == 0


@pytest.mark.parametrize("offset", [1, 699, 701, 2999])
def test_a_chunk_for_another_place_is_declined(sender, offset):
    sender.create(3000)
    sender.patch(0, picture()[:700])

    answer = sender.patch(offset, b"x")

    assert (answer.status_code, sender.offset()) == (409, 700)


@pytest.mark.parametrize("offset", ["-1", "1.5", "x", "", "9" * 19, "0x1", "١"])
def test_an_offset_that_is_no_number_is_declined(sender, offset):
    sender.create(3000)

    answer = sender.patch(offset.encode().decode("latin-1"), b"x")

    assert (answer.status_code, sender.offset()) == (400, 0)


def test_another_type_of_content_is_declined(sender):
    sender.create(3000)

    answer = sender.patch(0, b"x", content_type="application/octet-stream")

    assert (answer.status_code, sender.offset()) == (415, 0)


def test_more_than_was_promised_is_declined_unread(sender):
    sender.create(3000)
    sender.patch(0, picture()[:2999])

    answer = sender.patch(2999, b"xy")

    assert (answer.status_code, sender.offset()) == (413, 2999)


def test_who_does_not_say_how_much_comes_is_not_listened_to(sender):
    sender.create(3000)

    answer = sender.patch(0, b"x", Transfer_Encoding="chunked")

    assert (answer.status_code, sender.offset()) == (411, 0)


@pytest.mark.parametrize("length", [None, "-1", "ten", "", "1e3"])
def test_a_creation_without_a_true_length_is_declined(sender, length):
    headers = {"Upload-Length": length} if length is not None else {}
    answer = sender.client.post(
        reverse("upload-add", args=[sender.attempt.public_id]),
        headers={"Tus-Resumable": "1.0.0", "Upload-Metadata": said(), **headers},
    )

    assert (answer.status_code, Upload.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    "metadata",
    [
        "filename not-base64!",
        "filename cGxhbg==,filename cGxhbg==",
        "filename /////w==",
        "fílename cGxhbg==",
    ],
)
def test_metadata_that_can_not_be_read_is_declined(sender, metadata):
    answer = sender.client.post(
        reverse("upload-add", args=[sender.attempt.public_id]),
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": "3000",
            "Upload-Metadata": metadata.encode().decode("latin-1"),
        },
    )

    assert (answer.status_code, Upload.objects.count()) == (400, 0)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_chunk_that_adds_up_is_kept(sender, algorithm):
    chunk = picture()[:700]
    sender.create(3000)

    answer = sender.patch(0, chunk, Upload_Checksum=checksum(chunk, algorithm))

    assert (answer.status_code, sender.offset()) == (204, 700)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_chunk_that_does_not_add_up_is_thrown_away(sender, algorithm):
    content = picture()
    sender.create(3000)
    sender.patch(0, content[:500])

    answer = sender.patch(
        500, content[500:900], Upload_Checksum=checksum(content[500:901], algorithm)
    )

    assert (answer.status_code, sender.offset()) == (460, 500)
    sender.send(content)
    assert [path.read_bytes() for path in stored()] == [content]


@pytest.mark.parametrize("told", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256 not-base64!", "sha256"])
def test_a_checksum_nobody_can_check_is_declined(sender, told):
    sender.create(3000)

    answer = sender.patch(0, b"x", Upload_Checksum=told)

    assert (answer.status_code, sender.offset()) == (400, 0) if told != "sha256" else (460, 0)


def test_a_terminated_upload_leaves_nothing(sender):
    sender.create(3000)
    sender.patch(0, picture()[:700])

    answer = sender.delete()

    assert (answer.status_code, stored(), Upload.objects.count()) == (204, [], 0)
    assert [sender.head().status_code, sender.patch(700, b"x").status_code] == [404, 404]


def test_what_was_handed_in_can_not_be_terminated(sender):
    sender.create(3000, picture())

    answer = sender.delete()

    assert (answer.status_code, Evidence.objects.count()) == (403, 1)
    assert answer.text == "This file is handed in already; remove it on the page instead."


def test_each_chunk_keeps_the_upload_for_another_day(sender):
    with time_machine.travel(datetime(2026, 11, 24, 8, tzinfo=UTC), tick=False):
        created = sender.create(3000)
    with time_machine.travel(datetime(2026, 11, 25, 7, 59, tzinfo=UTC), tick=False):
        sender.client.force_login(sender.attempt.educator)
        answer = sender.patch(0, b"\x89PNG")

    told = [parsedate_to_datetime(one["Upload-Expires"]) for one in (created, answer)]
    assert told == [
        datetime(2026, 11, 25, 8, tzinfo=UTC),
        datetime(2026, 11, 26, 7, 59, tzinfo=UTC),
    ]


def test_after_its_day_an_upload_is_gone(sender):
    sender.create(3000)
    Upload.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    answers = [sender.head(), sender.patch(0, b"x"), sender.delete()]

    assert [one.status_code for one in answers] == [410, 410, 410]
    assert answers[1].text.startswith("This upload was left for more than a day")


def test_those_who_can_only_post_say_what_they_mean(sender):
    sender.create(3000)
    chunk = picture()[:700]
    meant = sender.headers(Upload_Offset=0, X_HTTP_Method_Override="PATCH")

    answer = sender.client.post(
        sender.place, chunk, content_type="application/offset+octet-stream", headers=meant
    )

    assert (answer.status_code, sender.offset()) == (204, 700)


def test_a_plain_get_or_post_is_no_word_of_the_protocol(sender):
    sender.create(3000)

    answers = [
        sender.client.get(sender.place, headers=sender.headers()),
        sender.client.post(sender.place, headers=sender.headers()),
    ]

    assert [one.status_code for one in answers] == [405, 405]


def test_an_empty_chunk_changes_nothing(sender):
    sender.create(3000)
    sender.patch(0, picture()[:700])

    answer = sender.patch(700, b"")

    assert (answer.status_code, answer["Upload-Offset"]) == (204, "700")
