"""Demo: attempts at every stage, handed in with small real files."""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from catalog.models import ArtifactRequirement, MicroCertification, Part
from portal import pdf
from portal.accounts.models import User
from portal.demo import Demo
from submissions import actions
from submissions.models import Attempt, Progress

WORDS = Path(__file__).resolve().parent / "demo.yaml"
STAGES = (
    ("just started", "iep-implementation-communication-and-collaboration"),
    ("ready to submit", "understanding-the-iep-process"),
    ("in review", "descriptive-feedback-for-student-learning"),
    ("not yet", "learning-targets-and-success-criteria"),
    ("earned", "classroom-embedded-performance-assessment"),
)


def photo_of(text: str) -> bytes:
    """A small JPEG with a few shapes on it and an author in its EXIF, as cameras write it."""
    picture = Image.new("RGB", (640, 420), "#f3efe6")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((40, 40, 600, 380), 24, fill="#dfe9ea", outline="#2f6f73", width=4)
    draw.text((70, 70), text, fill="#203335", font_size=28)
    exif = Image.Exif()
    exif[0x013B] = "Dana Whitfield"
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


@lru_cache(maxsize=1)
def everything_written() -> dict[str, dict[str, list[str]]]:
    """The paragraphs of each micro-certification of the demo, by the kind of part."""
    told: dict[str, dict[str, list[str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return told


def spread(paragraphs: Sequence[str], count: int) -> list[str]:
    """The paragraphs in order as answers to so many questions; none is left out or empty."""
    answers = ["\n\n".join(paragraphs[place::count]) for place in range(count)]
    return [answer or paragraphs[-1] for answer in answers]


def document_of(requirement: ArtifactRequirement, number: int) -> bytes:
    """A one-page PDF that speaks of what the requirement asks for; each says something else."""
    written = everything_written()[requirement.part.edition.micro_certification.slug]
    every = written[Part.Kind.OVERVIEW] + written[Part.Kind.REFLECTION]
    place = requirement.position + number
    text = "\n\n".join(every[(place + more) % len(every)] for more in (0, 3))
    return pdf.render("pdf/demo_artifact.html", {"requirement": requirement, "text": text})


def hand_in(progress: Progress, requirement: ArtifactRequirement) -> None:
    """Hand in what a requirement takes: a document, a photo or a link."""
    kinds = requirement.kinds
    for number in range(requirement.count):
        if "document" in kinds:
            content = document_of(requirement, number)
            file = SimpleUploadedFile(f"{requirement.key} {number + 1}.pdf", content)
        elif "image" in kinds:
            file = SimpleUploadedFile(f"IMG_{number + 1:04}.jpg", photo_of(requirement.label[:34]))
        else:
            url = f"https://example.org/shared/{requirement.key}-{number + 1}"
            actions.add_link(progress, requirement, url)
            continue
        actions.add_file(progress, requirement, file)


def fill(attempt: Attempt) -> None:
    """Complete every part with plausible work."""
    rows = {row.part.kind: row for row in attempt.progress.select_related("part")}
    actions.accept_agreement(rows[Part.Kind.AGREEMENT])
    written = everything_written()[attempt.micro_certification.slug]
    for kind in (Part.Kind.OVERVIEW, Part.Kind.REFLECTION):
        questions = [question.pk for question in rows[kind].part.questions.all()]
        answers = dict(zip(questions, spread(written[kind], len(questions)), strict=True))
        actions.save_answers(rows[kind], answers)
        actions.complete(rows[kind])
    artifacts = rows[Part.Kind.ARTIFACTS]
    if artifacts.part.options:
        actions.choose_option(artifacts, next(iter(artifacts.part.options)))
        artifacts.refresh_from_db()
    asked = [r for r in artifacts.part.requirements.all() if r.option in {"", artifacts.option}]
    for requirement in asked:
        hand_in(artifacts, requirement)
    actions.complete(artifacts)


def begin(demo: Demo, stage: str, slug: str, educator: User) -> Attempt:
    """An attempt of the demo, found again when it was made before."""
    micro_certification = MicroCertification.objects.get(slug=slug)
    attempt = actions.start(micro_certification, by=educator)
    demo.rows[f"attempt: {stage}"] = attempt
    demo.add_url(f"attempt, {stage}", attempt.get_absolute_url())
    return attempt


def make_attempts(demo: Demo) -> None:
    """One attempt at each stage; scoring is the reviewers' step."""
    educator: Any = demo.people["educator"]
    for stage, slug in STAGES:
        with transaction.atomic():
            attempt = begin(demo, stage, slug, educator)
        if stage != "just started" and not attempt.consents.exists():
            fill(attempt)
        if stage not in {"just started", "ready to submit"} and attempt.is_editable:
            submit_once(attempt)
    guest = demo.people["educator, non-member"]
    begin(demo, "fee due", STAGES[0][1], guest)


def submit_once(attempt: Attempt) -> None:
    """Hand in the first round, unless the demo did so before."""
    if not attempt.submissions.exists():
        actions.submit(attempt)
