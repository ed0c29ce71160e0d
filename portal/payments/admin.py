"""Charges in the back office: to look at; staff settle them on their own pages."""

from django.contrib import admin

from portal.backoffice import LookOnly
from portal.payments.models import Charge


@admin.register(Charge)
class ChargeAdmin(LookOnly, admin.ModelAdmin[Charge]):
    """A charge is made and settled by actions only, and money is never forgotten."""

    list_display = ("description", "association", "amount_cents", "status", "created_at")
    list_filter = ("status", "purpose", "association")
    search_fields = ("payer__email", "reference")
    list_select_related = ("association",)
