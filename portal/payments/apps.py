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
        from portal.payments import invariants
        from portal.payments.models import Charge

        duties.lifecycle(Charge)
        duties.staff_line(_("Fees to settle"), "staff-charges", Charge.objects.count_due_for)
        duties.invariant(
            "charges",
            "Every charge is a positive amount and was settled at most once.",
            invariants.charge_breaches,
        )
