"""What a synthetic educator wrote and handed in for one attempt: progress, answers, links."""

from datetime import datetime, timedelta

from django.utils import timezone

from catalog.models import ArtifactRequirement, Part
from portal.growing import Chance
from portal.vocabulary import Writer
from submissions.agreement import VERSION
from submissions.growth.stages import Status
from submissions.growth.stories import Story
from submissions.models import Consent, Evidence, Progress, Response

WORDS = 300  # in a written part, within the range of 250 to 500
ABOUT = 10  # words on a link
DEPTHS = (10, 20, 25, 25, 20)  # odds of none to four completed parts where there is no round
ALMOST = 0.95  # of the time until the first round; the last look takes the rest
Done = Progress.Status
OUT = {Status.IN_REVIEW, Status.PASSED, Status.DENIED}  # Final Submission counts (FACTS A13)


class Desk:
    """All that lies on an educator's desk for one attempt, as it is now."""

    def __init__(self, story: Story, writer: Writer) -> None:
        self.story, self.writer = story, writer
        parts = story.layout.parts
        self.progress = {part.pk: Progress(attempt=story.attempt, part=part) for part in parts}
        self.answers: dict[int, list[str]] = {}  # by part, one for each question
        self.evidence: list[Evidence] = []
        self.consents: list[Consent] = []
        self.option = next(iter(story.layout.options), "")

    @property
    def chance(self) -> Chance:
        """The dice of this batch."""
        return self.writer.chance

    def kept(self) -> list[Evidence]:
        """What was not taken out again."""
        return [item for item in self.evidence if item.status == Evidence.Status.CLEAN]

    def responses(self) -> list[Response]:
        """The answers as rows."""
        questions = self.story.layout.questions
        return [
            Response(progress=self.progress[part], question=question, text=text)
            for part, texts in self.answers.items()
            for question, text in zip(questions[part], texts, strict=False)
        ]

    def work(self, now: datetime) -> None:
        """Complete parts in their order: all before a round, else as many as chance has it."""
        turns = self.story.timeline.turns
        depth = len(DEPTHS) - 1
        if not turns:
            depth = self.chance.choices(range(len(DEPTHS)), DEPTHS)[0]
        end = turns[0].submitted_at if turns else min(self.story.attempt.closed_at or now, now)
        began, count = self.story.timeline.began_at, len(DEPTHS)
        for number, part in enumerate(self.story.layout.parts[: depth + 1]):
            share = ALMOST * (number + 1) / count
            moment = began + timedelta(seconds=int((end - began).total_seconds() * share))
            if number < depth:
                self.complete(part, moment)
            elif part.kind not in {Part.Kind.AGREEMENT, Part.Kind.FINAL}:
                self.begin(part, moment)

    def complete(self, part: Part, moment: datetime) -> None:
        """Do all that a part asks for."""
        if part.kind == Part.Kind.AGREEMENT:
            consent = Consent(attempt=self.story.attempt, version=VERSION, accepted_at=moment)
            self.consents.append(consent)
        elif part.kind == Part.Kind.ARTIFACTS:
            self.evidence = [
                self.link(requirement, moment)
                for requirement in self.story.layout.asked(self.option)
                for _number in range(requirement.count)
            ]
        else:
            self.answers[part.pk] = self.texts(part)
        self.note(part, moment, Done.COMPLETED)

    def begin(self, part: Part, moment: datetime) -> None:
        """Do the first thing that a part asks for."""
        if part.kind == Part.Kind.ARTIFACTS:
            self.evidence = [self.link(self.story.layout.asked(self.option)[0], moment)]
        else:
            self.answers[part.pk] = self.texts(part)[:1]
        self.note(part, moment, Done.IN_PROGRESS)

    def note(self, part: Part, moment: datetime, status: str) -> None:
        """Note how far a part is."""
        row = self.progress[part.pk]
        row.status, row.saves, row.saved_at = status, self.chance.randint(1, 9), moment
        if part.kind == Part.Kind.ARTIFACTS:
            row.option = self.option
        if status == Done.COMPLETED:
            row.completed_at = moment
            row.date_of_entry = timezone.localdate(moment, self.story.attempt.association.zone)

    def texts(self, part: Part) -> list[str]:
        """About three hundred words, dealt out over the questions of a part."""
        count = len(self.story.layout.questions[part.pk])
        return [self.writer.text(WORDS // count) for _number in range(count)]

    def link(self, requirement: ArtifactRequirement, moment: datetime) -> Evidence:
        """A link, whatever is asked for, so that no file is needed."""
        public_id = self.chance.public_id()
        return Evidence(
            public_id=public_id,
            attempt=self.story.attempt,
            requirement=requirement,
            kind=Evidence.Kind.LINK,
            status=Evidence.Status.CLEAN,
            url=f"https://example.org/grown/{public_id.hex}",
            activity_description=self.writer.text(ABOUT),
            date_of_entry=moment.date(),
            received_at=moment,
        )

    def revise(self, part: Part, moment: datetime) -> None:
        """Work again on a part that was not yet: write it anew, or hand in another link."""
        if part.kind == Part.Kind.ARTIFACTS:
            old = self.kept()[-1]
            old.status, old.removed_at = Evidence.Status.REMOVED, moment
            self.evidence.append(self.link(old.requirement, moment))
        else:
            self.answers[part.pk] = self.texts(part)
        self.note(part, moment, Done.COMPLETED)

    def finish(self) -> None:
        """Count Final Submission as done while a round is out, and after a pass."""
        if self.story.attempt.status in OUT:
            last = self.story.timeline.turns[-1]
            final = self.progress[self.story.layout.parts[-1].pk]
            final.status, final.completed_at = Done.COMPLETED, last.submitted_at
