"""The app and what it registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class PaymentsConfig(AppConfig):
    """Payments of the portal."""

    name = "portal.payments"
    verbose_name = _("Payments")

    def ready(self) -> None:
        """Register the app's duties."""
