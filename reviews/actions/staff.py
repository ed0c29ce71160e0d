"""What staff can do about a round: give a seat to someone else, give the round back unscored.

And what they can't: see whose work it is and score it too.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.refusal import Refused
from reviews.actions.assignment import standing_in
from reviews.models import Conflict, Review, Reviewer
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


@transaction.atomic
def keep_apart(user: User, educator: User) -> None:
    """Whoever sees an original as staff will never score its owner; who has a seat may not see it.

    The reviewer's row is locked, as it is when seats are given.
    """
    rows = Reviewer.objects.select_for_update(of=("self",), no_key=True)
    reviewer = rows.filter(user=user).first()
    if reviewer is None:
        return
    if reviewer.reviews.filter(submission__attempt__educator=educator).exists():
        raise Refused(_("This file is not for you to see; please ask a colleague to look at it."))
    Conflict.objects.get_or_create(reviewer=reviewer, educator=educator)
