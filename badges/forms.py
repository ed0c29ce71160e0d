"""The shape of what people send about badges."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges import verification
from badges.models import NameReason
from portal.accounts.plain import refuse_unseen

MAX_FILE = 2 * 1024 * 1024


class VerifyForm(forms.Form):
    """A badge to be verified: its address, or its picture or JSON file."""

    address = forms.CharField(
        label=gettext_lazy("Address of the badge"),
        help_text=gettext_lazy("The link someone shared with you, or the badge’s JSON."),
        max_length=20_000,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or its picture or JSON file"),
        help_text=gettext_lazy("The PNG as it was downloaded, up to 2 MB. It is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.json,image/png,application/json"}),
        required=False,
        max_length=300,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy("To make sure that the badge is theirs. It is not kept."),
        required=False,
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse a file no badge can be as large as."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(_("This file is larger than 2 MB, so it is no badge."))
        return file

    def clean(self) -> dict[str, Any]:
        """Read the claim out of what was sent."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if file := cleaned.get("file"):
            cleaned["claim"] = verification.read_file(file.read())
        elif address := cleaned.get("address"):
            cleaned["claim"] = verification.read_text(address)
        else:
            raise forms.ValidationError(_("Paste the address of a badge, or choose its file."))
        return cleaned


class RevokeForm(forms.Form):
    """Why a badge is revoked, for everyone to read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, shown on the badge’s public page"),
        help_text=gettext_lazy("Name no person and no details of the work."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NameForm(forms.Form):
    """The name that papers are to print, and why."""

    name = forms.CharField(
        label=gettext_lazy("Name on the certificate and the record"),
        max_length=120,
        validators=[refuse_unseen],
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=NameReason.choices, widget=forms.RadioSelect
    )

    def clean_reason(self) -> NameReason:
        """The reason as one of those that there are."""
        return NameReason(self.cleaned_data["reason"])


class SearchForm(forms.Form):
    """Whose badge, or which."""

    is_search = True  # its words stand in the address: nothing is sent along with them

    q = forms.CharField(
        label=gettext_lazy("E-mail address, or the address or id of a badge"),
        max_length=500,
    )
