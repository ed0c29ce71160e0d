"""The app and what it registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class AccountsConfig(AppConfig):
    """Accounts of the portal."""

    name = "portal.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register the app's duties."""
