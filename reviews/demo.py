"""Demo: four reviewers, a queue with work in it, a round that passed and one that did not yet."""

from collections.abc import Sequence

from django.utils import timezone

from portal.demo import Demo
from reviews import actions, sheets
from reviews.models import Review, Reviewer

PRAISES = (
    "You name what you did, why you did it, and what your students did with it.",
    "The situation is easy to picture, and the needs of the group are told without naming anyone.",
    "Every step is there, in an order that another teacher could follow.",
    "The example from the second week makes the point better than a table would have.",
    "Student work stands beside your comments, so the change can be seen and not only claimed.",
    "You say what did not work and what you changed because of it.",
    "The evidence fits the target closely; nothing here is only decoration.",
    "Clear, short and honest: I could see the lesson.",
    "The choice is justified with what you knew of your students at that point.",
)
NEXT_STEPS = (
    (
        "The plan is clear. What is missing is what changed because of it: add one piece of "
        "student work from after the lesson, and say in two sentences what it shows."
    ),
    (
        "I can see what students were told, but not yet what they made of it. Two short samples "
        "from different students, each with one sentence of yours, would show it."
    ),
)
OVERALLS = (
    "A careful piece of work that other teachers could use on Monday.",
    (
        "Your students are in every part of this. The strongest pages are those in which you let "
        "the work speak first and comment afterwards."
    ),
)


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
        actions.save_scores(review, answers_for(review, best=True), of_seat(review, OVERALLS))
        break


def open_seats(demo: Demo, row: str) -> list[Review]:
    """The seats of a demo attempt that are still to be scored; none once it was loaded before."""
    seats = Review.objects.open().filter(submission__attempt=demo.rows.get(row))
    return list(seats.select_related("submission", "reviewer__user").order_by("seat"))


def answers_for(review: Review, *, best: bool) -> dict[str, sheets.Answer]:
    """A whole sheet at the bar, or with the last criterion of Part 2 under it."""
    criteria = sheets.asked(sheets.parts_of(review.submission))
    last = [key for key, one in criteria.items() if one.requirement_id is not None][-1]
    first = 4 * review.seat  # so that two reviewers of a round say different things
    answers = {
        key: sheets.Answer("0", PRAISES[place % len(PRAISES)])
        for place, key in enumerate(criteria, start=first)
    }
    if not best:
        answers[last] = sheets.Answer("1", of_seat(review, NEXT_STEPS))
    return answers


def of_seat(review: Review, words: Sequence[str]) -> str:
    """What the reviewer in this seat says."""
    return words[review.seat % len(words)]


def hand_in(review: Review, *, best: bool) -> None:
    """Score one seat of the demo."""
    actions.save_scores(review, answers_for(review, best=best), of_seat(review, OVERALLS))
    actions.score(review, by=review.reviewer.user)
