"""The app and what it registers."""

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """The badges app."""

    name = "badges"
