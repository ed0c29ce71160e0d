"""The shape of what reviewers and staff send."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from reviews.models import Reviewer
from reviews.sheets import Answer, stamp
from reviews.shown import CriterionShown, Packet, PartShown

LONGEST_COMMENT = 4000
LONGEST_REASON = 1000
MOST_AT_A_TIME = 50


class RubricRow(NamedTuple):
    """A row of the rubric with its two fields."""

    criterion: CriterionShown
    level: BoundField
    comment: BoundField


class Section(NamedTuple):
    """A part of the work beside its rows of the rubric."""

    part: PartShown
    rows: list[RubricRow]


def stamp_of(packet: Packet) -> str:
    """The stamp of the sheet that a page shows."""
    answers = {row.key: Answer(row.level, row.comment) for row in packet.criteria}
    return stamp(answers, packet.comment)


class RubricForm(forms.Form):
    """The sheet: a level and a comment for each criterion, all optional while it is a draft.

    ``seen`` is the stamp of the sheet that the window shows, so that no other one is overwritten.
    """

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Overall comment"),
        help_text=_("What is strong, and what would make the most difference next."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any, packet: Packet) -> None:
        super().__init__(data, initial={"comment": packet.comment, "seen": stamp_of(packet)})
        self.criteria = criteria = packet.criteria
        for row in criteria:
            places = [(level.place, level.label) for level in row.levels]
            self.fields[f"level-{row.key}"] = forms.ChoiceField(
                label=row.title, choices=places, required=False, widget=forms.RadioSelect
            )
            self.fields[f"comment-{row.key}"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=LONGEST_COMMENT,
                widget=forms.Textarea,
            )
            self.initial[f"level-{row.key}"] = row.level
            self.initial[f"comment-{row.key}"] = row.comment

    def sections(self, parts: Sequence[PartShown]) -> list[Section]:
        """The parts, each with its rows."""
        return [Section(part, [self.row(one) for one in part.criteria]) for part in parts]

    def row(self, criterion: CriterionShown) -> RubricRow:
        """One row with its fields."""
        key = criterion.key
        return RubricRow(criterion, self[f"level-{key}"], self[f"comment-{key}"])

    def knows(self, stamp: str) -> None:
        """Say in the page to be drawn again that its window has been told of another sheet."""
        self.data = dict(self.data.items()) | {"seen": stamp}

    def answers(self) -> dict[str, Answer]:
        """What was chosen and written, by key."""
        data = self.cleaned_data
        return {
            row.key: Answer(data[f"level-{row.key}"], data[f"comment-{row.key}"])
            for row in self.criteria
        }


class ReasonForm(forms.Form):
    """Why: for the record."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProfileForm(forms.ModelForm[Reviewer]):
    """How much a reviewer takes on, and the last day away."""

    capacity = forms.IntegerField(
        label=_("Most reviews at a time"),
        help_text=_("0 means no new ones. What you hold already stays with you."),
        min_value=0,
        max_value=MOST_AT_A_TIME,
    )

    class Meta:
        model = Reviewer
        fields = ("capacity", "away_until")
        widgets = {"away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "away_until": _(
                "You get nothing new through this day. Leave it empty when you are here."
            )
        }
