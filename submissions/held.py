"""Files that are held for a look by staff: which ones, how many, under which addresses.

Staff are shown what is asked for and why a file was held, never a name, of its owner or of the
file: a colleague who scores must be able to open the list (SAFETY 2.49).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Min
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from submissions.cleaning.formats import FORMATS
from submissions.models import Attempt, Evidence, EvidenceQuerySet
from submissions.serving import StoredFile

WANTED = (*Attempt.EDITABLE, Attempt.Status.IN_REVIEW)  # for other work nothing waits any more
KINDS = {ending: one.words for one in FORMATS.values() for ending in one.extensions}


@dataclass(frozen=True)
class HeldFile:
    """One held file as staff see it; ``address`` is good for this one person only."""

    address: uuid.UUID
    micro_certification: str
    requirement: str
    association: str
    kind: str
    size: int
    reason: str
    held_at: datetime


def held_for(staff: Any) -> EvidenceQuerySet:
    """The held files in someone's care, the one that has waited longest first."""
    held = Evidence.objects.held().in_care_of(staff).filter(attempt__status__in=WANTED)
    return held.order_by("cleaned_at", "pk")


def with_facts(rows: EvidenceQuerySet) -> EvidenceQuerySet:
    """Rows with everything that ``shown`` needs."""
    return rows.select_related(
        "attempt__micro_certification", "attempt__association", "requirement"
    )


def shown(evidence: Evidence, staff: Any) -> HeldFile:
    """One held file in plain values."""
    attempt = evidence.attempt
    return HeldFile(
        address=address_for(staff, evidence.pk),
        micro_certification=attempt.micro_certification.title,
        requirement=evidence.requirement.label,
        association=attempt.association.name,
        kind=KINDS.get(ending_of(evidence), _("a file")),
        size=evidence.size,
        reason=evidence.reason,
        held_at=evidence.cleaned_at or evidence.received_at,
    )


def address_for(staff: Any, evidence_id: int) -> uuid.UUID:
    """The random address of one file for one person: says nothing, and to nobody else anything."""
    secret = salted_hmac("submissions.held", f"{staff.pk}:{evidence_id}", algorithm="sha256")
    return uuid.UUID(bytes=secret.digest()[:16], version=4)


def find(staff: Any, address: uuid.UUID) -> Evidence | None:
    """The held file behind an address, if it is in this person's care."""
    mine = held_for(staff)
    for pk in mine.values_list("pk", flat=True):
        if address_for(staff, pk) == address:
            return with_facts(mine).filter(pk=pk).first()
    return None


def original_of(evidence: Evidence) -> StoredFile:
    """The original under a name that tells nothing, with an ending its program knows."""
    ending = ending_of(evidence)
    name = _("Held file")
    return StoredFile(evidence.vault_key, f"{name}.{ending}" if ending in KINDS else name)


def ending_of(evidence: Evidence) -> str:
    """How the given name ends; what it ends in was checked against the content on arrival."""
    return PurePosixPath(evidence.given_name).suffix.lstrip(".").lower()


def count_for(staff: Any) -> int:
    """How many files wait for this person or a colleague."""
    return held_for(staff).count()


def oldest_for(staff: Any) -> datetime | None:
    """Since when the first of them waits."""
    oldest: datetime | None = held_for(staff).aggregate(oldest=Min("cleaned_at"))["oldest"]
    return oldest
