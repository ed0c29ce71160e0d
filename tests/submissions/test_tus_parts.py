"""Part files on a disk: one writer at a time, nothing unchecked, nothing left over."""

import errno
import os
import resource
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from catalog.models import Part
from portal.refusal import Refused
from submissions import actions, parts
from submissions.actions import uploads
from submissions.models import Evidence, Upload
from submissions.parts import lock
from submissions.parts.folder import beside, vault_key
from submissions.tus import Declined
from tests.files import archive, photo
from tests.submissions.test_tus_protocol import checksum
from tests.submissions.test_tus_rules import requirement
from tests.submissions.tus_client import Sender, picture

DAY = timedelta(hours=24)


@pytest.fixture
def sender(signed_in, attempt):
    return Sender(signed_in, attempt)


@pytest.fixture
def begun(sender):
    """An upload of 3000 bytes, 1000 of which are there."""
    sender.create(3000)
    sender.patch(0, picture()[:1000])
    return Upload.objects.select_related("attempt", "requirement").get()


def stored():
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def old(path, age):
    os.utime(path, (time.time() - age.total_seconds(),) * 2)


# One writer at a time


def test_while_someone_sends_another_is_asked_to_wait(sender, begun):
    with parts.store().held(begun):
        answers = [sender.patch(1000, b"x"), sender.head()]

    assert [one.status_code for one in answers] == [423, 200]
    assert answers[0].text.startswith("Another window is sending this file just now")
    assert sender.patch(1000, picture()[1000:]).status_code == 204


def test_a_writer_that_went_silent_is_taken_over_and_writes_no_more(sender, begun):
    with parts.store().held(begun) as hold:
        old(hold.place, timedelta(seconds=lock.STALE_SECONDS + 1))
        first, second = sender.patch(1000, b"x"), sender.patch(1000, picture()[1000:1200])
        with pytest.raises(Declined) as declined:
            hold.check()

    assert (first.status_code, second.status_code) == (423, 204)
    assert (declined.value.status, sender.offset()) == (423, 1200)


def test_a_writer_at_work_is_never_taken_over(sender, begun):
    with parts.store().held(begun) as hold:
        old(hold.place, timedelta(seconds=lock.STALE_SECONDS + 1))
        hold.check()
        answers = [sender.patch(1000, b"x").status_code for _ in range(2)]

    assert answers == [423, 423]


def test_a_lock_left_by_the_dead_holds_nobody_up(sender, begun):
    beside(begun, ".lock").touch()

    assert sender.patch(1000, picture()[1000:]).status_code == 204
    assert len(stored()) == 1


# Nothing unchecked


def test_what_a_killed_chunk_left_unchecked_does_not_count(sender, begun):
    content = picture()
    beside(begun, ".mark").write_text("1000")
    with beside(begun).open("ab") as part:
        part.write(b"half a chunk")

    told = sender.offset()
    answer = sender.patch(1000, content[1000:])

    assert (told, answer.status_code) == (1000, 204)
    assert [path.read_bytes() for path in stored()] == [content]


def test_a_checked_chunk_follows_one_that_was_not_finished(sender, begun):
    content = picture()
    beside(begun, ".mark").write_text("1000")
    with beside(begun).open("ab") as part:
        part.write(b"half a chunk")

    sender.patch(1000, content[1000:2000], Upload_Checksum=checksum(content[1000:2000]))
    sender.patch(2000, content[2000:])

    assert [path.read_bytes() for path in stored()] == [content]


# A full disk


