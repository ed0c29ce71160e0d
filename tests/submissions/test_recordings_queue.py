"""Recordings wait apart from everything else, and whoever cleans them leaves nothing running."""

import functools
import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from kombu import Connection

from catalog.models import Part
from portal.celery import app
from submissions import tasks, vault
from submissions.cleaning import process
from submissions.cleaning.formats import DOCUMENT, IMAGE, RECORDING, WORDS
from submissions.cleaning.process import CleanerDied, Limits
from submissions.models import Evidence
from tests.submissions import recordings, samples

STATUS = Evidence.Status
PATIENCE_SECONDS = 20


@pytest.fixture
def received(attempt):
    """Hands in a file that nobody has cleaned yet."""

    def hand_in(content, name):
        progress = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
        key, sha256, size = vault.store(io.BytesIO(content))
        return Evidence.objects.create(
            attempt=attempt,
            requirement=progress.part.requirements.get(key="plan"),
            kind=Evidence.Kind.FILE,
            given_name=name,
            vault_key=key,
            sha256=sha256,
            size=size,
        )

    return hand_in


@pytest.fixture
def orders(tmp_path, monkeypatch):
    """A broker in a folder, as the embedded default has; returns the queues of its orders."""
    folders = {name: str(tmp_path / name) for name in ("queue", "control")}
    for folder in folders.values():
        Path(folder).mkdir()
    options = {
        "data_folder_in": folders["queue"],
        "data_folder_out": folders["queue"],
        "control_folder": folders["control"],
    }
    link = Connection("filesystem://", transport_options=options)
    monkeypatch.setattr(app, "producer_or_acquire", lambda given=None: Sender(link))
    app.conf.task_always_eager = False
    yield lambda: [path.name.split(".")[-2] for path in Path(folders["queue"]).iterdir()]
    app.conf.task_always_eager = True
    link.release()


class Sender:
    """A producer of orders for as long as a block lasts."""

    def __init__(self, link):
        self.link = link

    def __enter__(self):
        return app.amqp.Producer(self.link)

    def __exit__(self, *trouble):
        return None


def running(sign):
    """The programs under way with this sign in their command."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if any(str(sign).encode() in word for word in command):
            found.append(Path(os.fsdecode(command[0])).name)
    return found


def until(is_so):
    """Wait until it is so; say whether it came to that within the time there is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@functools.cache
def slow_recording():
    """A video that has to be drawn again, which takes a while."""
    large = ["-f", "lavfi", "-i", "testsrc=s=640x480:r=30:d=20", "-c:v", "mpeg4"]
    return recordings.ffmpeg(*large, ending="mp4")


@pytest.fixture
def slow(tmp_path):
    """Such a video as a file."""
    (tmp_path / "in").write_bytes(slow_recording())
    return tmp_path / "in"


def test_a_recording_is_cleaned_by_the_order_that_any_file_gets(received):
    evidence = received(recordings.mp4(), "lesson.mp4")

    assert tasks.clean_evidence(evidence.pk) is True

    evidence.refresh_from_db()
    with default_storage.open(evidence.clean_key) as copy:
        assert samples.hits(copy.read()) == []
    assert (evidence.status, evidence.media_type, evidence.tries) == (STATUS.CLEAN, "video/mp4", 1)


def test_a_recording_is_handed_on_to_workers_of_its_own(received, orders):
    film, photo = received(recordings.mp4(), "lesson.mp4"), received(samples.png(), "plan.png")

    assert (tasks.clean_evidence(film.pk), tasks.clean_evidence(photo.pk)) == (True, True)

    statuses = dict(Evidence.objects.values_list("pk", "status"))
    assert (orders(), statuses) == (
        ["recordings"],
        {film.pk: STATUS.RECEIVED, photo.pk: STATUS.CLEAN},
    )


def test_other_orders_go_where_they_went(orders):
    tasks.clean_evidence.delay(1)

    assert orders() == ["celery"]


def test_the_sweep_hands_recordings_on_and_is_not_kept_by_them(received, orders):
    received(recordings.mp4(), "lesson.mp4")
    received(recordings.mp3(), "no ending")
    photo = received(samples.png(), "plan.png")

    assert tasks.clean_waiting() == 3

    photo.refresh_from_db()
    assert (orders(), photo.status) == (["recordings"] * 2, STATUS.CLEAN)


def test_a_recording_someone_is_at_is_left_alone_for_fifty_minutes(received):
    evidence = received(recordings.mp4(), "lesson.mp4")
    taken = tasks.take(evidence.pk)

    answers = []
    for minutes in (11, 50, 51):
        with time_machine.travel(taken.taken_at + timedelta(minutes=minutes), tick=False):
            answers.append((tasks.clean_evidence(evidence.pk), tasks.clean_recording(evidence.pk)))

    evidence.refresh_from_db()
    assert answers == [(False, False), (False, False), (True, False)]
    assert (evidence.status, evidence.tries) == (STATUS.CLEAN, 2)


def test_the_times_fit_into_one_another():
    seconds = {family: limits.seconds for family, limits in process.LIMITS.items()}
    whole = app.conf.task_time_limit

    assert max(seconds[family] for family in (IMAGE, DOCUMENT, WORDS)) < whole
    assert whole <= tasks.TAKEN_FOR.total_seconds()
    assert seconds[RECORDING] < tasks.clean_recording.time_limit
    assert tasks.clean_recording.time_limit < tasks.RECORDING_TAKEN_FOR.total_seconds() < 3600


@pytest.mark.parametrize("file", ["Procfile", "docker-compose.yml"])
def test_each_queue_has_workers_of_its_own(file):
    text = (settings.BASE_DIR / file).read_text()

    assert (text.count("--queues celery"), text.count("--queues recordings")) == (1, 1)


def test_a_cleaner_out_of_time_takes_its_programs_with_it(slow, tmp_path, monkeypatch):
    monkeypatch.setitem(process.LIMITS, RECORDING, Limits(4096, 1, 60, 512))

    with pytest.raises(CleanerDied):
        process.run(slow, tmp_path / "out", "video/mp4")

    assert until(lambda: running(tmp_path) == [])


def test_a_worker_killed_in_the_middle_takes_all_with_it(slow, tmp_path):
    order = (
        "from pathlib import Path; from submissions.cleaning import process;"
        f"process.run(Path({str(slow)!r}), Path({str(tmp_path / 'out')!r}), 'video/mp4')"
    )
    worker = subprocess.Popen([sys.executable, "-c", order], cwd=settings.BASE_DIR)
    assert until(lambda: "ffmpeg" in running(tmp_path))

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    assert until(lambda: running(tmp_path) == [])


def test_folders_of_killed_workers_are_cleared_when_nobody_can_be_at_them(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks.tempfile, "tempdir", str(tmp_path))
    for name in ("cleaning-old", "cleaning-new", "other-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "original").write_bytes(b"x")
    for name in ("cleaning-old", "other-old"):
        os.utime(tmp_path / name, (0, 0))

    tasks.clear_folders()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["cleaning-new", "other-old"]
