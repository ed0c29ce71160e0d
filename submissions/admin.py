"""Back office: look, do not touch; moves belong to actions."""

from django.contrib import admin
from django.http import HttpRequest

from submissions.models import Attempt


@admin.register(Attempt)
class AttemptAdmin(admin.ModelAdmin[Attempt]):
    """Attempts, read-only."""

    list_display = ("public_id", "micro_certification", "association", "status", "due_on")
    list_filter = ("status", "association")
    search_fields = ("public_id", "educator__email")
    list_select_related = ("micro_certification", "association")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Attempt | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Attempt | None = None) -> bool:
        return False
