"""Work an action orders: gathering a term's paid applications into its batch."""

import json

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from credits import roster, rows
from credits.models import EnrollmentBatch, Term, UnitApplication
from portal import journal


@shared_task
@transaction.atomic
def make_batch(batch_id: int) -> bool:
    """Gather every paid application of the term and freeze the roster; a second run does nothing.

    All of it happens or none: killed in the middle, the batch is open still and the sweep makes
    it. An application leaves "paid" by compare-and-swap, so it is in exactly one batch.
    """
    batch = EnrollmentBatch.objects.select_for_update().to_make().filter(pk=batch_id).first()
    if batch is None:
        return False
    term = Term.objects.select_for_update().get(pk=batch.term_id)
    for application in term.applications.paid().select_for_update():
        UnitApplication.lifecycle.move(application, UnitApplication.Status.BATCHED, batch=batch)
        journal.record("application batched", of=application, batch=str(batch.public_id))
    EnrollmentBatch.lifecycle.move(
        batch,
        EnrollmentBatch.Status.EXPORTED,
        made_at=timezone.now(),
        roster=json.dumps(students(batch)),
    )
    journal.record("batch made", of=batch)
    return True


def students(batch: EnrollmentBatch) -> roster.Table:
    """The roster of a batch, in the columns its program asks for."""
    applications = batch.applications.select_related(
        "educator", "verified_by", "term__program__association"
    ).prefetch_related("items__entry__micro_certification")
    lines = [rows.of_application(one) for one in applications.order_by("student_name", "pk")]
    return roster.table(batch.term.program.columns, lines)


def make_waiting() -> int:
    """Make every batch whose task was lost; return how many."""
    waiting = EnrollmentBatch.objects.to_make().order_by("requested_at")
    return sum(make_batch(pk) for pk in list(waiting.values_list("pk", flat=True)))
