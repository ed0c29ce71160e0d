"""A virus scanner is asked where one is set up; without its answer nothing passes (SAFETY F15)."""

import json
import socket

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from portal.models import Message
from submissions import scanning, tasks
from submissions.models import Evidence
from tests.submissions import samples
from tests.submissions.clamd import EICAR, clamd
from tests.submissions.test_cleaning_tasks import received

STATUS = Evidence.Status


@pytest.fixture
def silent(settings):
    """A scanner that is set up but not there."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = line.getsockname()[1]
    settings.CLAMD_URL = f"tcp://127.0.0.1:{port}"


def infected():
    """A picture that hides the test string behind its end, as a virus would."""
    return samples.jpeg() + EICAR


def test_without_a_scanner_nothing_is_asked(attempt, settings):
    settings.CLAMD_URL = ""
    evidence = received(attempt, infected())

    tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert evidence.status == STATUS.CLEAN


def test_a_file_the_scanner_knows_is_refused_and_deleted(
    attempt, settings, django_capture_on_commit_callbacks
):
    evidence = received(attempt, infected())
    original = evidence.vault_key
    with (
        clamd() as (_scanner, settings.CLAMD_URL),
        django_capture_on_commit_callbacks(execute=True),
    ):
        tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert (evidence.status, evidence.reason) == (STATUS.REFUSED, tasks.INFECTED)
    assert not default_storage.exists(original)
    assert Message.objects.filter(template="evidence_refused").count() == 1


def test_the_scanner_is_given_every_byte_of_the_original(attempt, settings):
    content = samples.jpeg() + bytes(3 * scanning.CHUNK + 1)
    evidence = received(attempt, content)
    with clamd() as (scanner, settings.CLAMD_URL):
        tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert evidence.status == STATUS.CLEAN
    assert scanner.scanned == [content]


def test_while_the_scanner_is_down_the_file_waits_and_passes_later(attempt, settings, silent):
    evidence = received(attempt, samples.jpeg())
    tasks.clean_evidence(evidence.pk)
    evidence.refresh_from_db()
    waiting = (evidence.status, evidence.taken_at, evidence.clean_key)

    with clamd() as (_scanner, settings.CLAMD_URL):
        tasks.clean_waiting()

    evidence.refresh_from_db()
    assert waiting == (STATUS.CLEANING, None, "")
    assert (evidence.status, evidence.tries) == (STATUS.CLEAN, 2)


def test_a_scanner_that_stays_down_means_held_never_passed(attempt, silent):
    evidence = received(attempt, samples.jpeg())

    for _try in range(tasks.MOST_TRIES):
        tasks.clean_waiting()

    evidence.refresh_from_db()
    assert (evidence.status, evidence.reason) == (STATUS.HELD, tasks.UNSCANNED)
    assert default_storage.exists(evidence.vault_key)
    assert Message.objects.filter(template="evidence_held").count() == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"\0",
        b"",
        b"\xff\xfe\0",
    ],
)
def test_an_answer_that_is_not_clear_never_lets_a_file_pass(attempt, settings, answer):
    evidence = received(attempt, samples.jpeg())
    with clamd(always=answer) as (_scanner, settings.CLAMD_URL):
        tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert (evidence.status, evidence.clean_key) == (STATUS.CLEANING, "")


def test_a_scanner_behind_a_socket_file_is_reached_too(tmp_path_factory, settings):
    place = tmp_path_factory.mktemp("c")
    content = place / "file"
    content.write_bytes(EICAR)
    with clamd(path=str(place / "s")) as (_scanner, settings.CLAMD_URL):
        found = scanning.is_infected(content)
    settings.CLAMD_URL = f"unix://{place}/nobody"

    with pytest.raises(scanning.ScannerDown):
        scanning.is_infected(content)
    assert found


def test_the_command_says_held_when_the_scanner_is_down(tmp_path, capsys, silent):
    (tmp_path / "in.jpg").write_bytes(samples.jpeg())

    call_command("clean_file", str(tmp_path / "in.jpg"), str(tmp_path / "out"))

    report = json.loads(capsys.readouterr().out)
    assert (report["outcome"], report["reason"]) == ("held", tasks.UNSCANNED)
    assert not (tmp_path / "out").exists()
