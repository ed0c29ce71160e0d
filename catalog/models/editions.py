"""Editions: the published text of a micro-certification, never changed once published."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.stacks import MicroCertification, approved, places
from portal.lifecycle import Lifecycle

WORD_RANGE = (250, 500)  # FACTS 4.73: Part 1 as a whole


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions by standing."""

    def published(self) -> Self:
        """Those that can be started."""
        return self.filter(status=Edition.Status.PUBLISHED)

    def with_place(self) -> Self:
        """With what it is an edition of; adds the first stack's slug and title, and units."""
        first = places("micro_certification")
        return self.select_related("micro_certification").annotate(
            stack_slug=models.Subquery(first.values("stack__slug")[:1]),
            stack_title=models.Subquery(first.values("stack__title")[:1]),
            counts_for_units=approved("micro_certification"),
        )

    def from_library(self) -> Self:
        """Those made from a library file, not written in the portal."""
        return self.exclude(digest="")

    def whole(self) -> Self:
        """With every part, question, artifact requirement and level, in few queries."""
        return self.select_related("micro_certification").prefetch_related(
            "references",
            "parts__questions",
            "parts__requirements",
            "parts__criteria__levels",
            "parts__criteria__requirement",
        )


class Edition(models.Model):
    """The published text of a micro-certification: requirements and rubric, frozen.

    Open attempts keep the edition they began with. ``digest`` is the SHA-256 of the library
    entry it was made from, so that loading the same entry again makes nothing new.
    """

    class Status(models.TextChoices):
        """Where an edition stands."""

        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    lifecycle = Lifecycle(
        {
            Status.DRAFT: (Status.IN_REVIEW,),
            Status.IN_REVIEW: (Status.DRAFT, Status.PUBLISHED),
            Status.PUBLISHED: (Status.RETIRED,),
        }
    )

    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    competency = models.TextField()
    key_method = models.TextField()
    method_components = models.JSONField(default=list)  # [{"heading": ..., "text": Markdown}]
    digest = models.CharField(max_length=64)
    published_on = models.DateField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["micro_certification", "number"], name="catalog_edition_number"
            ),
            models.UniqueConstraint(
                fields=["micro_certification"],
                condition=Q(status="published"),
                name="catalog_edition_one_published",
            ),
        )

    def __str__(self) -> str:
        return f"{self.micro_certification}, edition {self.number}"

    def publish(self, day: date) -> None:
        """Put a reviewed edition in the place of the one published before."""
        for older in self.micro_certification.editions.published():
            self.lifecycle.move(older, self.Status.RETIRED)
        self.lifecycle.move(self, self.Status.PUBLISHED, published_on=day)


class Part(models.Model):
    """One of the five requirements (FACTS 4.63): its number is its place in the address."""

    class Kind(models.TextChoices):
        """What a part is."""

        AGREEMENT = "agreement", _("Agreement")
        OVERVIEW = "overview", _("Part 1. Overview Questions (Provides Context)")
        ARTIFACTS = "artifacts", _("Part 2. Artifacts")
        REFLECTION = "reflection", _("Part 3. Reflection")
        FINAL = "final", _("Final Submission")

    NUMBERS = dict(zip(Kind.values, range(5), strict=True))
    MINIMUM_UNITS = 1

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    passing = models.TextField(blank=True)
    word_min = models.PositiveSmallIntegerField(null=True)
    word_max = models.PositiveSmallIntegerField(null=True)
    options = models.JSONField(default=dict, blank=True)  # {"A": what option A is, ...}

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["edition", "kind"], name="catalog_part_kind"),
            models.CheckConstraint(
                condition=Q(word_min=None, word_max=None) | Q(word_min__lte=models.F("word_max")),
                name="catalog_part_word_range",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name of the part on the requirements page."""
        return str(self.get_kind_display())

    @property
    def is_written(self) -> bool:
        """Whether it is answered in writing: Parts 1 and 3."""
        return self.kind in {self.Kind.OVERVIEW, self.Kind.REFLECTION}

    @property
    def is_scored(self) -> bool:
        """Whether reviewers score it: Parts 1, 2 and 3."""
        return self.is_written or self.kind == self.Kind.ARTIFACTS


class Question(models.Model):
    """What a written part asks."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.text


class ArtifactRequirement(models.Model):
    """What Part 2 asks for: all of them count, except that a named option replaces another.

    ``kinds`` are the media that may be handed in, any of them; ``any_of`` names the forms the
    source allows ("letter", "poster"); ``count`` is how many are needed at least.
    """

    class Medium(models.TextChoices):
        """What can be handed in."""

        DOCUMENT = "document", _("document")
        PRESENTATION = "presentation", _("slides")
        SPREADSHEET = "spreadsheet", _("spreadsheet")
        IMAGE = "image", _("image")
        AUDIO = "audio", _("audio")
        VIDEO = "video", _("video")
        LINK = "link", _("link")

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    label = models.CharField(max_length=160)
    instructions = models.TextField()
    kinds = models.JSONField(default=list)
    any_of = models.JSONField(default=list, blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    span = models.CharField(max_length=60, blank=True)
    option = models.CharField(max_length=1, blank=True)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.label

    def kind_names(self) -> list[str]:
        """The media it takes, in words."""
        return [str(self.Medium(kind).label) for kind in self.kinds]


class Criterion(models.Model):
    """A row of the rubric; in Part 2 it judges one artifact requirement."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="criteria")
    requirement = models.ForeignKey(
        ArtifactRequirement, on_delete=models.CASCADE, null=True, related_name="criteria"
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ("position",)
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return self.title


class Level(models.Model):
    """A rung of a criterion, best first; one of them, or any above it, is the bar (FACTS A8)."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    description = models.TextField()
    meets_bar = models.BooleanField(default=False)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.label


class Reference(models.Model):
    """Supporting research or a resource, with a link that works in the PDF too."""

    class Kind(models.TextChoices):
        """Which list it stands in."""

        RESEARCH = "research", _("Supporting research")
        RESOURCE = "resource", _("Resources")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.text
