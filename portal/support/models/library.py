"""What is there to read: frequent questions, trainings, flyers, fact sheets (FACTS 4.144-4.148)."""

import hashlib
import json
from typing import Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association

SECTION_FIELDS = {"title", "text"}
SECTION_OPTIONS = {"starts", "ends"}


def check_sections(sections: object) -> None:
    """Refuse sections that are not a list of titles and texts, with time marks or without."""
    if not isinstance(sections, list) or not sections:
        raise ValidationError(_("Give a list with at least one section."))
    for number, section in enumerate(sections, start=1):
        names = set(section) if isinstance(section, dict) else set()
        is_known = SECTION_FIELDS <= names <= SECTION_FIELDS | SECTION_OPTIONS
        if not is_known or not all(isinstance(text, str) for text in section.values()):
            raise ValidationError(
                _("Section %(number)s needs a title and a text; starts and ends are quoted."),
                params={"number": number},
            )


Row = TypeVar("Row", bound="LibraryRow")


class LibraryQuerySet(models.QuerySet[Row]):
    """Library rows by who they are meant for."""

    def meant_for(self, association: Association | None) -> Self:
        """Those for everyone and those of one association; all of them when none is known."""
        if association is None:
            return self
        return self.filter(models.Q(association=None) | models.Q(association=association))


class LibraryRow(models.Model):
    """A row of ``library.yaml``, known by its slug; without an association it is for everyone."""

    slug = models.SlugField(unique=True, max_length=80)
    association = models.ForeignKey(
        Association, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ("position", "slug")


class FrequentQuestion(LibraryRow):
    """A question many ask, with its answer in Markdown, under a topic."""

    topic = models.CharField(max_length=60)
    question = models.CharField(max_length=200)
    answer = models.TextField()

    objects = LibraryQuerySet["FrequentQuestion"].as_manager()

    class Meta(LibraryRow.Meta):
        verbose_name = _("frequent question")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{reverse('faq')}#{self.slug}"


class Resource(LibraryRow):
    """Something to read, print or watch.

    Its sections (title, Markdown text, time marks where it follows a recording) are both its page
    in the portal and its PDF; ``url`` is set where a recording or an outside page exists.
    """

    class Kind(models.TextChoices):
        """What sort of thing it is."""

        TRAINING = "training", _("Training")
        FLYER = "flyer", _("Flyer")
        FACT_SHEET = "fact_sheet", _("Fact sheet")
        VIDEO_GUIDE = "video_guide", _("Video guide")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=300)
    url = models.URLField(blank=True)
    sections = models.JSONField(validators=[check_sections])

    objects = LibraryQuerySet["Resource"].as_manager()

    class Meta(LibraryRow.Meta):
        verbose_name = _("resource")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.slug])

    @property
    def label(self) -> str:
        """Its kind, and whose it is when it is not for everyone."""
        kind = self.get_kind_display()
        return f"{kind} · {self.association.name}" if self.association else kind

    @property
    def digest(self) -> str:
        """Changes whenever what would be printed changes."""
        content = [self.slug, self.kind, self.title, self.description, self.url, self.sections]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()
