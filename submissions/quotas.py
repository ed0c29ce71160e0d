"""How much may be handed in: items and bytes, with what uploads under way promise (SAFETY 7.1).

All counting is done while the attempt is locked. What one file may weigh is told by its family,
in ``submissions.uploads``.
"""

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from catalog.models import ArtifactRequirement
from portal.accounts.models import User
from submissions import parts
from submissions.models import Attempt, Evidence, Upload
from submissions.tus import too_much
from submissions.vault import no_room

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE
MOST_ITEMS = 20  # of one artifact requirement
MOST_ATTEMPT_BYTES = 6 * GIGABYTE
MOST_PERSON_BYTES = 20 * GIGABYTE
MOST_UPLOADS = 10  # of one person, unfinished
SPARE_BYTES = 16 * MEGABYTE  # of the disk, left to everything else


def check(attempt: Attempt, requirement: ArtifactRequirement, size: int) -> None:
    """Refuse a file that would be too many or too much; the attempt is locked."""
    check_items(attempt, requirement)
    check_attempt(attempt, size)
    check_person(attempt.educator_id, size)


def check_items(attempt: Attempt, requirement: ArtifactRequirement) -> None:
    """Refuse one item too many for an artifact requirement."""
    have = attempt.evidence.kept().filter(requirement=requirement).count()
    coming = attempt.uploads.under_way().filter(requirement=requirement).count()
    if have + coming >= MOST_ITEMS:
        raise too_much(
            _("There are %(count)d items here already; remove one first. Nothing was added.")
            % {"count": have + coming}
        )


def check_attempt(attempt: Attempt, size: int) -> None:
    """Refuse more bytes than one attempt may hold; what was taken out does not count."""
    kept = Evidence.objects.kept().filter(attempt=attempt).exclude(vault_key="")
    if total(kept) + total(Upload.objects.under_way().filter(attempt=attempt)) + size > (
        MOST_ATTEMPT_BYTES
    ):
        raise too_much(
            _(
                "The files of one micro-certification may take %(most)d GB together, and this one "
                "would be over that; remove a file first or hand in a smaller copy."
            )
            % {"most": MOST_ATTEMPT_BYTES // GIGABYTE}
        )


def check_person(person_id: int, size: int) -> None:
    """Refuse more bytes than one person may store, counting all that still lies in the vault.

    The person is locked, too: another attempt may be counting at the same time.
    """
    User.objects.select_for_update(no_key=True).get(pk=person_id)
    stored = Evidence.objects.filter(attempt__educator=person_id).exclude(vault_key="")
    coming = Upload.objects.under_way().filter(attempt__educator=person_id)
    if total(stored) + total(coming) + size > MOST_PERSON_BYTES:
        raise too_much(
            _(
                "All your files may take %(most)d GB together, and this one would be over that; "
                "delete for good what you removed before, or hand in a smaller copy."
            )
            % {"most": MOST_PERSON_BYTES // GIGABYTE}
        )


def check_uploads(attempt: Attempt) -> None:
    """Refuse one more upload of a person who has too many unfinished ones."""
    if Upload.objects.under_way().owned_by(attempt.educator_id).count() >= MOST_UPLOADS:
        raise too_much(
            _("%(most)d files are on their way already; wait until one is in, or cancel one.")
            % {"most": MOST_UPLOADS}
        )


def check_disk(size: int) -> None:
    """Refuse what would not fit on the disk."""
    free = parts.store().free_bytes()
    if free is not None and free < size + SPARE_BYTES:
        raise no_room()


def total(rows: QuerySet[Evidence] | QuerySet[Upload]) -> int:
    """The bytes of some files together."""
    return rows.aggregate(bytes=Sum("size"))["bytes"] or 0
