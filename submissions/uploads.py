"""What may be handed in, looked at by content (issue: cleaning engineer replaces this file)."""

from django.core.files.uploadedfile import UploadedFile

from catalog.models import ArtifactRequirement


def check_file(file: UploadedFile, requirement: ArtifactRequirement) -> None:
    """Refuse a file that can't be accepted."""


def check_link(url: str, requirement: ArtifactRequirement) -> None:
    """Refuse a link that can't be accepted."""
