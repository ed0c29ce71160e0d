"""The app and what it registers."""

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class SubmissionsConfig(AppConfig):
    """Attempts, evidence, rounds."""

    name = "submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        """Register the app's duties and listen for money."""
        from submissions import (
            actions,
            demo,
            growth,
            held,
            invariants,
            library,
            models,
            takeout,
            tasks,
        )
        from submissions.actions import uploads
        from submissions.parts import keys

        import_module("submissions.receivers")
        for model in (models.Attempt, models.Evidence, models.Submission):
            duties.lifecycle(model)
        duties.sweep("overdue attempts", actions.reset_overdue)
        duties.sweep("reminders", actions.remind)
        duties.sweep("files to clean", tasks.clean_waiting)
        duties.sweep("what was kept for its time", actions.delete_due)
        duties.library_step(25, "retention", library.load_library)
        duties.waiting("files to clean", tasks.oldest_waiting)
        duties.takeout("attempts", takeout.files_of)
        duties.staff_line(
            _("Files to look at"), "staff-evidence", held.count_for, oldest=held.oldest_for
        )
        register_examples(demo.make_attempts, growth.grow_attempts)
        duties.nav_link(_("My work"), "my", duties.signed_in, order=20)
        duties.room("vault", models.Evidence.objects.vault_keys)
        duties.room("clean", models.Evidence.objects.clean_keys)
        register_uploads(uploads.sweep, uploads.oldest_expired, keys)
        register_invariants(invariants)


def register_examples(demo: Callable[[Any], None], growth: Callable[[Any], int]) -> None:
    """Register what makes attempts that nobody wrote: the demo, and load for trials."""
    duties.demo_step(40, "attempts", demo)
    duties.growth_step(40, "attempts", growth)


def register_uploads(
    sweep: Callable[[], int],
    oldest: Callable[[], datetime | None],
    keys: Callable[[], Iterable[str]],
) -> None:
    """Register what has to be done about files on their way."""
    duties.sweep("unfinished uploads", sweep)
    duties.waiting("uploads to sweep", oldest)
    duties.room("parts", keys)


def register_invariants(rules: object) -> None:
    """Register every rule of ``submissions.invariants``; its docstring says what holds."""
    for name, breaches in vars(rules).items():
        if callable(breaches) and getattr(breaches, "__module__", "") == "submissions.invariants":
            duties.invariant(name.replace("_", "-"), str(breaches.__doc__), breaches)
