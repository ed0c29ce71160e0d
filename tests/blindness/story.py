"""One piece of work on its way, with everyone watched."""

from io import StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from catalog.models import ArtifactRequirement
from submissions import actions
from submissions.models import Attempt
from submissions.screening import Spot, screen
from tests.blindness.markers import marked_educator, marked_reviewer, marks, told_by
from tests.blindness.scanner import hits
from tests.blindness.witness import WatchedEducator, WatchedReviewer
from tests.factories import EditionFactory, StaffFactory
from tests.journeys.people import Person, seated
from tests.submissions import office, samples

PLAN, REFLECTION = "plan", "Reflection"
FILES = (("jpg", samples.jpeg), ("pdf", samples.telling_pdf), ("docx", office.word))
REVIEWER_KEYS = "BCDE"


class Story:
    """An educator, four reviewers, someone on the staff; each mark stands in one person only."""

    def __init__(self, panel=2):
        self.edition = EditionFactory()
        asked = ArtifactRequirement.objects.filter(part__edition=self.edition)
        asked.filter(key=PLAN).update(count=len(FILES))
        self.clerk = Person(StaffFactory())
        self.panel = []
        self.join(*REVIEWER_KEYS[:panel])
        self.educator = WatchedEducator(marked_educator(), "A")
        self.attempt = self.educator.start(self.edition.micro_certification)

    def join(self, *keys):
        """More reviewers."""
        self.panel += [WatchedReviewer(marked_reviewer(key), key) for key in keys]

    @property
    def seats(self):
        """The reviewers who have something to score, with their seats."""
        return seated(self.panel)

    def write_everything(self):
        """All parts, with three files whose every field tells who made them."""
        promises = {f"promise_{number}": "on" for number in range(1, 6)}
        self.educator.post("part", self.attempt.public_id, 0, **promises)
        self.educator.write(self.attempt, 1)
        self.educator.write(self.attempt, 3)
        for kind, made in FILES:
            content = made()
            self.hand_in(SimpleUploadedFile(f"filemarkazq {marks('A')['given']}.{kind}", content))
        link = {"requirement": "proof", "url": "https://example.org/lesson"}
        self.educator.post("evidence-add", self.attempt.public_id, **link)
        self.educator.post("part-complete", self.attempt.public_id, 2)

    def hand_in(self, file, **more):
        """One file for the plan."""
        return self.educator.post(
            "evidence-add", self.attempt.public_id, requirement=PLAN, file=file, **more
        )

    def intend_everything(self, note=""):
        """Keep whatever the check for names finds, so that the marks in it go to the reviewers."""
        found = screen(self.attempt, note)
        spots = {
            Spot(passage.source, finding.rule, finding.phrase)
            for passage in found.passages
            for finding in passage.findings
        }
        for spot in spots:
            actions.declare_intended(self.attempt, spot, by=self.educator.user, note=note)

    def submit(self, note=""):
        """Hand the round in."""
        answer = self.educator.submit(self.attempt, note=note)
        self.attempt.refresh_from_db()
        assert self.attempt.status == Attempt.Status.IN_REVIEW, answer.text
        return self.attempt.submissions.latest("round")

    def score(self, *under):
        """Every open seat is scored, below the bar where ``under`` says so."""
        for person, seat in self.seats:
            person.score(seat, under_the_bar=under)
        self.attempt.refresh_from_db()

    def look_around(self):
        """The clock runs once, then everyone looks at everything."""
        call_command("sweep", stdout=StringIO())
        more = [f"/my/attempts/{self.attempt.public_id}/feedback/", "/my/takeout/"]
        self.educator.look_around(*more)
        for person in self.panel:
            person.look_around()

    def leaks(self):
        """Marks of one side that came to the other, and of one reviewer that came to another."""
        everyone = [self.educator, *self.panel]
        told = []
        for person in everyone:
            foreign = {
                f"{other.key} {mark}": word
                for other in everyone
                if other is not person
                for mark, word in told_by(other.key).items()
            }
            told += [(f"to {person.key}", *hit) for hit in hits(foreign, person.records)]
        return told
