"""Batches: asked for, downloaded, confirmed by the university (FACTS 4.122, 4.127, 4.131)."""

import json
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credits import roster
from credits.models import EnrollmentBatch, StateReport, Term, UnitApplication, UnitItem
from credits.requests import Confirmation
from credits.tasks import make_batch
from portal import journal, mail
from portal.accounts.models import User
from portal.celery import wake
from portal.refusal import Refused


@transaction.atomic
def request_batch(term: Term, by: User) -> EnrollmentBatch:
    """Ask for a batch of the term's paid applications: a row first, made by a task.

    A second click finds the one that is being made. Refuses where nobody waits.
    """
    term = Term.objects.select_for_update().get(pk=term.pk)
    under_way = term.batches.to_make().first()
    if under_way is not None:
        return under_way
    if not term.applications.paid().exists():
        raise Refused(_("No paid application of %(term)s waits for a batch.") % {"term": term.name})
    batch = EnrollmentBatch.objects.create(term=term, requested_by=by)
    journal.record("batch requested", of=batch, by=by)
    wake(make_batch, batch.pk)
    return batch


def content_of(kept: EnrollmentBatch | StateReport, by: User) -> roster.Table:
    """The frozen roster of a batch or report, handed to staff; each look is written down.

    Refuses while it is being made, and after its retention is over.
    """
    if not kept.roster:
        raise Refused(
            _("There is no roster here: it is being made, or its time to be kept is over.")
        )
    journal.record("roster downloaded", of=kept, by=by)
    table: roster.Table = json.loads(kept.roster)
    return table


@transaction.atomic
def confirm(batch: EnrollmentBatch, lines: Sequence[Confirmation], by: User) -> int:
    """Take in the university's answer: IDs enroll, grades grade; return how many lines told news.

    All or nothing: a line that fits no application of the batch, or a wrong ID, refuses the file
    and names its line. The same file twice changes nothing more.
    """
    batch = EnrollmentBatch.objects.select_for_update().get(pk=batch.pk)
    applications = {
        str(one.public_id): one for one in batch.applications.select_related("educator")
    }
    if words := list(misfits(batch, lines, set(applications))):
        raise Refused(" ".join([*words[:5], _("Nothing was changed.")]))
    news = sum(take_in(applications[line.reference], line, by) for line in lines)
    close_if_confirmed(batch, by)
    return news


def misfits(batch: EnrollmentBatch, lines: Sequence[Confirmation], known: set[str]) -> list[str]:
    """A sentence for each line that can't be taken; lines are counted as a spreadsheet does."""
    program = batch.term.program
    words = [] if lines else [_("The file has no lines.")]
    seen: set[str] = set()
    for number, line in enumerate(lines, start=2):
        at = {"number": number, "label": program.identifier_label}
        if line.reference not in known or line.reference in seen:
            words.append(
                _("Line %(number)d names no application of this batch, or one twice.") % at
            )
        if line.student_id and not program.takes(line.student_id):
            words.append(_("Line %(number)d: that is no %(label)s.") % at)
        seen.add(line.reference)
    return words


def take_in(application: UnitApplication, line: Confirmation, by: User) -> bool:
    """Enroll one student, or add the grade; return whether anything was new."""
    news = False
    if application.status == UnitApplication.Status.BATCHED:
        enroll(application, line.student_id, by)
        news = True
    if line.grade and application.status == UnitApplication.Status.ENROLLED:
        UnitApplication.lifecycle.move(application, UnitApplication.Status.GRADED, grade=line.grade)
        journal.record("application graded", of=application, by=by)
        news = True
    return news


def enroll(application: UnitApplication, student_id: str, by: User) -> None:
    """Note that the university enrolled a student; the hours are spent for good."""
    UnitApplication.lifecycle.move(
        application,
        UnitApplication.Status.ENROLLED,
        student_id=student_id or application.student_id,
        settled_at=timezone.now(),
    )
    application.items.update(state=UnitItem.State.SPENT)
    if student_id:
        User.objects.filter(pk=application.educator_id).update(university_id=student_id)
    journal.record("application enrolled", of=application, by=by)
    mail.post("units_enrolled", to=application.educator.email, application=application)


def close_if_confirmed(batch: EnrollmentBatch, by: User) -> None:
    """Confirm a batch once every application in it is enrolled."""
    waiting = batch.applications.filter(status=UnitApplication.Status.BATCHED)
    if batch.status == EnrollmentBatch.Status.EXPORTED and not waiting.exists():
        EnrollmentBatch.lifecycle.move(
            batch, EnrollmentBatch.Status.CONFIRMED, confirmed_at=timezone.now()
        )
        journal.record("batch confirmed", of=batch, by=by)
