"""People and associations in the back office; sensitive fields are left out on purpose."""

from django.contrib import admin

from portal.accounts.models import Association, Membership, User
from portal.backoffice import LookOnly, never


@admin.register(Association)
class AssociationAdmin(admin.ModelAdmin[Association]):
    """An association: its texts come with the library, its staff are chosen here."""

    list_display = ("name", "full_name", "time_zone", "support_email")
    autocomplete_fields = ("staff",)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """A person, without date of birth, identifiers or password.

    People sign up themselves; work and badges point at them, so an account is closed by
    ``is_active`` and never deleted.
    """

    list_display = ("name", "email", "association", "is_active", "is_staff")
    list_filter = ("association", "is_active", "is_staff")
    list_select_related = ("association",)
    search_fields = ("name", "email")
    fields = ("name", "email", "association", "school", "district", "is_active", "is_staff")
    readonly_fields = ("email",)

    has_add_permission = has_delete_permission = never


@admin.register(Membership)
class MembershipAdmin(LookOnly, admin.ModelAdmin[Membership]):
    """Memberships to look at; they move by their lifecycle only, on the staff's pages."""

    list_display = ("user", "association", "number", "status", "claimed_at")
    list_filter = ("status", "association")
    search_fields = ("user__email", "number")
    list_select_related = ("user", "association")
