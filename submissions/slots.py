"""The slots of Part 2: one for each artifact requirement, with what was handed in."""

from dataclasses import dataclass

from catalog.models import ArtifactRequirement
from submissions.asking import heading
from submissions.completeness import asked_for
from submissions.forms import EvidenceForm
from submissions.models import Evidence, Progress
from submissions.unfinished import Unfinished, unfinished_of


@dataclass(frozen=True)
class Slot:
    """One artifact requirement as the page shows it."""

    requirement: ArtifactRequirement
    items: list[Evidence]
    taken_out: list[Evidence]
    form: EvidenceForm | None
    unfinished: list[Unfinished]

    @property
    def heading(self) -> str:
        """What may be added here."""
        return heading(self.requirement)

    @property
    def ready(self) -> int:
        """How many items count."""
        return sum(item.status == Evidence.Status.CLEAN for item in self.items)

    @property
    def is_full(self) -> bool:
        """Whether enough was handed in."""
        return self.ready >= self.requirement.count


def slots_of(progress: Progress, sent: EvidenceForm | None = None) -> list[Slot]:
    """Every slot that counts; without a form where nothing can be changed.

    A form that was sent and not taken stands in its slot again, with its words and its trouble.
    """
    gone = Evidence.Status.REMOVED
    every = list(progress.attempt.evidence.exclude(status=Evidence.Status.DELETED))
    editable = progress.attempt.is_editable
    coming = unfinished_of(progress.attempt) if editable else []
    slots = []
    for requirement in asked_for(progress):
        mine = [item for item in every if item.requirement_id == requirement.pk]
        slots.append(
            Slot(
                requirement=requirement,
                items=[item for item in mine if item.status != gone],
                taken_out=[item for item in mine if item.status == gone],
                form=form_for(progress, requirement, sent) if editable else None,
                unfinished=[one for one in coming if one.upload.requirement_id == requirement.pk],
            )
        )
    return slots


def form_for(
    progress: Progress, requirement: ArtifactRequirement, sent: EvidenceForm | None
) -> EvidenceForm:
    """The form of one slot: the one that was sent for it, or an empty one."""
    is_theirs = sent is not None and sent.data.get("requirement") == requirement.key
    return sent if sent and is_theirs else EvidenceForm(progress, requirement)
