"""Back office: look, do not touch; moves belong to actions."""

from typing import Any

from django.contrib import admin
from django.db import models

from badges.models import Assertion, BadgeClass, Issuer


def never(*args: Any, **kwargs: Any) -> bool:
    """Nobody adds, changes or deletes a row here."""
    return False


class ReadOnly(admin.ModelAdmin[Any]):
    """Rows to look at."""

    has_add_permission = has_change_permission = has_delete_permission = never


@admin.register(Issuer)
class IssuerAdmin(ReadOnly):
    """Issuers; they are changed in ``badges/library.yaml``."""

    list_display = ("name", "slug", "email")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(BadgeClass)
class BadgeClassAdmin(ReadOnly):
    """What badges stand for."""

    list_display = ("name", "issuer", "version")
    list_filter = ("issuer",)
    list_select_related = ("issuer",)
    search_fields = ("name",)


@admin.register(Assertion)
class AssertionAdmin(ReadOnly):
    """Badges of people."""

    list_display = ("public_id", "badge_class", "status", "issued_on")
    list_filter = ("status",)
    list_select_related = ("badge_class",)
    search_fields = ("public_id", "recipient__email")