@pytest.fixture
def full():
    """Sets how large a file may become; to the portal that is a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_in_a_sentence_and_what_came_is_kept(sender, begun, full):
    full(1500)
    answer = sender.patch(1000, picture()[1000:])
    told = sender.offset()
    full(10_000)
    rest = sender.patch(told, picture()[told:])

    assert (answer.status_code, answer.text[:23]) == (507, "The portal has no room ")
    assert (told, rest.status_code) == (1500, 204)
    assert [path.read_bytes() for path in stored()] == [picture()]


def test_a_plain_form_on_a_full_disk_leaves_no_half_file(attempt, full):
    progress = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
    full(100)

    with pytest.raises(Refused, match="no room for this file"):
        actions.add_file(progress, requirement(), photo())

    assert (Evidence.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize("size", [3_000_000, 3_000_001, 4_000_000])
def test_a_large_file_of_a_plain_form_on_a_full_temporary_disk_is_refused(
    signed_in, attempt, full, size, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    content = photo().read().ljust(size, b"x")
    full(3_000_000)

    page = signed_in.post(
        reverse("evidence-add", args=[attempt.public_id]),
        {"requirement": "plan", "file": SimpleUploadedFile("plan.jpg", content)},
        follow=True,
    )

    fits = size <= 3_000_000
    assert ("has no room for this file" in page.text, Evidence.objects.count()) == (not fits, fits)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_another_trouble_of_the_disk_is_no_refusal(sender, begun, monkeypatch):
    def broken(*args):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "pwrite", broken)
    sender.client.raise_request_exception = False

    assert sender.patch(1000, b"x").status_code == 500
    assert sender.offset() == 1000


# Into the vault


def test_where_the_vault_is_another_disk_the_file_is_copied(sender, begun, monkeypatch):
    rename = Path.rename

    def elsewhere(path, target):
        if path.parent.parent.name == "parts":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", elsewhere)
    sender.patch(1000, picture()[1000:])

    evidence = Evidence.objects.get()
    assert [path.read_bytes() for path in stored()] == [picture()]
    assert stored() == [Path(default_storage.path(evidence.vault_key))]


def test_another_trouble_of_renaming_loses_nothing(sender, begun, monkeypatch):
    def broken(path, target):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", broken)
        sender.client.raise_request_exception = False
        status = sender.patch(1000, picture()[1000:]).status_code

    assert (status, Evidence.objects.count()) == (500, 0)
    assert (sender.offset(), Evidence.objects.count()) == (3000, 1)


def test_a_crash_between_the_rename_and_the_row_loses_nothing(sender, begun):
    with beside(begun).open("ab") as part:
        part.write(picture()[1000:])
    parts.store().to_vault(begun)

    answer = sender.head()

    evidence = Evidence.objects.get()
    assert (answer["Upload-Offset"], evidence.vault_key) == ("3000", vault_key(begun))
    assert [path.read_bytes() for path in stored()] == [picture()]


def whole(sender):
    """An upload that is whole, as two requests saw it before it was handed in."""
    sender.create(3000)
    seen = [Upload.objects.select_related("attempt", "requirement").get() for _ in range(2)]
    parts.store().append(seen[0], 0, [picture()], None)
    return seen


def test_a_request_that_comes_late_finds_the_evidence_that_is_there(sender):
    mine, other = whole(sender)
    evidence = uploads.finish(mine)

    late = [
        uploads.hand_in(other),
        uploads.take_over(other, parts.store(), str),
        uploads.finish(other),
    ]
    uploads.end(other)

    assert late == [evidence] * 3
    assert (Upload.objects.get().evidence, len(stored())) == (evidence, 1)


def test_a_file_canceled_while_it_was_looked_at_is_not_handed_in(sender):
    mine, other = whole(sender)
    uploads.end(other)

    with pytest.raises(Refused, match="canceled"):
        uploads.take_over(mine, parts.store(), str)

    assert (Evidence.objects.count(), stored()) == (0, [])


# The sweep


def test_the_sweep_hands_in_a_whole_file_that_nobody_came_back_for(begun):
    with beside(begun).open("ab") as part:
        part.write(picture()[1000:])
    early = uploads.sweep()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        late = uploads.sweep()

    assert (early, late, Evidence.objects.count()) == (0, 1, 1)


def test_the_sweep_leaves_a_refusal_for_its_owner_to_hear(sender):
    content = archive().read()
    sender.create(len(content), content[:-1])
    with beside(Upload.objects.get()).open("ab") as part:
        part.write(content[-1:])
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        done = uploads.sweep()

    answer = sender.patch(len(content), b"")
    assert (done, answer.status_code, answer.text[:18]) == (0, 422, "This is an archive")
    assert (Upload.objects.count(), stored()) == (0, [])


def test_the_sweep_ends_what_was_left_for_a_day(begun):
    with time_machine.travel(begun.expires_at - timedelta(seconds=1)):
        early = uploads.sweep(), uploads.oldest_expired()
    with time_machine.travel(begun.expires_at + timedelta(seconds=1)):
        late = uploads.oldest_expired(), uploads.sweep()

    assert early == (0, None)
    assert late == (begun.expires_at, 1)
    assert (Upload.objects.count(), stored()) == (0, [])


def test_the_row_of_a_finished_upload_goes_and_its_evidence_stays(sender, begun):
    sender.patch(1000, picture()[1000:])
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=1)):
        done = uploads.sweep()

    assert (done, Upload.objects.count(), Evidence.objects.count()) == (1, 0, 1)
    assert len(stored()) == 1


def test_the_sweep_deletes_parts_without_a_row_once_they_are_not_young(begun):
    young, lost = (beside(begun).with_name(name) for name in ("young", "lost"))
    sides = [lost.with_suffix(".lock"), lost.with_suffix(".mark")]
    for path in (young, lost, *sides):
        path.write_bytes(b"x")
    for path in (lost, *sides, beside(begun)):
        old(path, timedelta(hours=2))

    assert (uploads.sweep(), uploads.sweep()) == (3, 0)

    assert young.exists()
    assert [path.name for path in stored() if path.suffix == ""] == sorted(
        [beside(begun).name, "young"]
    )


def test_reconcile_knows_parts_by_their_rows(begun, capsys):
    lost = beside(begun).with_name("lost")
    lost.write_bytes(b"x")
    for path in stored():
        old(path, timedelta(hours=2))

    call_command("reconcile")

    key = begun.part_key.rpartition("/")[0]
    assert f'"files_without_rows": [\n    "{key}/lost"\n  ]' in capsys.readouterr().out
