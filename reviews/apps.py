"""The app and what it registers."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class ReviewsConfig(AppConfig):
    """Two reviewers, blind."""

    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Register the app's duties and listen for rounds."""
        from reviews import actions, demo, invariants, models, oversight, pool, takeout
        from reviews.growth.step import grow_reviews

        import_module("reviews.receivers")
        duties.lifecycle(models.Review)
        duties.sweep("reviewers who left", actions.free_stranded)
        duties.sweep("reviews to replace", actions.replace_overdue)
        duties.sweep("free seats", actions.fill_seats)
        duties.sweep("reviews due", actions.remind_due)
        duties.takeout("feedback", takeout.files_of)
        duties.waiting("rounds without reviewers", pool.oldest_fillable)
        duties.staff_line(_("Rounds that need a reviewer"), "staff-reviews", oversight.attention)
        duties.nav_link(_("Reviews"), "reviews", models.is_reviewer, order=50)
        duties.landing("reviews", models.has_open_reviews, order=10)
        duties.demo_step(30, "reviewers", demo.make_reviewers)
        duties.demo_step(50, "scores", demo.score_rounds)
        duties.growth_step(50, "reviews", grow_reviews)
        for rule in (
            invariants.crowded_rounds,
            invariants.partial_reviewers,
            invariants.doubled_sheets,
            invariants.disagreeing_decisions,
            invariants.stuck_rounds,
        ):
            register(rule)


def register(rule: Any) -> None:
    """Register one rule under its name; its docstring says what holds."""
    duties.invariant(rule.__name__.replace("_", "-"), rule.__doc__ or "", rule)
