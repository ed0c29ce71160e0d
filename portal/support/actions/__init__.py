"""What people, staff or the clock can make happen to questions and sessions."""

from portal.support.actions.questions import answer, ask, close, remind_staff
from portal.support.actions.sessions import change, plan, register, unregister
from portal.support.asker import Asker

__all__ = [
    "Asker",
    "answer",
    "ask",
    "change",
    "close",
    "plan",
    "register",
    "remind_staff",
    "unregister",
]
