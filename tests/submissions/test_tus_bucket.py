"""Files in a bucket of the S3 kind: parts sent straight to it, put together by the portal."""

import hashlib
import json
import os
from datetime import timedelta
from io import StringIO
from urllib.request import Request, urlopen

import pytest
import time_machine
from botocore.exceptions import ClientError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from portal import bucket as settings_of
from portal import health
from portal.refusal import Refused
from submissions import invariants, quotas
from submissions.actions import uploads
from submissions.models import Evidence, Upload
from submissions.parts import Bucket, store
from submissions.parts.bucket import PART
from tests.files import archive, photo
from tests.submissions import buckets, office
from tests.submissions.buckets import NAME
from tests.submissions.test_tus_protocol import checksum
from tests.submissions.tus_client import Sender

LARGE = 2 * PART + 1234


@pytest.fixture(scope="module")
def client_of_bucket():
    """One bucket for all of these: to make a client takes longer than most of them."""
    with buckets.used() as client:
        yield client


@pytest.fixture
def bucket(client_of_bucket):
    """The bucket in which the portal keeps its files, empty; gives its client."""
    yield client_of_bucket
    buckets.empty(client_of_bucket)


@pytest.fixture
def sender(bucket, signed_in, attempt):
    return Sender(signed_in, attempt)


@pytest.fixture(scope="module")
def content():
    """A photo of a little more than two parts."""
    picture = photo().read()
    return picture + os.urandom(LARGE - len(picture))


def keys(bucket):
    return [item["Key"] for item in bucket.list_objects_v2(Bucket=NAME).get("Contents", [])]


def open_parts(bucket):
    return len(bucket.list_multipart_uploads(Bucket=NAME).get("Uploads", []))


def address(sender, number):
    """Where the browser may put a part."""
    return sender.client.post(f"{sender.place}parts/{number}/", headers=sender.headers())


def put(sender, number, content):
    """Put a part there as a browser does."""
    piece = content[(number - 1) * PART : number * PART]
    plain = {"Content-Type": "application/octet-stream"}  # else urllib would call it a form
    url = address(sender, number).json()["url"]
    request = Request(url, data=piece, method="PUT", headers=plain)
    with urlopen(request) as answer:
        return answer.status


def test_parts_go_straight_to_the_bucket_and_become_evidence(sender, bucket, content):
    sender.create(LARGE, filename="plan.jpg", filetype="image/jpeg")

    statuses = [put(sender, number, content) for number in (1, 2)]
    halfway = sender.offset()
    statuses.append(put(sender, 3, content))
    answer = sender.patch(LARGE, b"")

    evidence = Evidence.objects.get()
    with default_storage.open(evidence.vault_key) as file:
        stored = file.read()
    assert (statuses, halfway) == ([200, 200, 200], 2 * PART)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, str(LARGE))
    assert (stored == content, evidence.size) == (True, LARGE)
    assert (keys(bucket), open_parts(bucket)) == ([evidence.vault_key], 0)


