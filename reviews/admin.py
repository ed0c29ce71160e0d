"""The back office knows reviewers only: no seat, no round, no educator (SAFETY T17)."""

from django.contrib import admin

from reviews.models import Reviewer


@admin.register(Reviewer)
class ReviewerAdmin(admin.ModelAdmin[Reviewer]):
    """Make someone a reviewer, give them subjects, end it again."""

    list_display = ("user", "is_active", "capacity", "away_until", "trained_on")
    list_filter = ("is_active",)
    search_fields = ("user__name", "user__email")
    autocomplete_fields = ("user",)
    filter_horizontal = ("stacks",)
    list_select_related = ("user",)
