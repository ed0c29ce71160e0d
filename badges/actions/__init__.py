"""What people and the clock can make happen to badges."""

from badges.actions.issuing import issue, issue_stack, revoke, revoke_denied
from badges.actions.library import load_library
from badges.actions.names import correct_name
from badges.actions.showcase import hide, move, show

__all__ = [
    "correct_name",
    "hide",
    "issue",
    "issue_stack",
    "load_library",
    "move",
    "revoke",
    "revoke_denied",
    "show",
]
