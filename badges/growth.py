"""Synthetic load: a badge for every pass, and one for every stack that a pass has finished."""

import uuid
from collections import defaultdict
from typing import NamedTuple

from badges import openbadges
from badges.actions.issuing import PUBLISHED, SMALLEST_STACK, day_of_issue
from badges.actions.library import badge_class_of
from badges.models import Assertion, BadgeClass
from catalog.models import MicroCertification, Stack
from portal.growing import Batch, Chance, insert
from submissions.growth import Story
from submissions.models import Attempt


class Classes(NamedTuple):
    """Every badge class by what it is for, and what finishes a stack."""

    of_micro: dict[int, BadgeClass]
    of_stack: dict[int, BadgeClass]
    wanted: dict[int, frozenset[int]]  # by stack: all that can be started in it


def grow_badges(batch: Batch) -> int:
    """The badges of this batch; the sweep bakes their pictures, ten thousand at a time."""
    passed = [story for story in batch.rows["stories"] if is_passed(story)]
    passed.sort(key=lambda story: story.timeline.turns[-1].ended_at)
    chance, classes = batch.chance(Assertion), batch.once(all_classes)
    earned = earned_before({story.attempt.educator_id for story in passed})
    rows: list[Assertion] = []
    for story in passed:
        rows.append(award(classes.of_micro[story.attempt.micro_certification_id], story, chance))
        rows += finished(story, earned[story.attempt.educator_id], classes, chance)
    return insert(rows)


def is_passed(story: Story) -> bool:
    """Whether a badge was earned."""
    return story.attempt.status == Attempt.Status.PASSED


def all_classes() -> Classes:
    """The badge classes of all that can be started, made where there is none yet."""
    startable = MicroCertification.objects.filter(editions__status=PUBLISHED)
    of_micro = {one.pk: badge_class_of(one) for one in startable}
    stacks = Stack.objects.prefetch_related("items")
    wanted = {
        stack.pk: frozenset(item.micro_certification_id for item in stack.items.all())
        for stack in stacks
    }
    of_stack = {
        stack.pk: badge_class_of(stack)
        for stack in stacks
        if len(wanted[stack.pk]) >= SMALLEST_STACK
    }
    return Classes(of_micro, of_stack, {pk: wanted[pk] & of_micro.keys() for pk in of_stack})


def earned_before(educators: set[int]) -> dict[int, set[int]]:
    """What each of these people has earned in earlier runs."""
    earned: dict[int, set[int]] = defaultdict(set)
    badges = Assertion.objects.issued().filter(recipient__in=educators, badge_class__stack=None)
    for person, micro in badges.values_list("recipient", "badge_class__micro_certification"):
        earned[person].add(micro)
    return earned


def finished(story: Story, earned: set[int], classes: Classes, chance: Chance) -> list[Assertion]:
    """The badges of the stacks of which this pass was the last one missing."""
    micro = story.attempt.micro_certification_id
    earned.add(micro)
    return [
        award(classes.of_stack[stack], story, chance)
        for stack, wanted in classes.wanted.items()
        if micro in wanted and wanted <= earned
    ]


def award(badge_class: BadgeClass, story: Story, chance: Chance) -> Assertion:
    """One badge as ``badges.actions`` would have issued it on the day of the decision."""
    attempt, salt = story.attempt, uuid.UUID(int=chance.getrandbits(128)).hex
    when = story.timeline.turns[-1].ended_at or story.timeline.began_at
    return Assertion(
        public_id=chance.public_id(),
        badge_class=badge_class,
        recipient=attempt.educator,
        recipient_name=attempt.educator.name,
        attempt=attempt if badge_class.micro_certification_id else None,
        salt=salt,
        identity=openbadges.hashed(attempt.educator.email, salt),
        issued_on=day_of_issue(when, attempt.association.zone),
    )
