"""Rules about attempts, rounds and files that are always true (SAFETY section 3)."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import Count, F, Q

from catalog.models import Part
from submissions.models import Attempt, Evidence, Submission


def half_submissions() -> Iterator[str]:
    """I1, I2: a round has its three scored parts and its evidence, or it does not exist."""
    scored = Count("parts", distinct=True)
    rounds = Submission.objects.annotate(scored=scored).exclude(scored=3)
    for public_id, count in rounds.values_list("public_id", "scored"):
        yield f"Round {public_id} has {count} parts instead of 3."


def lost_evidence() -> Iterator[str]:
    """I1, I12: every file of a round, and every file that is kept, lies in the store."""
    for keys in (Evidence.objects.vault_keys(), Evidence.objects.clean_keys()):
        yield from (f"The store has lost {key}." for key in keys if not default_storage.exists(key))


def unhashed_files() -> Iterator[str]:
    """A file that counts has its hash: by it a part that passed is known again."""
    counting = Evidence.objects.counting().filter(kind=Evidence.Kind.FILE, sha256="")
    for public_id in counting.values_list("public_id", flat=True):
        yield f"Evidence {public_id} counts without its hash."


def doubled_attempts() -> Iterator[str]:
    """I3: at most one live attempt for each educator and micro-certification."""
    pairs = Attempt.objects.live().values("educator", "micro_certification")
    for pair in pairs.annotate(count=Count("pk")).filter(count__gt=1):
        yield f"{pair['count']} live attempts at {pair['micro_certification']} by one educator."


def unpaid_starts() -> Iterator[str]:
    """I8: a non-member's clock runs only once the fee is settled."""
    running = Attempt.objects.filter(was_member=False).exclude(started_at=None)
    for attempt in running.filter(Q(charge=None) | Q(charge__status="due")):
        yield f"Attempt {attempt.public_id} runs without a settled fee."


def endless_waits() -> Iterator[str]:
    """What waits to begin owes a fee, or staff still have to confirm its owner's membership."""
    waiting = Attempt.objects.filter(status=Attempt.Status.FEE_DUE, charge=None)
    for attempt in waiting.with_claim():
        if not attempt.is_claimed:
            yield f"Attempt {attempt.public_id} waits for nothing."


def reset_in_review() -> Iterator[str]:
    """I14: what is out for review is never reset; each attempt in review has one open round."""
    open_round = Q(submissions__status__in=["waiting", "scoring", "adjudication"])
    rounds = Count("submissions", filter=open_round)
    attempts = Attempt.objects.annotate(open_rounds=rounds)
    in_review = Q(status=Attempt.Status.IN_REVIEW)
    odd = in_review & ~Q(open_rounds=1) | ~in_review & Q(open_rounds__gt=0)
    for public_id, status, count in attempts.filter(odd).values_list(
        "public_id", "status", "open_rounds"
    ):
        yield f"Attempt {public_id}: {status}, {count} open rounds."


def unagreed_rounds() -> Iterator[str]:
    """A round exists only after its agreement was accepted."""
    for round_ in Submission.objects.filter(attempt__consents=None):
        yield f"Round {round_.public_id} was handed in without the agreement."


def decisions_without_effect() -> Iterator[str]:
    """The last decided round and its attempt say the same."""
    passed = Submission.objects.filter(outcome=Submission.Outcome.PASS)
    fine = [Attempt.Status.PASSED, Attempt.Status.DENIED]
    for round_ in passed.exclude(attempt__status__in=fine).select_related("attempt"):
        yield f"Attempt {round_.attempt.public_id} has passed but is {round_.attempt.status}."
    for attempt in Attempt.objects.filter(status=Attempt.Status.PASSED).exclude(
        submissions__outcome=Submission.Outcome.PASS
    ):
        yield f"Attempt {attempt.public_id} is earned without a passed round."


def short_clocks() -> Iterator[str]:
    """I13: a due date is never before six months after the start."""
    early = Attempt.objects.exclude(started_at=None).filter(due_at__lt=F("started_at"))
    for attempt in early:
        yield f"Attempt {attempt.public_id} is due before it started."


def missing_rows() -> Iterator[str]:
    """A started attempt has one progress row for each of its five parts."""
    rows = Count("progress")
    started = Attempt.objects.exclude(started_at=None).annotate(rows=rows)
    odd = started.exclude(rows=len(Part.Kind.values))
    for public_id, count in odd.values_list("public_id", "rows"):
        yield f"Attempt {public_id} has {count} progress rows."


def held_in_rounds() -> Iterator[str]:
    """No file that staff have to look at is part of a round: only clean work is handed in."""
    for public_id in (
        Evidence.objects.held().exclude(submissions=None).values_list("public_id", flat=True)
    ):
        yield f"Evidence {public_id} is held and part of a round."
