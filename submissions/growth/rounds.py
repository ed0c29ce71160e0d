"""The rounds of one synthetic attempt: frozen from its desk, scored by ``reviews`` later on."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from catalog.models import Part
from submissions.deadlines import RESULT_DAYS
from submissions.digests import part_digest
from submissions.growth.stages import NOT_YET, OPEN, RETURNED, Turn
from submissions.growth.stories import Round
from submissions.growth.work import Desk
from submissions.models import Submission, SubmittedPart

WAITING, DECIDED = Submission.Status.WAITING, Submission.Status.DECIDED
STATUS = {OPEN: WAITING, RETURNED: Submission.Status.RETURNED}
REVISED = timedelta(days=3)  # from a not yet to the next draft
NOTE = 20  # words on what was changed


def hand_in(desk: Desk) -> None:
    """Every round of the story; what was not yet is worked on before the next one."""
    passed: dict[int, str] = {}
    for turn in desk.story.timeline.turns:
        latest = freeze(desk, turn, passed)
        desk.story.rounds.append(latest)
        passed = {row.part_id: row.digest for row in latest.parts if row.passed}
        if turn.outcome == NOT_YET and turn.ended_at and turn is not desk.story.timeline.turns[-1]:
            for row in latest.parts:
                if row.part_id in latest.short:
                    desk.revise(row.part, turn.ended_at + REVISED)


def freeze(desk: Desk, turn: Turn, passed: dict[int, str]) -> Round:
    """One round; ``passed`` are the digests of the parts that passed in the one before."""
    number = len(desk.story.rounds) + 1
    attempt = desk.story.attempt
    day = timezone.localdate(turn.submitted_at, attempt.association.zone)
    submission = Submission(
        public_id=desk.chance.public_id(),
        attempt=attempt,
        round=number,
        status=STATUS.get(turn.outcome, DECIDED),
        note=desk.writer.text(NOTE) if number > 1 else "",
        submitted_at=turn.submitted_at,
        result_due_on=day + timedelta(days=RESULT_DAYS),
    )
    parts = [freeze_part(desk, submission, part, passed) for part in desk.story.layout.scored]
    latest = Round(turn, submission, parts, desk.kept())
    if submission.status == DECIDED:
        decide(desk, latest)
    return latest


def freeze_part(
    desk: Desk, submission: Submission, part: Part, passed: dict[int, str]
) -> SubmittedPart:
    """A copy of one part; it is carried when it is as it was when it passed."""
    is_artifacts = part.kind == Part.Kind.ARTIFACTS
    option = desk.option if is_artifacts else ""
    answers = answers_in(desk, part)
    digest = part_digest(
        submission.attempt.edition_id, answers, option, desk.kept() if is_artifacts else []
    )
    return SubmittedPart(
        submission=submission,
        part=part,
        answers=answers,
        option=option,
        digest=digest,
        is_carried=passed.get(part.pk) == digest,
    )


def answers_in(desk: Desk, part: Part) -> list[dict[str, Any]]:
    """The questions of a part with what is written now."""
    questions = desk.story.layout.questions[part.pk]
    texts = desk.answers.get(part.pk, [])
    return [
        {"question": question.text, "answer": text}
        for question, text in zip(questions, texts, strict=False)
    ]


def decide(desk: Desk, latest: Round) -> None:
    """The decision, and which of the parts scored in this round were not at the bar."""
    submission, turn = latest.submission, latest.turn
    submission.outcome, submission.decided_at = turn.outcome, turn.ended_at
    scored = [row.part_id for row in latest.parts if not row.is_carried]
    if turn.outcome == NOT_YET:
        count = desk.chance.choices([1, 2, 3], [70, 20, 10])[0]
        latest.short = frozenset(desk.chance.sample(scored, min(count, len(scored))))
    for row in latest.parts:
        row.passed = row.part_id not in latest.short
