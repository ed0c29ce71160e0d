"""What an educator, staff or the clock can make happen to an attempt."""

from submissions.actions.bringing import bring_back, to_bring_back
from submissions.actions.evidence import add_file, add_link, put_back, remove
from submissions.actions.held import open_original, refuse_held, try_again
from submissions.actions.identity import (
    declare_intended,
    replace_in_answer,
    take_back_intended,
    what_stops,
)
from submissions.actions.retention import delete_due, delete_for_good
from submissions.actions.rounds import decide, deny, return_incomplete, submit
from submissions.actions.start import (
    charge_refused,
    open_for_member,
    open_paid,
    start,
    withdraw,
)
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
    "bring_back",
    "bring_back_draft",
    "charge_refused",
    "choose_option",
    "complete",
    "decide",
    "declare_intended",
    "delete_due",
    "delete_for_good",
    "deny",
    "open_for_member",
    "open_original",
    "open_paid",
    "put_back",
    "refuse_held",
    "remind",
    "remove",
    "replace_in_answer",
    "reset_overdue",
    "return_incomplete",
    "save_answers",
    "start",
    "submit",
    "take_back_intended",
    "to_bring_back",
    "try_again",
    "what_stops",
    "withdraw",
]
