"""A cleaner that is really killed: nothing is lost, nothing is left behind, others go on."""

import io
import signal
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.models import Part
from portal.models import Message
from portal.refusal import Refused
from submissions import actions, tasks, vault
from submissions.cleaning import process
from submissions.cleaning.process import CleanerDied
from submissions.models import Evidence
from tests.submissions import samples

STATUS = Evidence.Status


@pytest.fixture
def received(attempt):
    """Hands in a file that nobody has cleaned yet."""

    def hand_in(content=None):
        progress = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
        key, sha256, size = vault.store(io.BytesIO(content or samples.png()))
        requirement = progress.part.requirements.get(key="plan")
        return Evidence.objects.create(
            attempt=attempt,
            requirement=requirement,
            kind=Evidence.Kind.FILE,
            given_name="plan.png",
            vault_key=key,
            sha256=sha256,
            size=size,
        )

    return hand_in


@pytest.fixture
def ending(tmp_path, monkeypatch):
    """Puts a program in the cleaner's place that ends in the given way."""

    def put(script):
        program = tmp_path / "cleaner"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))

    return put


def stored():
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def folders():
    return set(Path(gettempdir()).glob("cleaning-*"))


@pytest.mark.parametrize(
    "script",
    ["kill -KILL $$", "kill -XCPU $$", "kill -SEGV $$", 'printf half > "$4"; exit 1'],
)
def test_a_killed_cleaner_leaves_the_row_waiting_and_no_half_copy(received, ending, script):
    evidence, before = received(), folders()
    ending(script)

    assert tasks.clean_evidence(evidence.pk) is True

    evidence.refresh_from_db()
    assert (evidence.status, evidence.taken_at, evidence.tries) == (STATUS.CLEANING, None, 1)
    assert (evidence.clean_key, len(stored())) == ("", 1)
    assert folders() - before == set()


def test_the_death_says_which_signal_it_was(tmp_path, ending):
    ending("kill -KILL $$")

    with pytest.raises(CleanerDied, match=f"died with .*{signal.Signals.SIGKILL.name}"):
        process.run(tmp_path / "in", tmp_path / "out", "image/png")


def test_the_sweep_after_a_kill_finishes_the_work_at_once(received, ending, monkeypatch):
    evidence, python = received(), sys.executable
    ending("kill -KILL $$")
    tasks.clean_evidence(evidence.pk)
    monkeypatch.setattr(sys, "executable", python)

    assert (tasks.clean_waiting(), tasks.clean_waiting()) == (1, 0)

    evidence.refresh_from_db()
    with default_storage.open(evidence.clean_key) as copy:
        assert samples.hits(copy.read()) == []
    assert (evidence.status, evidence.tries) == (STATUS.CLEAN, 2)


def test_one_file_that_kills_does_not_hold_up_the_others(received, monkeypatch):
    deadly, fine = received(), received()
    real = process.run

    def run(source, target, media_type):
        if Evidence.objects.get(pk=deadly.pk).taken_at and not target.exists():
            monkeypatch.setattr(process, "run", real)
            raise CleanerDied
        return real(source, target, media_type)

    monkeypatch.setattr(process, "run", run)
    done = tasks.clean_waiting()

    statuses = list(Evidence.objects.order_by("pk").values_list("status", flat=True))
    assert (done, statuses) == (2, [STATUS.CLEANING, STATUS.CLEAN])
    assert fine.pk > deadly.pk


def test_after_three_kills_people_look_and_are_told_once(received, ending):
    evidence = received()
    ending("kill -KILL $$")

    assert [tasks.clean_waiting() for _ in range(5)] == [1, 1, 1, 0, 0]

    evidence.refresh_from_db()
    assert (evidence.status, evidence.tries) == (STATUS.HELD, 3)
    assert Message.objects.filter(template="evidence_held").count() == 1
    assert default_storage.exists(evidence.vault_key)


def test_a_worker_killed_in_the_middle_is_followed_up_to_the_minute(received):
    evidence = received()
    taken = tasks.take(evidence.pk)

    with time_machine.travel(taken.taken_at + tasks.TAKEN_FOR, tick=False):
        early = tasks.clean_waiting()
    with time_machine.travel(
        taken.taken_at + tasks.TAKEN_FOR + timedelta(microseconds=1), tick=False
    ):
        late = tasks.clean_waiting()

    evidence.refresh_from_db()
    assert (early, late, evidence.status, evidence.tries) == (0, 1, STATUS.CLEAN, 2)


def test_a_file_still_at_the_cleaner_may_be_removed_and_stays_removed(received, attempt, ending):
    evidence = received()
    ending("kill -KILL $$")
    tasks.clean_evidence(evidence.pk)
    evidence.refresh_from_db()
    actions.remove(attempt.progress.get(part__kind=Part.Kind.ARTIFACTS), evidence)

    assert tasks.clean_waiting() == 0

    assert Evidence.objects.get(pk=evidence.pk).status == STATUS.REMOVED


def test_an_attempt_with_a_dying_file_can_not_be_handed_in_unseen(finished, received, ending):
    requirement = finished.evidence.first().requirement
    evidence = received()
    Evidence.objects.filter(pk=evidence.pk).update(attempt=finished, requirement=requirement)
    ending("kill -KILL $$")
    tasks.clean_evidence(evidence.pk)

    with pytest.raises(Refused, match="still being prepared"):
        actions.submit(finished)

    assert tasks.oldest_waiting() == evidence.received_at <= timezone.now()
