"""What an educator, staff or the clock can make happen to hours and units."""

from credits.actions.batches import confirm, content_of, request_batch
from credits.actions.hours import book_attainment, book_completion, hold_denied, hold_returned
from credits.actions.library import load_library
from credits.actions.release import correct, hold, issue, release, resume, void
from credits.actions.reports import (
    accept,
    give_identifier,
    report,
    reportable,
    send_back,
    waiting_for_report,
    withdraw_consent,
)
from credits.actions.terms import change_term
from credits.actions.time import forget, remind_closing, remind_staff
from credits.actions.units import apply, draft, submit, withdraw
from credits.actions.verification import mark_paid, reject, reveal, verify

__all__ = [
    "accept",
    "apply",
    "book_attainment",
    "book_completion",
    "change_term",
    "confirm",
    "content_of",
    "correct",
    "draft",
    "forget",
    "give_identifier",
    "hold",
    "hold_denied",
    "hold_returned",
    "issue",
    "load_library",
    "mark_paid",
    "reject",
    "release",
    "remind_closing",
    "remind_staff",
    "report",
    "reportable",
    "request_batch",
    "resume",
    "reveal",
    "send_back",
    "submit",
    "verify",
    "void",
    "waiting_for_report",
    "withdraw",
    "withdraw_consent",
]
