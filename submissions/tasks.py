"""Work an action orders: cleaning one file."""

from celery import shared_task


@shared_task
def clean_evidence(evidence_id: int) -> None:
    """Clean one received file."""
    raise NotImplementedError(evidence_id)
