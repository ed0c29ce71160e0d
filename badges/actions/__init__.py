"""What people and the clock can make happen to badges."""

from badges.actions.issuing import issue, issue_stack, revoke, revoke_denied
from badges.actions.library import load_library
from badges.actions.showcase import hide, move, show

__all__ = [
    "hide",
    "issue",
    "issue_stack",
    "load_library",
    "move",
    "revoke",
    "revoke_denied",
    "show",
]
