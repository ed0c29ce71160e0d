"""What badges do when they hear of a decision."""

from typing import Any

from django.dispatch import receiver

from badges import actions
from portal.accounts.models import User
from submissions.models import Attempt, Submission
from submissions.signals import decided, denied


@receiver(decided)
def issue_badge(sender: Any, submission: Submission, passed: bool, **kwargs: Any) -> None:
    """A round was decided: a pass earns the badge."""
    if passed:
        actions.issue(submission)


@receiver(denied)
def revoke_badge(sender: Any, attempt: Attempt, by: User, **kwargs: Any) -> None:
    """An attempt was denied: what it had earned is revoked."""
    actions.revoke_denied(attempt, by)
