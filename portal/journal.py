"""Who did what when: ``record`` writes, ``seal`` chains, ``breaches`` walks the chain."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction

from portal.models import Entry

CLOCK = "clock"


def record(event: str, of: models.Model, by: Any = None, **facts: Any) -> Entry:
    """Write down that ``by`` (a user; ``None`` is the clock) did ``event`` to ``of``.

    Call it inside the transaction of the change. ``facts`` must hold no personal values.
    """
    row = entry(event, of, by, facts)
    row.save(force_insert=True)
    return row


def record_all(event: str, of: Iterable[models.Model], by: Any = None, **facts: Any) -> None:
    """Write the same down of many, in one statement."""
    Entry.objects.bulk_create([entry(event, one, by, facts) for one in of])


def entry(event: str, of: models.Model, by: Any, facts: dict[str, Any]) -> Entry:
    """One line of the journal, still to be stored."""
    return Entry(
        event=event,
        by=str(by.public_id) if by is not None else CLOCK,
        subject=of._meta.label_lower,
        subject_id=str(getattr(of, "public_id", of.pk)),
        facts=facts,
    )


def digest(entry: Entry, previous: str) -> str:
    """The hash that ties an entry to the one sealed before it."""
    content = [
        previous,
        entry.sealed,
        entry.at.isoformat(),
        entry.by,
        entry.event,
        entry.subject,
        entry.subject_id,
        entry.facts,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def seal() -> int:
    """Give every unsealed entry its place in the chain; return how many were sealed.

    Sealing apart from recording keeps the chain's lock out of everybody's transaction. Who
    seals at the same time waits at the first row, and only then looks for the chain's end.
    """
    waiting = list(Entry.objects.select_for_update().filter(sealed=None).order_by("pk")[:5000])
    last = Entry.objects.exclude(sealed=None).order_by("-sealed").first()
    number, previous = (last.sealed or 0, last.hash) if last else (0, "")
    for entry in waiting:
        number += 1
        entry.sealed = number
        entry.hash = previous = digest(entry, previous)
    Entry.objects.bulk_update(waiting, ["sealed", "hash"], batch_size=500)
    return len(waiting)


def breaches() -> Iterator[str]:
    """Yield a sentence for the first entry that does not fit the chain."""
    previous = ""
    sealed = Entry.objects.exclude(sealed=None).order_by("sealed")
    for number, entry in enumerate(sealed.iterator(), start=1):
        if entry.sealed != number or entry.hash != digest(entry, previous):
            yield f"Journal entry {entry.pk} does not fit the chain at place {number}."
            return
        previous = entry.hash
