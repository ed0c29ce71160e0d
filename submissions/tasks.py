"""Work an action orders: cleaning one file."""

from celery import shared_task


@shared_task
def clean_evidence(evidence_id: int) -> None:
    """Clean one received file."""
    raise NotImplementedError(evidence_id)


def clean_waiting() -> int:
    """Clean what a lost task left behind."""
    return 0


def oldest_waiting() -> None:
    """When the oldest waiting file came in."""
