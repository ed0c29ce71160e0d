"""Back office: attempts to look at only, and how long things are kept."""

from django.contrib import admin

from portal.backoffice import LookOnly, never
from submissions.models import Attempt, RetentionClass


@admin.register(Attempt)
class AttemptAdmin(LookOnly, admin.ModelAdmin[Attempt]):
    """Attempts, read-only."""

    list_display = ("public_id", "micro_certification", "association", "status", "due_on")
    list_filter = ("status", "association")
    search_fields = ("public_id", "educator__email")
    list_select_related = ("micro_certification", "association")


@admin.register(RetentionClass)
class RetentionClassAdmin(admin.ModelAdmin[RetentionClass]):
    """How many days each kind of thing is kept; which kinds there are comes with the library."""

    list_display = ("holds", "since", "days", "words")
    fields = ("holds", "since", "days", "words")
    readonly_fields = ("holds", "since")

    has_add_permission = has_delete_permission = never
