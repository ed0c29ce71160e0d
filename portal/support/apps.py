"""The app and what it registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import duties


class SupportConfig(AppConfig):
    """Help: questions, answers, sessions, things to read."""

    name = "portal.support"
    verbose_name = _("Support")

    def ready(self) -> None:
        """Register the app's duties."""
        from portal.support import actions, demo, library, queues, takeout
        from portal.support.models import Question

        duties.lifecycle(Question)
        duties.library_step(15, "help", library.load)
        duties.demo_step(80, "help", demo.show_help)
        duties.sweep("questions", actions.remind_staff)
        duties.waiting("questions", queues.oldest_reminder)
        duties.staff_line(_("Questions to answer"), "staff-help", queues.open_for)
        duties.staff_line(_("Information sessions to come"), "staff-sessions", queues.sessions_of)
        duties.nav_link(_("Help"), "help", duties.everyone, order=90)
        duties.takeout("questions", takeout.files_of)
