"""Charges in the back office: to look at; staff settle them on their own pages."""

from django.contrib import admin
from django.http import HttpRequest

from portal.payments.models import Charge


@admin.register(Charge)
class ChargeAdmin(admin.ModelAdmin[Charge]):
    """A charge is made and settled by actions only, so nothing can be changed here."""

    list_display = ("description", "association", "amount_cents", "status", "created_at")
    list_filter = ("status", "purpose", "association")
    search_fields = ("payer__email", "reference")
    list_select_related = ("association",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Charges come from what they are for."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Charge | None = None) -> bool:
        """Only to look at."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Charge | None = None) -> bool:
        """Money is never forgotten."""
        return False
