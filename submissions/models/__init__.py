"""Attempts, what is written and handed in for them, and the rounds that reviewers see."""

from submissions.models.attempts import Attempt, AttemptQuerySet
from submissions.models.evidence import Evidence, EvidenceQuerySet
from submissions.models.rounds import Submission, SubmissionQuerySet, SubmittedPart
from submissions.models.work import Consent, Progress, Response

__all__ = [
    "Attempt",
    "AttemptQuerySet",
    "Consent",
    "Evidence",
    "EvidenceQuerySet",
    "Progress",
    "Response",
    "Submission",
    "SubmissionQuerySet",
    "SubmittedPart",
]
