"""How long the queues of questions are, for the staff's day and for the probes."""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from portal.accounts.models import User
from portal.support.models import InformationSession, Question
from portal.support.models.questions import REMIND_BEFORE


def open_for(staff: User) -> int:
    """How many questions wait for an answer of this person."""
    return Question.objects.in_care_of(staff).open().count()


def sessions_of(staff: User) -> int:
    """How many sessions of this person's associations are to come."""
    return InformationSession.objects.in_care_of(staff).upcoming().count()


def oldest_reminder() -> datetime | None:
    """Since when the oldest reminder of the staff has been due without being written."""
    due = Question.objects.to_remind(timezone.now()).aggregate(first=Min("due_at"))["first"]
    return due - REMIND_BEFORE if due else None
