"""The app and what it registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class CatalogConfig(AppConfig):
    """The catalog: what can be earned."""

    name = "catalog"
    verbose_name = _("Catalog")

    def ready(self) -> None:
        """Register the app's duties."""
        from catalog import actions, rules
        from catalog.models import Edition

        duties.library_step(20, "catalog", actions.load_library)
        duties.lifecycle(Edition)
        duties.nav_link(_("Browse"), "micro-certifications", order=10)
        duties.nav_link(_("Stacks"), "stacks", order=11)
        duties.invariant(
            "whole-editions",
            "Each published edition has its five parts, and a bar in each criterion.",
            rules.incomplete_editions,
        )
