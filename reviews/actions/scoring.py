"""Scoring: keep a draft, hand in a sheet, decide the round when its sheets are in."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal
from portal.accounts.models import User
from portal.refusal import Refused
from reviews import agreement, sheets
from reviews.actions.assignment import assign, locked
from reviews.models import THIRD_SEAT, Review, Score
from reviews.signatures import signed
from submissions import actions as rounds
from submissions.models import Submission


def held(review: Review) -> Review:
    """The seat under a row lock, or a refusal when its sheet can't be changed any more."""
    seats = Review.objects.select_for_update(of=("self",))
    review = seats.select_related("submission", "reviewer__user").get(pk=review.pk)
    if review.status == Review.Status.SUBMITTED:
        raise Refused(_("You have handed in these scores, so they can’t be changed any more."))
    if review.status not in Review.OPEN:
        raise Refused(
            _(
                "This review has gone to someone else in the meantime. Your draft is kept, and "
                "there is nothing more to do. Thank you for the time you gave it."
            )
        )
    return review


@transaction.atomic
def save_scores(
    review: Review, answers: Mapping[str, sheets.Answer], comment: str = "", *, seen: str = ""
) -> Review:
    """Keep a draft: ``answers`` by key of the rubric's row; whatever is not asked is ignored.

    ``seen`` is the stamp of the sheet that the writer's window knew; when another window has
    saved other words since, nothing is overwritten and the save is refused.
    """
    review = held(review)
    if sheets.would_overwrite(review, answers, comment, seen):
        raise Refused(
            _(
                "Not saved: this sheet was saved in another window. Press “Save draft” here to "
                "choose which one stays."
            )
        )
    criteria = sheets.asked(sheets.parts_of(review.submission))
    Score.objects.bulk_create(
        [
            Score(
                review=review,
                criterion=criterion,
                level=sheets.level_at(criterion, answers[key].level),
                comment=answers[key].comment.strip(),
            )
            for key, criterion in criteria.items()
            if key in answers
        ],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["level", "comment"],
    )
    if review.status != Review.Status.SCORING:
        Review.lifecycle.move(review, Review.Status.SCORING)
    Review.objects.filter(pk=review.pk).update(comment=comment.strip())
    return review


@transaction.atomic
def score(review: Review, by: User) -> None:
    """Hand in a sheet; when the sheets agree, the round is decided in the same transaction.

    The verdict is derived. Refuses with what is missing; a second click changes nothing.
    """
    submission = locked(review.submission_id)
    if Review.objects.filter(pk=review.pk, status=Review.Status.SUBMITTED).exists():
        return
    review = held(review)
    if lacking := missing_from(review):
        raise Refused(_("Not handed in yet; your draft is saved. ") + " ".join(lacking))
    Review.lifecycle.move(
        review,
        Review.Status.SUBMITTED,
        verdict=agreement.verdict(sheets.marks_of(review)),
        submitted_at=timezone.now(),
    )
    journal.record("sheet handed in", of=review, by=by)
    settle(submission)


def missing_from(review: Review) -> list[str]:
    """What stands between a draft and handing it in, in sentences."""
    return [*sheets.unfinished(review), *signed(review)]


def settle(submission: Submission) -> None:
    """Decide a round whose sheets say the same; ask a third reviewer where two differ (DESIGN 8.2).

    The caller holds the lock on the round, so that two who finish together are seen one by one.
    """
    handed_in = list(submission.reviews.filter(status=Review.Status.SUBMITTED))
    parts = sheets.scored_parts(submission)
    ruling = agreement.rule([sheets.marks_of(review) for review in handed_in], parts)
    if ruling:
        passed = ruling.passed | sheets.carried_parts(submission)
        rounds.decide(submission, ruling.outcome, passed)
    elif len(handed_in) == THIRD_SEAT - 1:
        Submission.lifecycle.move(submission, Submission.Status.ADJUDICATION)
        journal.record("third reviewer needed", of=submission)
        assign(submission)
