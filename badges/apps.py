"""The app and what it registers."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class BadgesConfig(AppConfig):
    """Open Badges: issued on a pass, verifiable by anyone."""

    name = "badges"
    verbose_name = _("Badges")

    def ready(self) -> None:
        """Register the app's duties and listen for decisions."""
        from badges import (
            actions,
            growth,
            invariants,
            models,
            pictures,
            revocations,
            takeout,
            tasks,
        )

        import_module("badges.receivers")
        duties.library_step(30, "badges", actions.load_library)
        duties.growth_step(60, "badges", growth.grow_badges)
        duties.lifecycle(models.Assertion)
        duties.sweep("badges to bake", tasks.bake_waiting)
        duties.waiting("badges to bake", tasks.oldest_unbaked)
        duties.takeout("badges", takeout.files_of)
        duties.revocations(revocations.revoked_of)
        duties.nav_link(_("Showcase"), "my-showcase", duties.signed_in, order=30)
        duties.room(pictures.ROOM, pictures.stored_keys)
        for rule in (
            invariants.doubled_badges,
            invariants.passes_without_badge,
            invariants.stale_pictures,
        ):
            duties.invariant(rule.__name__.replace("_", "-"), str(rule.__doc__), rule)
