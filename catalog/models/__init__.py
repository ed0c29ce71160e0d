"""What can be earned: stacks and micro-certifications; their text and rubric in editions."""

from catalog.models.editions import (
    WORD_RANGE,
    ArtifactRequirement,
    Criterion,
    Edition,
    Level,
    Part,
    Question,
    Reference,
)
from catalog.models.stacks import (
    CREDIT_HOURS,
    TYPICAL_HOURS,
    Audience,
    Collection,
    CollectionItem,
    MicroCertification,
    Stack,
    StackItem,
)

__all__ = [
    "CREDIT_HOURS",
    "TYPICAL_HOURS",
    "WORD_RANGE",
    "ArtifactRequirement",
    "Audience",
    "Collection",
    "CollectionItem",
    "Criterion",
    "Edition",
    "Level",
    "MicroCertification",
    "Part",
    "Question",
    "Reference",
    "Stack",
    "StackItem",
]