def test_the_worker_cleans_and_hashes_it_from_there(
    sender, content, django_capture_on_commit_callbacks
):
    sender.create(LARGE, filename="plan.jpg", filetype="image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        sender.send(content, chunk=PART)

    evidence = Evidence.objects.get()
    assert (evidence.status, evidence.sha256) == (
        Evidence.Status.CLEAN,
        hashlib.sha256(content).hexdigest(),
    )
    assert list(invariants.lost_evidence()) == list(invariants.unhashed_files()) == []


def test_a_sender_that_knows_no_bucket_goes_through_the_portal(sender, content):
    created = sender.create(LARGE, content[:PART], filename="plan.jpg", filetype="image/jpeg")
    answers = [
        sender.patch(at, content[at : at + PART], Upload_Checksum=checksum(content[at : at + PART]))
        for at in (PART, 2 * PART)
    ]

    assert created["Upload-Offset"] == str(PART)
    assert [one["Upload-Offset"] for one in answers] == [str(2 * PART), str(LARGE)]
    assert Evidence.objects.count() == 1


def test_a_damaged_part_is_declined(sender, content):
    sender.create(LARGE)

    answer = sender.patch(0, content[:PART], Upload_Checksum=checksum(b"something else"))

    assert (answer.status_code, sender.offset()) == (460, 0)


@pytest.mark.parametrize("size", [1, PART - 1, PART + 1])
def test_a_piece_that_is_no_part_is_declined(sender, content, size):
    sender.create(LARGE)

    answer = sender.patch(0, content[:size])

    assert (answer.status_code, sender.offset()) == (400, 0)


def test_a_part_behind_a_gap_does_not_count(sender, content):
    sender.create(LARGE)
    put(sender, 1, content)
    put(sender, 3, content)

    assert sender.offset() == PART
    assert sender.patch(2 * PART, content[2 * PART :]).status_code == 409


@pytest.mark.parametrize("number", [0, 4, 10_001])
def test_there_is_no_address_for_a_part_the_file_does_not_have(sender, number):
    sender.create(LARGE)

    assert address(sender, number).status_code == 400


def test_an_address_is_signed_for_as_many_bytes_as_were_promised(sender):
    sender.create(LARGE)

    assert "X-Amz-SignedHeaders=content-length%3Bhost" in address(sender, 3).json()["url"]


def test_addresses_are_for_the_owner_and_for_buckets_only(sender, stranger, settings):
    sender.create(LARGE)
    sender.client.force_login(stranger)
    told = [address(sender, 1).status_code]
    sender.client.force_login(sender.attempt.educator)
    settings.S3_BUCKET = ""
    told.append(address(sender, 1).status_code)

    assert told == [404, 404]


def test_a_file_that_can_not_be_accepted_leaves_nothing(sender, bucket):
    content = archive().read()
    sender.create(len(content), filename="plan.pdf", filetype="application/pdf")

    answer = sender.patch(0, content)

    assert (answer.status_code, answer.text[:18]) == (422, "This is an archive")
    assert (keys(bucket), open_parts(bucket), Upload.objects.count()) == ([], 0, 0)


def test_an_office_file_is_looked_at_by_ranges(sender, bucket):
    content = office.word()
    sender.create(len(content), filename="plan.docx", filetype="")

    assert sender.patch(0, content).status_code == 204
    assert Evidence.objects.get().given_name == "plan.docx"


def test_a_file_whose_hand_in_was_cut_short_is_found_whole(sender, bucket, content):
    sender.create(LARGE, filename="plan.jpg", filetype="image/jpeg")
    for number in (1, 2, 3):
        put(sender, number, content)
    with store().opened(Upload.objects.get()) as file:
        head = file.read(3)

    answers = [sender.head(), sender.head(), sender.patch(LARGE, b"")]

    assert head == b"\xff\xd8\xff"
    assert [one["Upload-Offset"] for one in answers] == [str(LARGE)] * 3
    assert (Evidence.objects.count(), open_parts(bucket)) == (1, 0)


def test_what_does_not_add_up_to_the_promised_size_is_refused(sender, content):
    sender.create(LARGE)
    put(sender, 1, content)

    with (
        pytest.raises(Refused, match="did not arrive whole"),
        store().opened(Upload.objects.get()),
    ):
        pass


def test_trouble_with_the_bucket_is_not_taken_for_an_empty_one(sender, bucket, content):
    sender.create(LARGE)
    upload = Upload.objects.get()
    parts = store()
    parts.name = "elsewhere"

    for ask in (parts.offset, parts.discard):
        with pytest.raises(ClientError):
            ask(upload)


def test_a_terminated_upload_leaves_nothing(sender, bucket, content):
    sender.create(LARGE)
    put(sender, 1, content)

    assert sender.delete().status_code == 204

    assert (keys(bucket), open_parts(bucket), Upload.objects.count()) == ([], 0, 0)


def test_the_sweep_ends_what_expired_and_what_no_row_knows(sender, bucket, content):
    sender.create(LARGE)
    put(sender, 1, content)
    Bucket().begin()  # a row that was never made

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        done = uploads.sweep()

    assert done == 2
    assert (keys(bucket), open_parts(bucket), Upload.objects.count()) == ([], 0, 0)


def test_the_sweep_leaves_alone_what_is_under_way(sender, bucket, content):
    sender.create(LARGE)
    put(sender, 1, content)

    assert (uploads.sweep(), open_parts(bucket)) == (0, 1)
    assert sender.offset() == PART


def test_a_creation_that_is_refused_gives_its_place_up(sender, bucket, monkeypatch):
    monkeypatch.setattr(quotas, "MOST_UPLOADS", 0)

    answer = sender.create(LARGE)

    assert (answer.status_code, open_parts(bucket)) == (413, 0)


def test_the_plain_form_and_every_later_step_work_there(
    bucket, signed_in, attempt, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(
            reverse("evidence-add", args=[attempt.public_id]),
            {"requirement": "plan", "file": photo()},
        )

    evidence = Evidence.objects.get()
    preview = signed_in.get(reverse("evidence-copy", args=[evidence.public_id]))
    assert evidence.status == Evidence.Status.CLEAN
    assert preview.status_code in {200, 302}
    assert sorted(keys(bucket)) == sorted([evidence.vault_key, evidence.clean_key])


def reconciled():
    out = StringIO()
    call_command("reconcile", stdout=out)
    return json.loads(out.getvalue())


def test_reconcile_compares_rows_with_the_bucket(sender, bucket, content):
    sender.create(LARGE, filename="plan.jpg", filetype="image/jpeg")
    sender.send(content, chunk=PART)
    evidence = Evidence.objects.get()
    assert reconciled() == {"rows_without_files": [], "files_without_rows": []}

    bucket.put_object(Bucket=NAME, Key="vault/aa/orphan", Body=b"x")
    bucket.delete_object(Bucket=NAME, Key=evidence.vault_key)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        report = reconciled()

    assert report == {
        "rows_without_files": [evidence.vault_key],
        "files_without_rows": ["vault/aa/orphan"],
    }


def test_the_probe_tells_whether_the_bucket_answers(bucket):
    well = health.check_storage()
    bucket.delete_bucket(Bucket=NAME)
    ill = health.check_storage()
    bucket.create_bucket(Bucket=NAME)

    assert (well, ill) == ("", "NoSuchBucket")


def test_browsers_may_send_to_the_store_and_nowhere_else():
    assert settings_of.origin("files", "https://s3.example.org/", "eu") == "https://s3.example.org"
    assert (
        settings_of.origin("files", "", "us-west-2") == "https://files.s3.us-west-2.amazonaws.com"
    )
