"""Names the back office's site; loaded with the settings, so it imports nothing heavy."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Puts the portal's back office in the place of Django's admin site."""

    default_site = "portal.accounts.site.BackOffice"
