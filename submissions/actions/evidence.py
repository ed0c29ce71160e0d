"""Evidence: take in a file or a link, take it away again."""

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import ArtifactRequirement
from portal import journal
from portal.celery import wake
from portal.receiving import Dropped
from portal.refusal import Refused
from submissions import copies, quotas, vault
from submissions.actions.work import locked, touch
from submissions.entries import PLAIN, Entry
from submissions.models import Evidence, Progress
from submissions.tasks import clean_evidence
from submissions.uploads import check_file, check_link


def add_file(
    progress: Progress,
    requirement: ArtifactRequirement,
    file: UploadedFile[bytes],
    entry: Entry = PLAIN,
) -> Evidence:
    """Take in one file: looked at by content, stored under a random name, then cleaned.

    Refuses with one sentence and stores nothing when the file can't be accepted; files handed in
    before are not touched.
    """
    if isinstance(file, Dropped):
        raise vault.no_room()
    check_file(file, requirement)
    quotas.check_disk(file.size or 0)
    key, sha256, size = vault.store(file)
    with vault.discarding(key), transaction.atomic():
        attempt = locked(progress).attempt
        quotas.check(attempt, requirement, size)
        copies.check_new(attempt, requirement, size, lambda: sha256)
        evidence = take_in(
            progress,
            requirement,
            entry,
            kind=Evidence.Kind.FILE,
            given_name=(file.name or "")[:300],
            vault_key=key,
            sha256=sha256,
            size=size,
        )
        wake(clean_evidence, evidence.pk)
    return evidence


@transaction.atomic
def add_link(
    progress: Progress,
    requirement: ArtifactRequirement,
    url: str,
    entry: Entry = PLAIN,
) -> Evidence:
    """Take in a link; it must open for the reviewers without signing in."""
    check_link(url, requirement)
    quotas.check_items(locked(progress).attempt, requirement)
    return take_in(
        progress,
        requirement,
        entry,
        kind=Evidence.Kind.LINK,
        url=url,
        status=Evidence.Status.CLEAN,
    )


def take_in(
    progress: Progress,
    requirement: ArtifactRequirement,
    entry: Entry,
    **fields: Any,
) -> Evidence:
    """Make the row of a file or link and open Part 2 again; the caller has counted."""
    progress = locked(progress)
    evidence = Evidence.objects.create(
        attempt=progress.attempt,
        requirement=requirement,
        date_of_entry=entry.date_of_entry or progress.attempt.today,
        activity_description=entry.activity_description,
        shows_people=entry.shows_people,
        releases_confirmed_at=timezone.now() if entry.shows_people else None,
        **fields,
    )
    touch(progress)
    journal.record("evidence received", of=evidence, by=progress.attempt.educator)
    return evidence


@transaction.atomic
def remove(progress: Progress, evidence: Evidence) -> None:
    """Take an item out of the work; rounds handed in before keep showing it."""
    progress = locked(progress)
    Evidence.lifecycle.move(evidence, Evidence.Status.REMOVED, removed_at=timezone.now())
    touch(progress)
    journal.record("evidence removed", of=evidence, by=progress.attempt.educator)


@transaction.atomic
def put_back(progress: Progress, evidence: Evidence) -> None:
    """Put back what was taken out; a file that was never cleaned waits for that again."""
    progress = locked(progress)
    is_ready = evidence.kind == Evidence.Kind.LINK or bool(evidence.clean_key)
    status = Evidence.Status.CLEAN if is_ready else Evidence.Status.RECEIVED
    if not is_ready and not evidence.vault_key:
        raise Refused(_("This file was not accepted before, so it can’t be put back."))
    quotas.check_items(progress.attempt, evidence.requirement)
    quotas.check_attempt(progress.attempt, evidence.size)
    known = partial(copies.known_digest, evidence)
    copies.check_new(progress.attempt, evidence.requirement, evidence.size, known)
    Evidence.lifecycle.move(evidence, status, removed_at=None, taken_at=None, tries=0)
    touch(progress)
    journal.record("evidence put back", of=evidence, by=progress.attempt.educator)
    if not is_ready:
        wake(clean_evidence, evidence.pk)
