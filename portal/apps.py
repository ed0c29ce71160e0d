"""The ground floor as an app: its journal and its mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class PortalConfig(AppConfig):
    """Journal and mail; registers their duties."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Register what the floor itself owes: unsent mail, the sealed journal."""
        from portal import journal, mail

        duties.sweep("mail", mail.send_waiting)
        duties.sweep("journal", journal.seal)
        duties.waiting("mail", mail.oldest_waiting)
        duties.invariant("journal", "The journal's chain of hashes is unbroken.", journal.breaches)
        duties.invariant(
            "one-message", "One notification for each event and recipient.", mail.duplicates
        )
