"""The app and what it registers."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Help for educators."""

    name = "portal.support"
