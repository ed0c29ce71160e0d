"""The app and what it registers."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """The submissions app."""

    name = "submissions"
