"""The app and what it registers."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    """The credits app."""

    name = "credits"
