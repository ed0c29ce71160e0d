"""The app and what it registers."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class AccountsConfig(AppConfig):
    """Accounts of the portal."""

    name = "portal.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register the app's duties."""
        from portal.accounts import actions, demo, growth, loading
        from portal.accounts.models import Membership

        duties.library_step(10, "associations", loading.load_associations)
        duties.demo_step(10, "people", demo.make_people)
        duties.growth_step(10, "people", growth.grow_people)
        duties.lifecycle(Membership)
        duties.nav_link(_("Staff"), "staff", show=works_for_an_association, order=60)
        duties.landing("staff", works_for_an_association, order=20)
        duties.staff_line(_("Memberships to confirm"), "memberships", actions.count_claims)


def works_for_an_association(user: Any) -> bool:
    """Whether to show the staff's link; a visitor is asked nothing."""
    return bool(user.is_authenticated and user.is_association_staff)
