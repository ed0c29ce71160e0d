"""Real deletion: the file, its copy, its text; what is left tells that it was, not what it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal
from portal.refusal import Refused
from submissions import retention
from submissions.actions.work import locked
from submissions.models import (
    Evidence,
    EvidenceText,
    IdentityFinding,
    Progress,
    RetentionClass,
    Submission,
)

BATCH = 500
Holds, Status = RetentionClass.Holds, Evidence.Status
BLANK = {
    "vault_key": "",
    "clean_key": "",
    "url": "",
    "given_name": "",
    "activity_description": "",
    "report": {},
}


def delete_due() -> int:
    """Delete whatever has been kept for its time; return how many things went."""
    now = timezone.now()
    return sum(DELETERS[rule.holds](rule, now) for rule in RetentionClass.objects.all())


def one_by_one(
    due: Callable[[RetentionClass, datetime], models.QuerySet[Evidence]],
    delete: Callable[[Evidence, Any], None],
) -> Callable[[RetentionClass, datetime], int]:
    """Deletes files in transactions of their own, so that none holds up another."""

    def run(rule: RetentionClass, now: datetime) -> int:
        rows = list(due(rule, now).order_by("pk")[:BATCH])
        for evidence in rows:
            delete(evidence, rule)
        return len(rows)

    return run


@transaction.atomic
def delete_original(evidence: Evidence, rule: RetentionClass | None = None) -> None:
    """Delete the file as it was given; a clean copy stays where there is one."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if not evidence.clean_key:
        delete_whole(evidence, rule)
        return
    drop(evidence.vault_key)
    Evidence.objects.filter(pk=evidence.pk).update(vault_key="")
    tombstone("original deleted", evidence, rule)


@transaction.atomic
def delete_whole(evidence: Evidence, rule: RetentionClass | None = None) -> None:
    """Delete original, copy, text and whatever was said of it."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.status == Status.DELETED:
        return
    drop(evidence.vault_key)
    drop(evidence.clean_key)
    EvidenceText.objects.filter(evidence=evidence).delete()
    IdentityFinding.objects.filter(source=f"evidence:{evidence.public_id}").delete()
    Evidence.objects.filter(pk=evidence.pk).update(status=Status.DELETED, **BLANK)
    tombstone("evidence deleted", evidence, rule)


def drop(key: str) -> None:
    """Delete a stored file once this transaction has committed."""
    if key:
        transaction.on_commit(lambda: default_storage.delete(key))


def tombstone(event: str, evidence: Evidence, rule: RetentionClass | None) -> None:
    """Write down that it went: its hash and the rule, nothing of what it was (SAFETY 7.3)."""
    kept = f"{rule.holds} since {rule.since}: {rule.days} days" if rule else "asked for"
    journal.record(event, of=evidence, sha256=evidence.sha256, kept=kept)


@transaction.atomic
def delete_answers(rule: RetentionClass, now: datetime) -> int:
    """Delete answers with their drafts, and what their author decided about names in them."""
    due = retention.due_answers(rule, now)
    attempts = set(due.values_list("progress__attempt", flat=True))
    IdentityFinding.objects.filter(attempt__in=attempts).delete()
    Progress.objects.filter(attempt__in=attempts).update(activity_description="")
    count = due.count()
    due.delete()
    return count


@transaction.atomic
def delete_rounds(rule: RetentionClass, now: datetime) -> int:
    """Empty the texts of rounds; what they were scored stays."""
    due = retention.due_rounds(rule, now)
    rounds = set(due.values_list("submission", flat=True))
    Submission.objects.filter(pk__in=rounds).update(note="")
    return due.model._base_manager.filter(submission__in=rounds).update(answers=[])


@transaction.atomic
def delete_revisions(rule: RetentionClass, now: datetime) -> int:
    """Delete earlier drafts."""
    due = retention.due_revisions(rule, now)
    count = due.count()
    due.delete()
    return count


DELETERS: dict[str, Callable[[RetentionClass, datetime], int]] = {
    Holds.ORIGINAL: one_by_one(retention.due_originals, delete_original),
    Holds.COPY: one_by_one(retention.due_copies, delete_whole),
    Holds.REMOVED: one_by_one(retention.due_removed, delete_whole),
    Holds.WRITING: delete_answers,
    Holds.ROUND: delete_rounds,
    Holds.REVISION: delete_revisions,
}


@transaction.atomic
def delete_for_good(progress: Progress, evidence: Evidence) -> None:
    """Delete at once what its owner took out before; a round that shows it keeps it."""
    locked(progress)
    if evidence.status != Status.REMOVED:
        raise Refused(_("Take the file out first. Nothing was deleted."))
    if evidence.submissions.exists():
        raise Refused(
            _(
                "A round you handed in shows this file, so it is kept with that round. If someone "
                "must not be seen in it, ask us on this page and we take care of it."
            )
        )
    delete_whole(evidence)
