"""What reviewers, staff or the clock can make happen to a review."""

from reviews.actions.assignment import accept, assign, decline, lapse_open, recuse, standing_in
from reviews.actions.profile import change_profile
from reviews.actions.scoring import missing_from, save_scores, score
from reviews.actions.staff import keep_apart, reassign, return_round
from reviews.actions.time import fill_seats, free_stranded, remind_due, replace_overdue

__all__ = [
    "accept",
    "assign",
    "change_profile",
    "decline",
    "fill_seats",
    "free_stranded",
    "keep_apart",
    "lapse_open",
    "missing_from",
    "reassign",
    "recuse",
    "remind_due",
    "replace_overdue",
    "return_round",
    "save_scores",
    "score",
    "standing_in",
]
