"""Uploads in chunks: begun, added to, finished, ended, swept."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import ArtifactRequirement
from portal.celery import wake
from portal.refusal import Refused
from submissions import copies, parts, quotas
from submissions.actions.evidence import take_in
from submissions.actions.work import locked
from submissions.entries import Entry
from submissions.models import Attempt, Evidence, Progress, Upload
from submissions.parts.folder import check_offset
from submissions.promises import check_promise
from submissions.tasks import clean_evidence
from submissions.tus import Checksum, NotNow
from submissions.uploads import check_file

KEPT_FOR = timedelta(hours=24)  # after the last byte
NOTED_EVERY = timedelta(minutes=1)
LEFT_ALONE = timedelta(minutes=5), timedelta(hours=1)  # whole files the sweep looks at
SWEEP_ROWS = 200
YOUNG = timedelta(hours=1)  # a part this young may belong to a row not yet committed


class Promise(NamedTuple):
    """What is said of a file before its first byte."""

    requirement: ArtifactRequirement
    name: str
    declared_type: str
    size: int


def begin(progress: Progress, promise: Promise, entry: Entry) -> Upload:
    """Promise a place to a file; refused when it would be too large, too many or too much."""
    check_promise(promise.name, promise.size, promise.requirement)
    quotas.check_disk(promise.size)
    key, multipart_id = parts.store().begin()
    now = timezone.now()
    upload = Upload(
        attempt=progress.attempt,
        requirement=promise.requirement,
        given_name=promise.name,
        declared_type=promise.declared_type[:120],
        size=promise.size,
        part_key=key,
        multipart_id=multipart_id,
        date_of_entry=entry.date_of_entry,
        activity_description=entry.activity_description,
        shows_people=entry.shows_people,
        releases_confirmed_at=now if entry.shows_people else None,
        expires_at=now + KEPT_FOR,
    )
    with discarding(upload), transaction.atomic():
        attempt = locked(progress).attempt
        quotas.check_uploads(attempt)
        quotas.check(attempt, promise.requirement, promise.size)
        upload.save(force_insert=True)
    return upload


@contextmanager
def discarding(upload: Upload) -> Iterator[None]:
    """Give the place up again when the row is not made."""
    kept = False
    try:
        yield
        kept = True
    finally:
        if not kept:
            parts.store().discard(upload)


def append(
    upload: Upload, offset: int, pieces: Iterable[bytes], checksum: Checksum | None = None
) -> int:
    """Add what arrives at ``offset``; return how many bytes are there then.

    Where the attempt can't be changed any more the upload is given up: nothing is kept half.
    """
    there = offset_of(upload)
    if there == upload.size:
        check_offset(offset, there)
        return there
    check_open(upload)
    there = parts.store().append(upload, offset, pieces, checksum)
    prolong(upload)
    return there


def check_open(upload: Upload) -> None:
    """Give the upload up and refuse where its attempt can't be changed any more."""
    if not upload.attempt.is_editable:
        end(upload)
        raise Refused(
            _("This work can’t be changed now, so the upload was given up; the rest is kept.")
        )


def address(upload: Upload, number: int) -> str:
    """Where the browser may send one part straight to the bucket, for an hour."""
    check_open(upload)
    prolong(upload)
    return parts.Bucket().address(upload, number)


def prolong(upload: Upload) -> None:
    """Keep an upload for another day; written down once a minute, not with every chunk."""
    until = timezone.now() + KEPT_FOR
    if until - upload.expires_at >= NOTED_EVERY:
        upload.expires_at = until
        Upload.objects.filter(pk=upload.pk).update(expires_at=until)


def offset_of(upload: Upload) -> int:
    """How many bytes are there; all of them once the file was handed in."""
    return upload.size if upload.evidence_id else parts.store().offset(upload)


def finish(upload: Upload) -> Evidence:
    """Make evidence of a whole file; a second call finds the same evidence.

    A file that can't be accepted is given up with its row.
    """
    if evidence := made_of(upload):
        return evidence
    try:
        return hand_in(upload)
    except NotNow:
        raise
    except Refused:
        end(upload)
        raise


def hand_in(upload: Upload) -> Evidence:
    """Look at a whole file and take it in."""
    store = parts.store()
    with store.held(upload):
        if evidence := made_of(upload):
            return evidence
        with store.opened(upload) as file:
            told = upload.given_name or None, upload.declared_type, upload.size
            check_file(UploadedFile(file, *told), upload.requirement)
            return take_over(upload, store, partial(copies.digest_of, file))


def made_of(upload: Upload) -> Evidence | None:
    """The evidence that an upload became, by the present state of its row."""
    return Evidence.objects.filter(upload__pk=upload.pk).first()


@transaction.atomic
def take_over(upload: Upload, store: parts.Store, digest: Callable[[], str]) -> Evidence:
    """Put the file into the vault and make its row, under the attempt's lock.

    There it is seen, too, that of two same files that arrive at once one is taken.
    """
    rows = upload.attempt.progress.select_related("part")
    progress = locked(rows.get(part=upload.requirement.part_id))
    if evidence := made_of(upload):
        return evidence
    if not Upload.objects.filter(pk=upload.pk).exists():
        raise Refused(_("This upload was canceled; choose the file again to hand it in."))
    copies.check_new(progress.attempt, upload.requirement, upload.size, digest)
    entry = Entry(upload.date_of_entry, upload.activity_description, upload.shows_people)
    evidence = take_in(
        progress,
        upload.requirement,
        entry,
        kind=Evidence.Kind.FILE,
        given_name=upload.given_name,
        vault_key=store.to_vault(upload),
        size=upload.size,
    )
    Upload.objects.filter(pk=upload.pk).update(evidence=evidence)
    wake(clean_evidence, evidence.pk)
    return evidence


def end(upload: Upload) -> None:
    """Give an upload up and leave nothing of it; what was handed in stays."""
    with transaction.atomic():
        Attempt.objects.select_for_update().get(pk=upload.attempt_id)
        gone, _rows = Upload.objects.under_way().filter(pk=upload.pk).delete()
        if not gone:
            return
    parts.store().discard(upload)


def sweep() -> int:
    """Finish what is whole, end what has expired, delete parts without a row."""
    known = set(Upload.objects.values_list("part_key", flat=True))
    lost = parts.store().sweep(known, timezone.now() - YOUNG)
    return finish_whole() + end_expired() + lost


def finish_whole() -> int:
    """Hand in files whose last byte arrived but whose hand-in was cut short.

    One that is refused is kept, so that its owner hears why on coming back.
    """
    soonest, latest = LEFT_ALONE
    day_left = timezone.now() + KEPT_FOR
    rows = Upload.objects.under_way().filter(
        expires_at__gt=day_left - latest, expires_at__lt=day_left - soonest
    )
    done = 0
    for upload in rows.select_related("attempt", "requirement")[:SWEEP_ROWS]:
        if offset_of(upload) == upload.size:
            with suppress(Refused):
                done += bool(hand_in(upload))
    return done


def end_expired() -> int:
    """End every upload whose day is over; the rows of those handed in have done their work."""
    expired = Upload.objects.expired(timezone.now())
    rows = list(expired.under_way()[:SWEEP_ROWS])
    for upload in rows:
        end(upload)
    gone, _rows = expired.exclude(evidence=None).delete()
    return len(rows) + gone


def oldest_expired() -> datetime | None:
    """Since when the upload that should have been swept first has been waiting."""
    expired = Upload.objects.expired(timezone.now())
    oldest: datetime | None = expired.aggregate(oldest=Min("expires_at"))["oldest"]
    return oldest
