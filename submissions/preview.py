"""What reviewers will see of one file, for its owner; and what was taken out of it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Part
from submissions.models import Evidence, Progress
from submissions.serving import StoredFile, medium_of


@dataclass(frozen=True)
class Preview:
    """One file as a reviewer's page shows it, beside the cleaner's report.

    ``counts`` is false where the file belongs to an option that is not the chosen one.
    """

    name: str
    medium: str
    url: str
    view_url: str
    description: str
    entered_on: date | None
    counts: bool
    removed: tuple[str, ...]
    warnings: tuple[str, ...]


def neutral_name(number: int, extension: str) -> str:
    """What an artifact is called: never what its owner called it (SAFETY 2.1)."""
    name = _("Part 2 - Artifact %(number)d") % {"number": number}
    return f"{name}.{extension}" if extension else name


def preview_of(evidence: Evidence) -> Preview:
    """The preview of a clean file, numbered as if the work were handed in now."""
    numbers = numbers_in(evidence)
    return Preview(
        name=name_of(evidence, numbers),
        medium=medium_of(evidence.media_type),
        url=reverse("evidence-copy", args=[evidence.public_id]),
        view_url=reverse("evidence-copy-view", args=[evidence.public_id]),
        description=evidence.activity_description,
        entered_on=evidence.date_of_entry,
        counts=evidence.pk in numbers,
        removed=tuple(evidence.report.get("removed", ())),
        warnings=tuple(evidence.report.get("warnings", ())),
    )


def clean_copy(evidence: Evidence) -> StoredFile:
    """The copy that reviewers will get, under the name it will have for them."""
    name = name_of(evidence, numbers_in(evidence))
    return StoredFile(evidence.clean_key, name, evidence.media_type)


def numbers_in(evidence: Evidence) -> dict[int, int]:
    """The numbers of everything that counts in the work of this file, in the order of a round."""
    part = Progress.objects.filter(attempt=evidence.attempt_id, part__kind=Part.Kind.ARTIFACTS)
    chosen = part.values_list("option", flat=True).first() or ""
    items = Evidence.objects.counting().filter(
        attempt=evidence.attempt_id, requirement__option__in=["", chosen]
    )
    ordered = items.order_by("requirement__position", "received_at", "pk")
    return {pk: at for at, pk in enumerate(ordered.values_list("pk", flat=True), start=1)}


def name_of(evidence: Evidence, numbers: dict[int, int]) -> str:
    """The neutral name; what counts for nothing now gets the number after all others."""
    return neutral_name(numbers.get(evidence.pk, len(numbers) + 1), evidence.extension)
