"""A world in which every address of the portal has something behind it that belongs to one owner.

Everybody else tries the owner's addresses; ``ROLES`` names who they are.
"""

import uuid

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from badges.models import Assertion, Issuer
from catalog.models import Audience, Collection
from credits import actions as credit
from credits.models import Letter
from portal.support.actions import register
from reviews import actions as reviewing
from submissions import library as retention
from submissions.actions import uploads
from submissions.entries import PLAIN
from submissions.models import Evidence, Revision
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    TermFactory,
    applied,
    batched,
    earn,
    paid,
    pending,
    wish,
)
from tests.factories import (
    AssociationFactory,
    EditionFactory,
    MemberFactory,
    StackFactory,
    StaffFactory,
    UserFactory,
    finished_attempt,
    hand_in,
    started_attempt,
    submitted_round,
)
from tests.payments.factories import ChargeFactory
from tests.reviews.factories import ReviewerFactory, answers, scored_round
from tests.support.factories import (
    InformationSessionFactory,
    ResourceFactory,
    answered,
    asked,
)

ROLES = (
    "visitor",
    "owner",
    "stranger",
    "reviewer",  # holds the seat that the address names
    "colleague",  # holds the other seat of the same round
    "staff",  # of the association the rows belong to
    "elsewhere",  # staff of another association
    "administrator",  # may use the back office, works for no association
)
SIGNED_IN = ROLES[1:]
CLEAN = b"%PDF-1.7 the clean copy"


class World:
    """Who there is, and what they have; made by the portal's own actions."""

    def __init__(self):
        self.cta = AssociationFactory()
        self.psea = AssociationFactory(slug="psea", time_zone="America/New_York")
        self.stack = StackFactory()
        retention.load_library()
        self.people()
        self.work()
        self.judged()
        self.asked()
        self.earned()
        self.unit_applications()
        self.reported()

    def people(self):
        """One person for each role, and the reviewers who take every seat."""
        self.users = {
            "owner": MemberFactory(name="Olive Owner", ppid="1234567"),
            "stranger": MemberFactory(name="Sam Stranger"),
            "staff": StaffFactory(name="Stef Staff"),
            "elsewhere": StaffFactory(name="Elsa Elsewhere", association=self.psea),
            "administrator": UserFactory(name="Ada Admin", is_staff=True, is_superuser=True),
        }
        self.owner, self.staff = self.users["owner"], self.users["staff"]
        ReviewerFactory.create_batch(2)
        self.key = Authenticator.objects.create(
            user=UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}
        )
        self.content_type = ContentType.objects.get_for_model(self.stack)
        Group.objects.create(name="Nobody")
        Audience.objects.create(name="Teachers")

    def edition(self):
        """One more micro-certification of the only stack."""
        return EditionFactory(stack=self.stack)

    def work(self):
        """An attempt being written, with evidence, some of it held; one ready; one not started."""
        self.free = self.edition().micro_certification
        self.open = started_attempt(self.owner, self.edition())
        asked_for = {
            row.key: row for row in self.open.edition.parts.get(number=2).requirements.all()
        }
        self.file, self.link = (hand_in(self.open, asked_for[key]) for key in ("plan", "proof"))
        self.doubtful = hand_in(self.open, asked_for["plan"], number=1)
        Evidence.objects.filter(pk=self.doubtful.pk).update(status="held", clean_key="")
        self.taken_out = hand_in(self.open, asked_for["proof"], number=2)
        removed = {"status": "removed", "removed_at": timezone.now()}
        Evidence.objects.filter(pk=self.taken_out.pk).update(**removed)
        self.earlier_draft = Revision.objects.create(response=self.answer(), text="Before.")
        self.upload = uploads.begin(
            self.open.progress.get(part__number=2),
            uploads.Promise(asked_for["plan"], "plan.pdf", "application/pdf", 1000),
            PLAIN,
        )
        self.ready = finished_attempt(self.owner, self.edition())

    def answer(self):
        """An answer to the first question of Part 3, with an earlier draft."""
        progress = self.open.progress.get(part__number=3)
        return progress.responses.create(question=progress.part.questions.first(), text="Now.")

    def judged(self):
        """A round scored and passed, one being scored, one just given to two reviewers."""
        self.passed = scored_round(educator=self.owner, edition=self.edition())
        self.badge = Assertion.objects.get(attempt=self.passed.attempt)
        self.scoring = submitted_round(self.owner, self.edition())
        self.seat, other = self.scoring.reviews.order_by("seat")
        reviewing.save_scores(self.seat, answers(self.seat), "Thank you.")
        self.users |= {"reviewer": self.seat.reviewer.user, "colleague": other.reviewer.user}
        self.exhibit = self.seat.exhibits.get(evidence__kind=Evidence.Kind.FILE)
        self.waiting = submitted_round(self.owner, self.edition())
        self.new_seat = self.waiting.reviews.get(reviewer=self.seat.reviewer)

    def asked(self):
        """Questions, a session with a place, a charge, a resource, a collection."""
        self.question = asked(self.owner, "How long does it take?")
        self.answered = answered(self.owner, "What does it cost?")
        self.session = InformationSessionFactory(association=self.cta)
        register(self.session, self.owner.name, self.owner.email, self.owner)
        self.place = self.session.registrations.get()
        self.charge = ChargeFactory(payer=self.owner, association=self.cta)
        self.resource = ResourceFactory()
        self.collection = Collection.objects.create(slug="some", title="Some", description="")
        self.issuer = Issuer.objects.get(pk=self.badge.badge_class.issuer_id)

    def earned(self):
        """Lines of the ledger: waiting, on hold, with a letter."""
        self.act_48 = Act48Factory(association=self.cta)
        self.line = pending(self.owner, program=self.act_48)
        self.held = pending(self.owner, program=self.act_48)
        credit.hold(self.held, "Asked the school.", by=self.staff)
        paper = pending(self.owner, program=Chapter14Factory(association=self.cta))
        credit.issue(paper, by=self.staff)
        self.letter = Letter.objects.get()

    def unit_applications(self):
        """A term; an application drafted, one sent, one in a batch, and hours for one more."""
        program = ChicoFactory(association=self.cta)
        self.term = TermFactory(program=program)
        term = self.term
        self.batch, _application = batched(self.staff, educator=self.owner, term=term)
        self.sent = applied(self.owner, term=term)
        paid(self.staff, educator=self.owner, term=term)
        for _number in range(2):
            earn(self.owner, program=program)
        self.draft = credit.draft(uuid.uuid4(), wish(term), by=self.owner)

    def reported(self):
        """A line that a report told the state, and one for the next report."""
        credit.give_identifier(self.act_48, "1234567", by=self.owner)
        self.told, after = (pending(self.owner, program=self.act_48) for _ in range(2))
        credit.issue(self.told, by=self.staff)
        self.report = credit.report(self.act_48, by=self.staff)
        credit.issue(after, by=self.staff)

    def lay_files(self):
        """Put the files behind the rows into this test's own folder."""
        for keys in Evidence.objects.values_list("clean_key", "vault_key"):
            for name in filter(None, keys):
                default_storage.save(name, ContentFile(CLEAN))

    def sign_in(self, client, role):
        """The client as this role; a visitor stays one."""
        if role != "visitor":
            client.force_login(self.users[role])
        return client
