"""Work an action orders: clean one file, in a process of its own, safe to run twice.

A row is taken by compare-and-swap. Whoever is killed while cleaning leaves it in ``cleaning``;
after ``TAKEN_FOR`` the sweep takes it up again, and after ``MOST_TRIES`` people look at it.

Sound and video have a queue and workers of their own, so that an hour of film never keeps
photos waiting; there an order is good for a minute, for the sweep gives it again.
"""

import logging
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from celery import shared_task
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal import journal, mail
from portal.refusal import Refused
from submissions import scanning, vault
from submissions.cleaning import process
from submissions.cleaning.recognition import recognize
from submissions.cleaning.report import CLEAN, HELD, REFUSED, NotAccepted, Report
from submissions.cleaning.words import words_beside
from submissions.models import Evidence, EvidenceText
from submissions.uploads import is_recording

TAKEN_FOR = timedelta(minutes=10)
RECORDING_TAKEN_FOR = timedelta(minutes=50)
RECORDING_SECONDS = 45 * 60  # half an hour for the cleaner, the rest to fetch and to store
ORDER_SECONDS = 60
FOLDER = "cleaning-"
MOST_TRIES = 3
SWEEP_SECONDS = 60
SWEEP_ROWS = 200

GAVE_UP = gettext_noop(
    "This file could not be prepared after several tries, so our staff will look at it; handing "
    "in a smaller copy, or of a document a PDF, is faster."
)
INFECTED = gettext_noop(
    "The virus scanner stopped this file; check the device it comes from, make the file anew, and "
    "hand in the new copy."
)
UNSCANNED = gettext_noop(
    "The virus scanner did not answer, so this file waits; our staff will look at it."
)
LOST = gettext_noop("The file could not be found in the store, so our staff will look at it.")

logger = logging.getLogger(__name__)


@shared_task
def clean_evidence(evidence_id: int) -> bool:
    """Clean one received file, or hand a recording on; return whether there was anything to do."""
    evidence = Evidence.objects.to_clean().filter(pk=evidence_id).first()
    if evidence is None or not is_recording(evidence.given_name, evidence.size):
        return clean(evidence_id, TAKEN_FOR)
    if not free(timezone.now(), RECORDING_TAKEN_FOR).filter(pk=evidence_id).exists():
        return False
    clean_recording.apply_async((evidence_id,), expires=ORDER_SECONDS)
    return True


@shared_task(time_limit=RECORDING_SECONDS)
def clean_recording(evidence_id: int) -> bool:
    """Clean one sound or video file, which may take half an hour."""
    return clean(evidence_id, RECORDING_TAKEN_FOR)


def clean(evidence_id: int, taken_for: timedelta) -> bool:
    """Clean one received file; return whether it was this call's to clean."""
    evidence = take(evidence_id, taken_for)
    if evidence is None:
        return False
    if evidence.tries > MOST_TRIES:
        hold(evidence, Report(outcome=HELD, reason=GAVE_UP))
        return True
    with tempfile.TemporaryDirectory(prefix=FOLDER) as folder:
        prepare(evidence, Path(folder))
    return True


def take(evidence_id: int, taken_for: timedelta = TAKEN_FOR) -> Evidence | None:
    """Take a waiting row, unless someone is at it: then there is nothing to do."""
    now = timezone.now()
    waiting = free(now, taken_for).filter(pk=evidence_id)
    if not waiting.update(
        status=Evidence.Status.CLEANING, taken_at=now, tries=models.F("tries") + 1
    ):
        return None
    return Evidence.objects.select_related("attempt__educator").get(pk=evidence_id)


def free(now: datetime, taken_for: timedelta = TAKEN_FOR) -> models.QuerySet[Evidence]:
    """Waiting rows that nobody is at: never taken, given back, or taken too long ago."""
    nobody = models.Q(taken_at=None) | models.Q(taken_at__lt=now - taken_for)
    return Evidence.objects.to_clean().filter(nobody)


def prepare(evidence: Evidence, folder: Path) -> None:
    """Fetch the original, run the cleaner, and settle the row by its report."""
    source, target = folder / "original", folder / "clean"
    if not fetch(evidence, source):
        hold(evidence, Report(outcome=HELD, reason=LOST))
        return
    try:
        report = cleaned(source, target)
    except scanning.ScannerDown as silence:
        logger.warning("Scanning %s: %s", evidence.public_id, silence)
        give_back(evidence, UNSCANNED)
        return
    except process.CleanerDied as death:
        logger.warning("Cleaning %s: %s", evidence.public_id, death)
        give_back(evidence, GAVE_UP)
        return
    settle(evidence, report, target)


