"""People and associations in the back office; sensitive fields are left out on purpose."""

from django.contrib import admin
from django.http import HttpRequest

from portal.accounts.models import Association, Membership, User


@admin.register(Association)
class AssociationAdmin(admin.ModelAdmin[Association]):
    """An association: its texts come with the library, its staff are chosen here."""

    list_display = ("name", "full_name", "time_zone", "support_email")
    autocomplete_fields = ("staff",)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """A person, without date of birth, identifiers or password."""

    list_display = ("name", "email", "association", "is_active", "is_staff")
    list_filter = ("association", "is_active", "is_staff")
    list_select_related = ("association",)
    search_fields = ("name", "email")
    fields = ("name", "email", "association", "school", "district", "is_active", "is_staff")
    readonly_fields = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Work and badges point at people; an account is closed by ``is_active``."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Memberships to look at; staff settle them on their own pages."""

    list_display = ("user", "association", "number", "status", "claimed_at")
    list_filter = ("status", "association")
    search_fields = ("user__email", "number")
    list_select_related = ("user", "association")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People claim membership themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """A membership moves by its lifecycle only."""
        return False
