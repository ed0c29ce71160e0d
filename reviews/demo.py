"""Demo: four reviewers, a queue with work in it, a round that passed and one that did not yet."""

from django.utils import timezone

from portal.demo import Demo
from reviews import actions, sheets
from reviews.models import Review, Reviewer

PRAISE = "You name what you did, why you did it, and what your students did with it."
NEXT_STEP = (
    "The plan is clear. What is missing is what changed because of it: add one piece of student "
    "work from after the lesson, and say in two sentences what it shows."
)
OVERALL = "A careful piece of work that other teachers could use on Monday."


def make_reviewers(demo: Demo) -> None:
    """Make the demo's reviewers reviewers."""
    for role, user in demo.people.items():
        if role.startswith("reviewer"):
            Reviewer.objects.get_or_create(
                user=user, defaults={"trained_on": timezone.now().date()}
            )


def score_rounds(demo: Demo) -> None:
    """Hand in both sheets of two rounds, and leave a draft in a third."""
    for review in open_seats(demo, "attempt: earned"):
        hand_in(review, best=True)
    for review in open_seats(demo, "attempt: not yet"):
        hand_in(review, best=False)
    for review in open_seats(demo, "attempt: in review"):
        demo.add_url("review", review.get_absolute_url())
        actions.save_scores(review, answers_for(review, best=True), OVERALL)
        break


def open_seats(demo: Demo, row: str) -> list[Review]:
    """The seats of a demo attempt that are still to be scored; none once it was loaded before."""
    seats = Review.objects.open().filter(submission__attempt=demo.rows.get(row))
    return list(seats.select_related("submission", "reviewer__user").order_by("seat"))


def answers_for(review: Review, *, best: bool) -> dict[str, sheets.Answer]:
    """A whole sheet at the bar, or with the last criterion of Part 2 under it."""
    criteria = sheets.asked(sheets.parts_of(review.submission))
    last = [key for key, one in criteria.items() if one.requirement_id is not None][-1]
    return {
        key: sheets.Answer("1", NEXT_STEP)
        if key == last and not best
        else sheets.Answer("0", PRAISE)
        for key in criteria
    }


def hand_in(review: Review, *, best: bool) -> None:
    """Score one seat of the demo."""
    actions.save_scores(review, answers_for(review, best=best), OVERALL)
    actions.score(review, by=review.reviewer.user)
