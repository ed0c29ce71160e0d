"""Whose work is it? Finds in a text what may tell reviewers who its author or a student is.

Pure: knows neither Django nor the database, gives the same findings for the same text, and takes
time in proportion to its length.
"""

from submissions.identity.check import Checker, check, sentence_at
from submissions.identity.finding import CERTAIN, DOUBTFUL, Finding
from submissions.identity.profile import Profile, profile_from

__all__ = [
    "CERTAIN",
    "DOUBTFUL",
    "Checker",
    "Finding",
    "Profile",
    "check",
    "profile_from",
    "sentence_at",
]
