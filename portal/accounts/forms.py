"""The shape of what people tell about themselves."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association, User


class SignupForm(forms.Form):
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
    )
    member_number = forms.CharField(
        label=_("Member number"),
        max_length=40,
        required=False,
        help_text=_("For members everything is free. Staff confirm the number; you can start now."),
    )
    school = forms.CharField(
        label=_("School or work site"),
        max_length=120,
        required=False,
        help_text=_("Keeps colleagues from reviewing your work; reviewers never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    district = forms.CharField(label=_("District"), max_length=120, required=False)

    field_order: ClassVar[list[str]] = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Allauth asks for this; the adapter has kept everything already."""
