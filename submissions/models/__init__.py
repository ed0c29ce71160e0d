"""Attempts, what is written and handed in for them, and the rounds that reviewers see."""

from submissions.models.attempts import Attempt, AttemptQuerySet
from submissions.models.evidence import Evidence, EvidenceQuerySet, EvidenceText
from submissions.models.privacy import IdentityFinding, RetentionClass
from submissions.models.rounds import Submission, SubmissionQuerySet, SubmittedPart
from submissions.models.uploads import Upload, UploadQuerySet
from submissions.models.work import Consent, Progress, Response, Revision

__all__ = [
    "Attempt",
    "AttemptQuerySet",
    "Consent",
    "Evidence",
    "EvidenceQuerySet",
    "EvidenceText",
    "IdentityFinding",
    "Progress",
    "Response",
    "RetentionClass",
    "Revision",
    "Submission",
    "SubmissionQuerySet",
    "SubmittedPart",
    "Upload",
    "UploadQuerySet",
]
