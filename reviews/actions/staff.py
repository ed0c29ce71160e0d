"""What staff can do about a round: give a seat to someone else, give the round back unscored."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.refusal import Refused
from reviews.actions.assignment import standing_in
from reviews.models import Review
from submissions import actions as rounds
from submissions.models import Submission


@transaction.atomic
def reassign(review: Review, reason: str, by: User) -> None:
    """Give a seat to someone else; who gets it is chosen as always, never by hand."""
    if not reason.strip():
        raise Refused(_("Please say why, for the record. Nothing was changed."))
    standing_in(review, reason.strip(), by=by)


def return_round(submission: Submission, reason: str, by: User) -> None:
    """Give a round back as incomplete; its open seats lapse when the round says so."""
    rounds.return_incomplete(submission, reason, by=by)
