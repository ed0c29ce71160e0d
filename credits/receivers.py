"""What credit does when work is handed in, decided, returned or denied, and when money arrives."""

from typing import Any

from django.dispatch import receiver

from credits import actions
from portal.payments.models import Charge
from portal.payments.signals import settled
from submissions.models import Attempt, Submission
from submissions.signals import decided, denied, returned, submitted


@receiver(submitted)
def book_completion(sender: Any, submission: Submission, **kwargs: Any) -> None:
    """A complete submission earns its hours."""
    actions.book_completion(submission)


@receiver(decided)
def book_attainment(sender: Any, submission: Submission, passed: bool, **kwargs: Any) -> None:
    """A pass earns the additional hours."""
    if passed:
        actions.book_attainment(submission)


@receiver(returned)
def hold_returned(sender: Any, submission: Submission, **kwargs: Any) -> None:
    """A round that was not complete after all has its hours wait."""
    actions.hold_returned(submission)


@receiver(denied)
def hold_denied(sender: Any, attempt: Attempt, **kwargs: Any) -> None:
    """A denied attempt has its hours wait for staff."""
    actions.hold_denied(attempt)


@receiver(settled)
def mark_paid(sender: Any, charge: Charge, **kwargs: Any) -> None:
    """A settled fee lets its application go on."""
    actions.mark_paid(charge)
