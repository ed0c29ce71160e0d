"""What reviews do when they hear of a round."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import User
from reviews import actions
from submissions.models import Evidence, Submission
from submissions.signals import original_opened, returned, submitted


@receiver(submitted)
def seat_reviewers(sender: Any, submission: Submission, **kwargs: Any) -> None:
    """A round was handed in: give its two seats."""
    actions.assign(submission)


@receiver(returned)
def end_seats(sender: Any, submission: Submission, **kwargs: Any) -> None:
    """A round went back unscored: nobody needs to score it any more."""
    actions.lapse_open(submission)


@receiver(original_opened)
def keep_apart(sender: Any, evidence: Evidence, by: User, **kwargs: Any) -> None:
    """Staff look at an original, which may name its author: they and the seats stay apart."""
    actions.keep_apart(by, evidence.attempt.educator)
