"""The app and what it registers."""

from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class CreditsConfig(AppConfig):
    """Hours that count elsewhere."""

    name = "credits"
    verbose_name = _("Credits")

    def ready(self) -> None:
        """Register the app's duties and listen for work and money."""
        from credits import (
            actions,
            clock,
            demo,
            gains,
            growth,
            invariants,
            models,
            receivers,
            staff,
            takeout,
        )

        self.receivers = receivers
        for model in (models.HoursEntry, models.UnitApplication, models.EnrollmentBatch):
            duties.lifecycle(model)
        for name, run in clock.SWEEPS.items():
            duties.sweep(name, run)
        duties.waiting("credit batches", models.EnrollmentBatch.objects.oldest_to_make)
        duties.library_step(40, "credit programs", actions.load_library)
        duties.demo_step(60, "credits", demo.show_credit)
        duties.growth_step(70, "hours", growth.grow_hours)
        duties.takeout("credits", takeout.files_of)
        duties.gains(gains.hours_of)
        duties.nav_link(_("Credits"), "my-credits", duties.signed_in, order=40)
        for label, url_name, count in staff.LINES:
            duties.staff_line(label, url_name, count)
        register_invariants(invariants)


def register_invariants(rules: ModuleType) -> None:
    """Register every rule of ``credits.invariants``; its docstring says what holds."""
    for name, breaches in vars(rules).items():
        if getattr(breaches, "__module__", "") == rules.__name__:
            duties.invariant(name.replace("_", "-"), str(breaches.__doc__), breaches)
