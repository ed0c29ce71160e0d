"""The shape of what an educator types; nothing here saves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import ArtifactRequirement
from submissions.agreement import PROMISES
from submissions.asking import files_taken
from submissions.completeness import asked_for
from submissions.entries import Entry
from submissions.models import Progress, Submission
from submissions.screening import Spot
from submissions.uploads import takes_links

NO_NAMES = _("Leave out names of people and places: reviewers must not know whose work it is.")


class DateInput(forms.DateInput):
    """The browser's own date picker, fed with an ISO date."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EntryForm(forms.Form):
    """When something was done, and what it was (FACTS 4.77)."""

    date_of_entry = forms.DateField(label=_("Date of entry"), required=False, widget=DateInput)
    activity_description = forms.CharField(
        label=_("Activity description"), required=False, max_length=300, help_text=NO_NAMES
    )

    def entry(self) -> Entry:
        """The entry as actions take it."""
        data = self.cleaned_data
        return Entry(
            data["date_of_entry"], data["activity_description"], data.get("shows_people", False)
        )


class AnswerField(forms.CharField):
    """An answer: drafts may leave it empty, yet it is asked for, so it is not called optional."""

    is_asked = True


class AnswersForm(EntryForm):
    """One field for each question of a written part, and the count of saves the page knew of."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, progress: Progress, data: Any = None) -> None:
        answers = {answer.question_id: answer.text for answer in progress.responses.all()}
        super().__init__(
            data,
            initial={
                "seen": progress.saves,
                "date_of_entry": progress.date_of_entry or progress.attempt.today,
                "activity_description": progress.activity_description,
            },
        )
        self.names: dict[str, int] = {}
        for number, question in enumerate(progress.part.questions.all(), start=1):
            self.names[f"answer_{number}"] = question.pk
            self.fields[f"answer_{number}"] = AnswerField(
                label=f"{number}. {question.text}",
                required=False,
                strip=False,
                max_length=40_000,
                initial=answers.get(question.pk, ""),
                widget=forms.Textarea(attrs={"rows": 8, "data-words": ""}),
            )
        self.order_fields(["seen", *self.names])

    def answers(self) -> dict[int, str]:
        """What was typed, by question id; a question that was not sent is left alone."""
        return {pk: self.cleaned_data[name] for name, pk in self.names.items() if name in self.data}

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of every answer as it was typed, to hand back what can't be saved."""
        return [(str(self.fields[name].label), self.data.get(name, "")) for name in self.names]


class AgreementForm(forms.Form):
    """One tick for each promise of the agreement."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for number, promise in enumerate(PROMISES, start=1):
            self.fields[f"promise_{number}"] = forms.BooleanField(label=promise)


class AskedFile(forms.FileField):
    """The file a slot asks for: a link may take its place, yet it is not called optional."""

    is_asked = True


class AskedLink(forms.URLField):
    """The link a slot asks for, or takes in the place of a file."""

    is_asked = True


class EvidenceForm(EntryForm):
    """A file or a link for one artifact requirement."""

    requirement = forms.SlugField(widget=forms.HiddenInput)
    file = AskedFile(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"data-upload": ""}),
    )
    url = AskedLink(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("It must open for anyone who has it, without signing in."),
    )
    shows_people = forms.BooleanField(
        label=_("People can be seen or heard in this file, and I hold a release for each of them."),
        required=False,
        help_text=_("Leave it empty when nobody can be seen or heard."),
    )
    field_order = (
        "requirement",
        "file",
        "url",
        "shows_people",
        "date_of_entry",
        "activity_description",
    )

    def __init__(
        self, progress: Progress, asked: ArtifactRequirement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.asked = {item.key: item for item in asked_for(progress)}
        self.initial["date_of_entry"] = progress.attempt.today
        if asked is not None:
            self.fit(asked)

    def fit(self, asked: ArtifactRequirement) -> None:
        """Stand in the slot of this requirement: without the field that it does not take."""
        self.auto_id = f"{asked.key}_%s"
        self.initial["requirement"] = asked.key
        self.fields["file"].help_text = files_taken(asked)
        if not takes_links(asked):
            del self.fields["url"]
        if asked.kinds == [ArtifactRequirement.Medium.LINK]:
            del self.fields["file"]
            del self.fields["shows_people"]

    def clean_requirement(self) -> ArtifactRequirement:
        """The requirement itself, when this part asks for it."""
        key = self.cleaned_data["requirement"]
        if key not in self.asked:
            raise forms.ValidationError(_("This part does not ask for that."))
        return self.asked[key]

    def clean(self) -> dict[str, Any]:
        """One of file and link, not both and not none."""
        data = super().clean() or {}
        if bool(data.get("file")) == bool(data.get("url")) and not self.errors:
            raise forms.ValidationError(_("Choose one file or give one link. Nothing was added."))
        return data


class UploadForm(EvidenceForm):
    """What is said of a file that comes in chunks: everything but the file itself."""

    def __init__(self, progress: Progress, told: Mapping[str, str]) -> None:
        super().__init__(progress, data=dict(told) | {"shows_people": told.get("people") == "1"})
        del self.fields["file"]
        del self.fields["url"]

    def clean(self) -> dict[str, Any]:
        """There is nothing to choose between."""
        return self.cleaned_data


class SpotForm(forms.Form):
    """What a button beside a found place sends: the place, and what is to become of it."""

    REPLACE, REPLACE_ALL, INTENDED, AGAIN = "replace", "replace all", "intended", "again"

    source = forms.CharField(max_length=60)
    rule = forms.CharField(max_length=40)
    phrase = forms.CharField(max_length=200)
    start = forms.IntegerField(required=False, min_value=0)
    number = forms.IntegerField(required=False, min_value=1)
    page = forms.ChoiceField(choices=[("attempt-check", ""), ("attempt-submit", "")])
    act = forms.ChoiceField(choices=[(act, "") for act in (REPLACE, REPLACE_ALL, INTENDED, AGAIN)])

    def spot(self) -> Spot:
        """The place as actions take it; a start only where one place alone is meant."""
        data = self.cleaned_data
        start = data["start"] if data["act"] == self.REPLACE else None
        return Spot(data["source"], data["rule"], data["phrase"], start)


class SubmitForm(forms.ModelForm[Submission]):
    """A note to the reviewers about what changed, and that places in doubt were looked at."""

    looked_at = forms.BooleanField(
        label=_("I looked at each place that may tell who I or a student is; they can stay."),
        required=False,
    )

    class Meta:
        model = Submission
        fields = ("note",)
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}
        labels = {"note": _("What did you change?")}
        help_texts = {"note": NO_NAMES}


class RefusalForm(forms.Form):
    """The sentence with which staff refuse a held file."""

    reason = forms.CharField(
        label=_("What is the matter, and what to hand in instead"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The educator is mailed this sentence as you write it, without your name."),
    )
