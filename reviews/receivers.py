"""What reviews do when they hear of a round."""

from typing import Any

from django.dispatch import receiver

from reviews import actions
from submissions.models import Submission
from submissions.signals import returned, submitted


@receiver(submitted)
def seat_reviewers(sender: Any, submission: Submission, **kwargs: Any) -> None:
    """A round was handed in: give its two seats."""
    actions.assign(submission)


@receiver(returned)
def end_seats(sender: Any, submission: Submission, **kwargs: Any) -> None:
    """A round went back unscored: nobody needs to score it any more."""
    actions.lapse_open(submission)
