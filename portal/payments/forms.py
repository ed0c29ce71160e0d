"""The shape of what staff tell about money."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PaymentForm(forms.Form):
    """How the money came."""

    reference = forms.CharField(
        label=_("Check number or other reference"),
        max_length=80,
        help_text=_("So that the accountant finds it again."),
    )


class WaiverForm(forms.Form):
    """Why a person need not pay."""

    reason = forms.CharField(label=_("Reason"), max_length=80)
