"""What protects people: identity findings decided by their author, and how long things are kept."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from submissions.models.attempts import Attempt


class IdentityFinding(models.Model):
    """A place that may tell who the author is, and that its author declared as intended.

    What is found is worked out anew each time from the text as it stands; only decisions are
    rows. ``source`` names the place ("answer:<question id>" or "evidence:<public id>").
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="findings")
    source = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    phrase = models.CharField(max_length=200)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["attempt", "source", "rule", "phrase"],
                name="submissions_identityfinding_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} in {self.source}"


class RetentionClass(models.Model):
    """How long one kind of thing is kept, and from when; then it is really deleted (SAFETY 7.3)."""

    class Holds(models.TextChoices):
        """What is kept."""

        ORIGINAL = "original", _("Original files")
        COPY = "copy", _("Cleaned copies and their text")
        WRITING = "writing", _("Answers")
        ROUND = "round", _("Texts of the rounds handed in")
        REVISION = "revision", _("Earlier drafts")
        REMOVED = "removed", _("Files taken out again")

    class Since(models.TextChoices):
        """From when its days count."""

        PASSED = "passed", _("the badge was earned")
        CLOSED = "closed", _("the attempt was reset, withdrawn or denied")
        CHANGED = "changed", _("it was changed or taken out")

    holds = models.CharField(max_length=12, choices=Holds.choices)
    since = models.CharField(max_length=12, choices=Since.choices)
    days = models.PositiveIntegerField()
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ("holds", "since")
        verbose_name_plural = _("retention classes")
        constraints = (
            models.UniqueConstraint(
                fields=["holds", "since"], name="submissions_retentionclass_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_holds_display()}: {self.days}"
