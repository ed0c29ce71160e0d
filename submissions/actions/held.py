"""What staff can do about a file that was held: look at it, try again, refuse it."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from portal import journal
from portal.accounts.models import User
from portal.celery import wake
from portal.refusal import Refused
from submissions import signals
from submissions.models import Evidence
from submissions.tasks import clean_evidence, tell

LONGEST_REASON = 300


@transaction.atomic
def open_original(evidence: Evidence, by: User) -> None:
    """Write down that someone looks at an original, unless they must stay blind to it."""
    signals.original_opened.send(Evidence, evidence=evidence, by=by)
    journal.record("original opened", of=evidence, by=by)


@transaction.atomic
def try_again(evidence: Evidence, by: User) -> None:
    """Give a held file back to the cleaner, with all its tries."""
    Evidence.lifecycle.move(
        evidence, Evidence.Status.CLEANING, taken_at=None, tries=0, reason="", cleaned_at=None
    )
    journal.record("evidence tried again", of=evidence, by=by)
    wake(clean_evidence, evidence.pk)


@transaction.atomic
def refuse_held(evidence: Evidence, reason: str, by: User) -> None:
    """Refuse a held file with a sentence that its owner is mailed; its original is deleted."""
    sentence = " ".join(reason.split())[:LONGEST_REASON]
    if not sentence:
        raise Refused(_("Please write what is the matter and what to hand in instead."))
    original = evidence.vault_key
    Evidence.lifecycle.move(evidence, Evidence.Status.REFUSED, reason=sentence, vault_key="")
    transaction.on_commit(lambda: default_storage.delete(original))
    journal.record("evidence refused", of=evidence, by=by)
    tell("evidence_refused", evidence)
