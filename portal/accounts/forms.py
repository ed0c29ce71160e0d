"""The shape of what people tell about themselves."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts import plain, roster
from portal.accounts.models import Association, Membership, User

OLDEST_BIRTH = 1900
PPID = RegexValidator(
    re.compile(r"\A[0-9]{7}\Z"), _("A Professional Personnel ID has seven digits.")
)
PORTAL_ID = RegexValidator(
    re.compile(r"\A[0-9]{9}\Z"), _("A Chico State Portal ID has nine digits.")
)


class PlainForm(forms.BaseForm):
    """A form whose lines of text hold no character that nobody sees."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.CharField:  # not addresses, passwords or choices
                field.validators.append(plain.refuse_unseen)


class SignupForm(PlainForm, forms.Form):
    """What sign-up asks beside e-mail and password; ``AccountAdapter.save_user`` keeps it."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As it should stand on your certificates. Reviewers never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    association = forms.ModelChoiceField(
        Association.objects.all(),
        label=_("Association"),
        empty_label=_("Choose your association"),
        help_text=_("Not a member? Choose the one of your state; a fee applies for each start."),
    )
    member_number = forms.CharField(
        label=_("Member number"),
        max_length=40,
        required=False,
        help_text=_("If you are a member. Staff confirm it, usually within a day."),
    )
    school = forms.CharField(
        label=_("School or work site"),
        max_length=120,
        required=False,
        help_text=_("Keeps colleagues from reviewing your work. Reviewers never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    district = forms.CharField(label=_("District"), max_length=120, required=False)

    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Allauth asks for this; the adapter has kept everything already."""


class ProfileForm(PlainForm, forms.ModelForm[User]):
    """What a person may change about themselves."""

    association = forms.ModelChoiceField(Association.objects.all(), label=_("Association"))

    class Meta:
        model = User
        fields = (
            "name",
            "nicknames",
            "name_is_public",
            "association",
            "school",
            "district",
            "local",
            "phone",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As it should stand on your certificates. Reviewers never see it."),
            "name_is_public": _("Otherwise a badge’s public page says “a verified educator”."),
            "school": _("Keeps colleagues from reviewing your work. Reviewers never see it."),
        }


class CreditDetailsForm(forms.ModelForm[User]):
    """What universities and states ask for; stored encrypted."""

    date_of_birth = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("The university needs it to open your student account."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    university_id = forms.CharField(
        label=_("Chico State Portal ID"),
        required=False,
        validators=[PORTAL_ID],
        help_text=_("Nine digits; it comes with the university’s registration confirmation."),
    )
    ppid = forms.CharField(
        label=_("Professional Personnel ID"),
        required=False,
        validators=[PPID],
        help_text=_("Seven digits; Pennsylvania uses it to report Act 48 hours."),
    )

    class Meta:
        model = User
        fields = ("date_of_birth", "university_id", "ppid")

    def clean_date_of_birth(self) -> str:
        """A day in the past, as text, since it is stored encrypted."""
        day: date | None = self.cleaned_data["date_of_birth"]
        if day is None:
            return ""
        if day.year < OLDEST_BIRTH or day >= timezone.localdate():
            raise forms.ValidationError(_("Please check this date."))
        return day.isoformat()


class ClaimForm(PlainForm, forms.Form):
    """That one belongs to an association."""

    association = forms.ModelChoiceField(
        Association.objects.all(), label=_("Association"), empty_label=None
    )
    number = forms.CharField(label=_("Member number"), max_length=40)


class SettleForm(forms.Form):
    """What staff decided about a membership."""

    status = forms.ChoiceField(
        choices=[
            (status.value, status.label)
            for status in Membership.Status
            if status != Membership.Status.CLAIMED
        ]
    )


class RosterForm(forms.Form):
    """A roster of members, as a CSV file."""

    association = forms.ModelChoiceField(
        Association.objects.none(), label=_("Association"), empty_label=None
    )
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("The first line names the columns: email, member number."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def __init__(self, staff: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["association"]
        choices.queryset = Association.objects.staffed_by(staff)

    def clean_file(self) -> list[tuple[str, str]]:
        """The members in the file."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return roster.read(file.read(roster.MAX_BYTES + 1))
