"""What an educator, staff or the clock can make happen to an attempt."""

from submissions.actions.evidence import add_file, add_link, remove
from submissions.actions.rounds import decide, deny, return_incomplete, submit
from submissions.actions.start import open_for_member, open_paid, start, withdraw
from submissions.actions.time import remind, reset_overdue
from submissions.actions.work import (
    accept_agreement,
    bring_back_draft,
    choose_option,
    complete,
    save_answers,
)

__all__ = [
    "accept_agreement",
    "add_file",
    "add_link",
    "bring_back_draft",
    "choose_option",
    "complete",
    "decide",
    "deny",
    "open_for_member",
    "open_paid",
    "remind",
    "remove",
    "reset_overdue",
    "return_incomplete",
    "save_answers",
    "start",
    "submit",
    "withdraw",
]
