"""The step of ``grow``: attempts at every stage over every published edition."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import F

from portal import journal
from portal.accounts.models import User
from portal.growing import Batch, Chance, insert
from portal.payments.models import Charge
from portal.refusal import Refused
from portal.vocabulary import Writer
from submissions.growth import stages, stories
from submissions.growth.layouts import Layout, layouts
from submissions.growth.rounds import hand_in
from submissions.growth.stories import Round
from submissions.growth.work import Desk
from submissions.models import Attempt, Submission

CROWDED = 2  # of so many attempts that an educator could have, one at most is made


def grow_attempts(batch: Batch) -> int:
    """The attempts of this batch, from Start to the last round."""
    batch.rows["stories"] = told = []
    if not batch.attempts:
        return 0
    writer, desks = Writer(batch.chance(Attempt)), []
    for educator, layout in pairs(batch, writer.chance):
        desk = begin(batch, educator, layout, writer)
        desks.append(desk)
        told.append(desk.story)
    count = store_work(desks) + store_rounds([one for story in told for one in story.rounds])
    journal.record("attempts grown", of=told[0].attempt, count=len(told), seed=batch.seed)
    return count


def pairs(batch: Batch, chance: Chance) -> Iterator[tuple[User, Layout]]:
    """Who attempts what: nobody the same thing twice, today or in an earlier run."""
    educators, known = batch.rows["educators"], batch.once(layouts)
    taken = set(
        Attempt.objects.filter(educator__in=[one.pk for one in educators]).values_list(
            "educator", "micro_certification"
        )
    )
    if len(taken) + batch.attempts > len(educators) * len(known) // CROWDED:
        raise Refused("That is too many attempts for so few people. Name more --educators.")
    for _number in range(batch.attempts):
        while True:
            educator, layout = chance.choice(educators), chance.choice(known)
            pair = educator.pk, layout.edition.micro_certification_id
            if pair not in taken:
                break
        taken.add(pair)
        yield educator, layout


def begin(batch: Batch, educator: User, layout: Layout, writer: Writer) -> Desk:
    """One attempt with all that was written, handed in and decided."""
    chance, is_member = writer.chance, educator.pk in batch.rows["members"]
    stage = stages.choose(chance, is_member=is_member)
    timeline = stages.timeline(stage, batch.now, chance)
    story = stories.tell(educator, layout, stage, timeline, chance)
    if not is_member:
        stories.owe(story, chance)
    desk = Desk(story, writer)
    if story.is_started:
        desk.work(batch.now)
        hand_in(desk)
        desk.finish()
        stories.remind(story.attempt, batch.now)
    return desk


def store_work(desks: list[Desk]) -> int:
    """Fees, attempts, and what lies on the desks of those that were started."""
    charges = [desk.story.attempt.charge for desk in desks if desk.story.attempt.charge]
    started = [desk for desk in desks if desk.story.is_started]
    count = insert(charges, [desk.story.attempt for desk in desks])
    settled = Charge.objects.exclude(settled_at=None)
    settled.filter(pk__in=[one.pk for one in charges]).update(created_at=F("settled_at"))
    return count + insert(
        flat(desk.progress.values() for desk in started),
        flat(desk.consents for desk in started),
        flat(desk.evidence for desk in started),
        flat(desk.responses() for desk in started),
    )


def store_rounds(rounds: list[Round]) -> int:
    """Rounds, their parts, and the evidence they point at."""
    link = Submission.evidence.through
    count = insert([one.submission for one in rounds])
    return count + insert(
        flat(one.parts for one in rounds),
        flat(
            [link(submission=one.submission, evidence=item) for item in one.evidence]
            for one in rounds
        ),
    )


def flat(rows: Iterable[Iterable[Any]]) -> list[Any]:
    """Many short lists as one."""
    return list(chain.from_iterable(rows))
