"""What a badge stands for, in words: read from the catalog. Pure but for reading.

A badge class is the same whatever the edition: its words follow the published one.
"""

from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Edition, MicroCertification, Stack

Fields = dict[str, Any]


def of_micro_certification(subject: MicroCertification, stack: Stack | None) -> Fields:
    """The words of the badge of a micro-certification."""
    return {
        "name": subject.title,
        "description": subject.summary,
        "criteria": micro_certification_criteria(subject),
        "tags": tags(subject, stack),
        "alignments": subject.alignments,
    }


def of_stack(subject: Stack) -> Fields:
    """The words of the badge of a finished stack."""
    return {
        "name": subject.title,
        "description": subject.description,
        "criteria": stack_criteria(subject),
        "tags": [subject.topic],
        "alignments": [],
    }


def tags(subject: MicroCertification, stack: Stack | None) -> list[str]:
    """Search words: its own, then its stack's topic, each once."""
    topics = [stack.topic] if stack else []
    return list(dict.fromkeys([*subject.tags, *topics]))


def micro_certification_criteria(subject: MicroCertification) -> str:
    """How the badge is earned, as Markdown (FACTS A1, 4.104)."""
    edition = Edition.objects.published().filter(micro_certification=subject).first()
    return _(
        "%(competency)s\n\n"
        "Each earner handed in work from their own practice, and two practicing reviewers who did "
        "not know whose work it was scored it against a published rubric:\n\n"
        "- **Part 1, overview questions:** a passing score\n"
        "- **Part 2, artifacts:** a proficient rating for every component (%(evidence)s)\n"
        "- **Part 3, reflection:** a passing score"
    ) % {
        "competency": edition.competency if edition else subject.summary,
        "evidence": subject.evidence_summary,
    }


def stack_criteria(subject: Stack) -> str:
    """Which micro-certifications make a stack, as Markdown."""
    titles = subject.items.values_list("micro_certification__title", flat=True)
    lines = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, start=1))
    return _("Each earner has earned every micro-certification of the stack:\n\n%(list)s") % {
        "list": lines
    }