def fetch(evidence: Evidence, source: Path) -> bool:
    """Copy the original out of the store; say whether it was there.

    A file that came in chunks gets its hash here: the web process has no time for that.
    """
    if not default_storage.exists(evidence.vault_key):
        return False
    with default_storage.open(evidence.vault_key) as original, source.open("wb") as copy:
        sha256 = vault.copy(original, copy)
    if not evidence.sha256:
        Evidence.objects.filter(pk=evidence.pk).update(sha256=sha256)
    return True


def cleaned(source: Path, target: Path) -> Report:
    """Recognize a file by its content and clean it in a process of its own."""
    try:
        with source.open("rb") as file:
            media_type = recognize(file)
    except NotAccepted as refusal:
        return Report(outcome=REFUSED, reason=str(refusal))
    if scanning.is_set_up() and scanning.is_infected(source):
        return Report(outcome=REFUSED, reason=INFECTED)
    return process.run(source, target, media_type)


def give_back(evidence: Evidence, reason: str) -> None:
    """After a try that came to nothing: leave the row to the sweep, or to people after enough."""
    if evidence.tries >= MOST_TRIES:
        hold(evidence, Report(outcome=HELD, reason=reason))
    else:
        Evidence.objects.to_clean().filter(pk=evidence.pk).update(taken_at=None)


def settle(evidence: Evidence, report: Report, target: Path) -> None:
    """Store the clean copy, or tell why there is none."""
    if report.outcome == CLEAN:
        keep(evidence, report, target)
    elif report.outcome == REFUSED:
        refuse(evidence, report)
    else:
        hold(evidence, report)


def keep(evidence: Evidence, report: Report, target: Path) -> None:
    """Store the clean copy and its row together; the loser of a race leaves no copy."""
    with target.open("rb") as file:
        key, sha256, size = vault.store(file, room="clean")
    with suppress(Refused), vault.discarding(key), transaction.atomic():
        keep_words(evidence, words_beside(target))
        move(
            evidence,
            Evidence.Status.CLEAN,
            report,
            clean_key=key,
            clean_sha256=sha256,
            clean_size=size,
            media_type=report.media_type,
            extension=report.extension,
        )


def keep_words(evidence: Evidence, beside: Path) -> None:
    """Store the words that the cleaner found in the clean copy, for the check of names."""
    if beside.exists():
        text = beside.read_text(encoding="utf-8")
        EvidenceText.objects.update_or_create(evidence=evidence, defaults={"text": text})


def refuse(evidence: Evidence, report: Report) -> None:
    """Delete a refused original and tell its owner what to do instead."""
    original = evidence.vault_key
    with suppress(Refused), transaction.atomic():
        move(evidence, Evidence.Status.REFUSED, report, vault_key="")
        transaction.on_commit(lambda: default_storage.delete(original))
        tell("evidence_refused", evidence)


def hold(evidence: Evidence, report: Report) -> None:
    """Keep a doubtful file for staff and tell its owner; reviewers never see it."""
    with suppress(Refused), transaction.atomic():
        move(evidence, Evidence.Status.HELD, report)
        tell("evidence_held", evidence)


@transaction.atomic
def move(evidence: Evidence, status: str, report: Report, **changes: Any) -> None:
    """Settle the row; refused when it was taken away or settled in the meantime."""
    Evidence.lifecycle.move(
        evidence,
        status,
        reason=_(report.reason) if report.reason else "",
        report={"removed": report.removed, "warnings": report.warnings},
        cleaned_at=timezone.now(),
        taken_at=None,
        **changes,
    )
    journal.record(f"evidence {status}", of=evidence)


def tell(template: str, evidence: Evidence) -> None:
    """Write to the owner, once for each row and outcome."""
    mail.post(
        template,
        to=evidence.attempt.educator.email,
        event=f"{template}:{evidence.public_id}:{evidence.tries}",
        attempt=evidence.attempt,
        evidence=evidence,
    )


def clean_waiting() -> int:
    """Clean what a lost task or a killed worker left behind, for a minute at most."""
    clear_folders()
    begun, done = monotonic(), 0
    waiting = free(timezone.now()).order_by("received_at", "pk").values_list("pk", flat=True)
    for pk in list(waiting[:SWEEP_ROWS]):
        if monotonic() - begun > SWEEP_SECONDS:
            break
        done += clean_evidence(pk)
    return done


def clear_folders() -> None:
    """Delete the working folders that killed workers left on this machine."""
    long_ago = (timezone.now() - RECORDING_TAKEN_FOR).timestamp()
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < long_ago:
                shutil.rmtree(folder, ignore_errors=True)


def oldest_waiting() -> datetime | None:
    """When the file that has waited longest was received."""
    waiting = Evidence.objects.to_clean().aggregate(oldest=models.Min("received_at"))
    oldest: datetime | None = waiting["oldest"]
    return oldest
