"""Back office: programs and terms may be changed; the ledger and applications only looked at.

What identifies a person is left out: staff see it on their own pages, where each look is
written down.
"""

from django.contrib import admin

from credits.models import CreditProgram, HoursEntry, Letter, Term, UnitApplication
from portal.backoffice import LookOnly


@admin.register(CreditProgram)
class CreditProgramAdmin(admin.ModelAdmin[CreditProgram]):
    """Programs and their rules."""

    list_display = ("code", "name", "association", "kind")
    filter_horizontal = ("excludes",)


@admin.register(Term)
class TermAdmin(admin.ModelAdmin[Term]):
    """Terms, old and new."""

    list_display = ("name", "program", "opens_on", "application_deadline", "fee_per_unit_cents")
    list_filter = ("program", "academic_year")
    exclude = ("reminded_on",)


@admin.register(HoursEntry)
class HoursEntryAdmin(LookOnly, admin.ModelAdmin[HoursEntry]):
    """The ledger."""

    list_display = ("public_id", "program", "micro_certification", "kind", "hours", "status")
    list_filter = ("program", "status", "kind")
    list_select_related = ("program", "micro_certification")
    search_fields = ("public_id", "educator__email")


@admin.register(UnitApplication)
class UnitApplicationAdmin(LookOnly, admin.ModelAdmin[UnitApplication]):
    """Applications for units."""

    list_display = ("public_id", "term", "units", "status", "submitted_at")
    list_filter = ("status", "term")
    list_select_related = ("term",)
    search_fields = ("public_id", "educator__email")
    exclude = ("date_of_birth", "student_id")


@admin.register(Letter)
class LetterAdmin(LookOnly, admin.ModelAdmin[Letter]):
    """Letters."""

    list_display = ("public_id", "program", "number", "hours", "issued_on", "ended_on")
    list_select_related = ("program",)
