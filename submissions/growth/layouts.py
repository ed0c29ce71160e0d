"""What the published editions ask for, looked up once for a whole run."""

from typing import NamedTuple

from catalog.models import ArtifactRequirement, Edition, Part, Question
from portal.refusal import Refused


class Layout(NamedTuple):
    """An edition: its five parts in order, the questions of each, what Part 2 asks for."""

    edition: Edition
    parts: list[Part]
    questions: dict[int, list[Question]]
    requirements: list[ArtifactRequirement]
    options: list[str]

    @property
    def scored(self) -> list[Part]:
        """The three parts that reviewers score."""
        return [part for part in self.parts if part.is_scored]

    def asked(self, option: str) -> list[ArtifactRequirement]:
        """What is to be handed in by whoever chose this option."""
        return [one for one in self.requirements if one.option in {"", option}]


def layouts() -> list[Layout]:
    """Every edition that can be started; refuses where there is none."""
    editions = Edition.objects.published().whole().order_by("pk")
    found = [layout(edition) for edition in editions]
    if not found:
        raise Refused("Nothing can be attempted yet. Run manage.py load_library first.")
    return found


def layout(edition: Edition) -> Layout:
    """One edition."""
    parts = list(edition.parts.all())
    artifacts = next(part for part in parts if part.kind == Part.Kind.ARTIFACTS)
    return Layout(
        edition=edition,
        parts=parts,
        questions={part.pk: list(part.questions.all()) for part in parts},
        requirements=list(artifacts.requirements.all()),
        options=sorted(artifacts.options),
    )
