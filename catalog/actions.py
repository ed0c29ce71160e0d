"""What happens to the catalog: its library is loaded, editions are published and retired."""

import hashlib
import json
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import editions, loading, signals
from catalog.entries import Entry
from catalog.models import (
    ArtifactRequirement,
    Audience,
    Collection,
    CollectionItem,
    Edition,
    MicroCertification,
    Stack,
    StackItem,
)
from portal import journal
from portal.accounts.models import Association

LIBRARY = Path(__file__).resolve().parent / "library"


@transaction.atomic
def load_library(folder: Path = LIBRARY) -> str:
    """Bring the catalog up to date with its files, wholly or not at all; return a sentence.

    Loading the same files again changes nothing. A changed entry becomes a new edition in the
    place of the old one; open attempts keep theirs. Raises ``BrokenLibrary`` with every fault.
    """
    known = set(Association.objects.values_list("slug", flat=True))
    library = loading.read(folder, known)
    new = sum(load_stack(file) for file in library.stacks)
    for entry in library.collections:
        load_collection(entry, library)
    retire_leavers()
    signals.library_loaded.send(Edition)
    return _(
        "%(stacks)d stacks and %(count)d micro-certifications, %(new)d of them in a new edition."
    ) % {
        "stacks": len(library.stacks),
        "count": sum(len(file["micro_certifications"]) for file in library.stacks),
        "new": new,
    }


def load_stack(file: Entry) -> int:
    """Bring one stack and what is in it up to date; return how many editions are new."""
    stack = put_stack(file["stack"])
    listed = file["micro_certifications"]
    rows = [put_micro_certification(entry, file["stack"]) for entry in listed]
    put_in_order(stack, rows)
    return sum(publish_if_new(row, entry) for row, entry in zip(rows, listed, strict=True))


def put_stack(entry: Entry) -> Stack:
    """Make the stack, or bring its texts, audiences and associations up to date."""
    stack, _is_new = Stack.objects.update_or_create(
        slug=entry["slug"],
        defaults={
            "title": entry["title"],
            "also_known_as": entry.get("also_known_as", []),
            "topic": entry["topic"],
            "description": entry["description"].strip(),
            "what_you_learn": entry["what_you_learn"].strip(),
            "developed_with": entry.get("developed_with", ""),
            "issuer": entry["issuer"],
            "position": entry["position"],
            "audience_names": entry["audiences"],
        },
    )
    stack.audiences.set(audiences(entry["audiences"]))
    stack.associations.set(Association.objects.filter(slug__in=entry["associations"]))
    return stack


def put_micro_certification(entry: Entry, stack: Entry) -> MicroCertification:
    """Make the micro-certification, or bring the facts about it up to date."""
    kinds = {kind for each in entry["artifacts"]["requirements"] for kind in each["kinds"]}
    meant_for = entry.get("audiences") or stack["audiences"]  # FACTS A19: the stack's by default
    row, _is_new = MicroCertification.objects.update_or_create(
        slug=entry["slug"],
        defaults={
            "title": entry["title"],
            "also_known_as": entry.get("also_known_as", []),
            "summary": entry["summary"].strip(),
            "evidence_summary": entry["evidence_summary"].strip(),
            "requires_classroom_data": entry["requires_classroom_data"],
            "tags": entry.get("tags", []),
            "evidence_kinds": [k for k in ArtifactRequirement.Medium.values if k in kinds],
            "alignments": entry.get("alignments", []),
            "audience_names": meant_for,
            "words": words(entry, stack),
        },
    )
    row.audiences.set(audiences(meant_for))
    return row


def words(entry: Entry, stack: Entry) -> str:
    """Everything a search may find the entry by."""
    parts = [
        entry["title"],
        *entry.get("also_known_as", []),
        *entry.get("tags", []),
        stack["title"],
        *stack.get("also_known_as", []),
        stack["topic"],
        entry["summary"],
        entry["competency"],
        entry["evidence_summary"],
        *(each["heading"] for each in entry["method_components"]),
    ]
    return "\n".join(part.strip() for part in parts)


def audiences(names: list[str]) -> list[Audience]:
    """The audiences of these names, made where they are new."""
    return [Audience.objects.get_or_create(name=name)[0] for name in names]


def put_in_order(stack: Stack, rows: list[MicroCertification]) -> None:
    """Give a stack its micro-certifications, numbered from 1."""
    wanted = [(row.pk, place) for place, row in enumerate(rows, start=1)]
    if list(stack.items.values_list("micro_certification", "position")) != wanted:
        stack.items.all().delete()
        StackItem.objects.bulk_create(
            StackItem(stack=stack, micro_certification_id=pk, position=place)
            for pk, place in wanted
        )


def publish_if_new(row: MicroCertification, entry: Entry) -> bool:
    """Publish a new edition if the entry differs from the one loaded last; say whether it did."""
    latest = row.editions.from_library().last()
    digest = digest_of(entry)
    if latest and latest.digest == digest and row.editions.published().exists():
        return False
    highest = row.editions.aggregate(highest=Max("number"))["highest"] or 0
    edition = Edition.objects.create(
        micro_certification=row,
        number=highest + 1,
        status=Edition.Status.IN_REVIEW,
        competency=entry["competency"].strip(),
        key_method=entry["key_method"].strip(),
        method_components=entry["method_components"],
        digest=digest,
    )
    editions.write(edition, entry)
    edition.publish(timezone.localdate())
    journal.record("edition published", of=edition, number=edition.number)
    return True


def digest_of(entry: Entry) -> str:
    """The SHA-256 of an entry, whatever the order of its fields and the layout of its file."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()


def load_collection(entry: Entry, library: loading.Library) -> None:
    """Bring a collection and its members up to date."""
    association = Association.objects.filter(slug=entry.get("association")).first()
    collection, _is_new = Collection.objects.update_or_create(
        slug=entry["slug"],
        defaults={
            "title": entry["title"],
            "description": entry["description"].strip(),
            "counts_for_units": entry["counts_for_units"],
            "association": association,
        },
    )
    collection.stacks.set(Stack.objects.filter(slug__in=entry.get("stacks", [])))
    collection.items.all().delete()
    places = library.numbered(entry["numbered_by"]) if "numbered_by" in entry else {}
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, micro_certification=row, position=places[row.slug])
        for row in MicroCertification.objects.filter(slug__in=places)
    )


def retire_leavers() -> None:
    """Retire the editions of what left the last of its stacks; attempts keep theirs."""
    left = Edition.objects.published().from_library().filter(micro_certification__stacks=None)
    for edition in left:
        Edition.lifecycle.move(edition, Edition.Status.RETIRED)
        journal.record("edition retired", of=edition, number=edition.number)
