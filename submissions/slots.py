"""The slots of Part 2: one for each artifact requirement, with what was handed in."""

from dataclasses import dataclass

from catalog.models import ArtifactRequirement
from submissions.completeness import asked_for
from submissions.forms import EvidenceForm
from submissions.models import Evidence, Progress


@dataclass(frozen=True)
class Slot:
    """One artifact requirement as the page shows it."""

    requirement: ArtifactRequirement
    items: list[Evidence]
    form: EvidenceForm | None

    @property
    def ready(self) -> int:
        """How many items count."""
        return sum(item.status == Evidence.Status.CLEAN for item in self.items)

    @property
    def is_full(self) -> bool:
        """Whether enough was handed in."""
        return self.ready >= self.requirement.count


def slots_of(progress: Progress) -> list[Slot]:
    """Every slot that counts; without a form where nothing can be changed."""
    kept = list(progress.attempt.evidence.kept())
    editable = progress.attempt.is_editable
    return [
        Slot(
            requirement=requirement,
            items=[item for item in kept if item.requirement_id == requirement.pk],
            form=EvidenceForm(progress, requirement) if editable else None,
        )
        for requirement in asked_for(progress)
    ]
