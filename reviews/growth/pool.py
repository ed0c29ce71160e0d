"""Enough synthetic reviewers for a batch, and who of them gets a seat."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from portal import vocabulary
from portal.accounts import growth as accounts
from portal.accounts.models import User
from portal.growing import Batch, Chance, insert
from reviews.assignment import Candidate, choose
from reviews.models import Reviewer

ROLE = "reviewer"
FEWEST = 12  # of as many schools and districts, so that nobody is a neighbor of them all
BUSY = 3  # open seats for each reviewer on average; each takes five
TRAINED = timedelta(days=400)  # ago


class Pool:
    """The reviewers of one batch, with the open seats they have by now."""

    def __init__(self, reviewers: list[Reviewer], chance: Chance) -> None:
        self.reviewers = {one.pk: one for one in reviewers}
        self.chance = chance
        self.load = Counter[int]()

    def choose(
        self, educator: User, count: int, besides: Collection[Reviewer] = ()
    ) -> list[Reviewer]:
        """Reviewers for one round, by the rule of the portal itself (SAFETY T23)."""
        candidates = [
            Candidate(
                reviewer=one.pk,
                load=self.load[one.pk],
                capacity=one.capacity,
                is_barred=one in besides or one.user.is_neighbor_of(educator),
            )
            for one in self.reviewers.values()
        ]
        return [self.reviewers[pk] for pk in choose(candidates, count, self.chance)]


def reviewers_for(batch: Batch, open_rounds: int) -> list[Reviewer]:
    """Reviewers for so many open rounds, stored with their people."""
    people = accounts.people(batch, ROLE, max(FEWEST, 2 * open_rounds // BUSY))
    for number, user in enumerate(people):
        user.school, user.district = vocabulary.school(number), vocabulary.district(number)
    accounts.store(batch, people)
    reviewers = [Reviewer(user=user, trained_on=(batch.now - TRAINED).date()) for user in people]
    insert(reviewers)
    return reviewers
