"""One factory for each model of the lower floors, and attempts at every stage.

Rows above Start are made by the real actions, so that a test's world is one the portal can make.
"""

from datetime import date
from decimal import Decimal

import factory
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from factory.django import DjangoModelFactory

from catalog.models import (
    ArtifactRequirement,
    Criterion,
    Edition,
    Level,
    MicroCertification,
    Part,
    Question,
    Stack,
    StackItem,
)
from portal.accounts.models import Association, Membership, User
from submissions import actions
from submissions.models import Attempt, Evidence, Response, Submission

PASSWORD = "correct horse battery"
WORDS_260 = " ".join(["word"] * 260)


class AssociationFactory(DjangoModelFactory):
    class Meta:
        model = Association
        django_get_or_create = ("slug",)

    slug = "cta"
    name = factory.LazyAttribute(lambda a: a.slug.upper())
    full_name = factory.LazyAttribute(lambda a: f"{a.name} Teachers Association")
    time_zone = "America/Los_Angeles"
    headline = "Show what you can do"
    welcome = "Welcome."
    support_email = factory.LazyAttribute(lambda a: f"help@{a.slug}.example")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@school.example")
    name = factory.Sequence(lambda n: f"Pat Person{n}")
    association = factory.SubFactory(AssociationFactory)

    @factory.post_generation
    def verified(user, create, extracted, **kwargs):
        from allauth.account.models import EmailAddress

        user.set_password(PASSWORD)
        User.objects.filter(pk=user.pk).update(password=user.password)
        if extracted is not False:
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


class MemberFactory(UserFactory):
    @factory.post_generation
    def membership(user, create, extracted, **kwargs):
        Membership.objects.create(
            user=user,
            association=user.association,
            number=f"M{user.pk:06}",
            status=Membership.Status.ACTIVE,
            settled_at=timezone.now(),
        )


class StaffFactory(UserFactory):
    @factory.post_generation
    def works_for(user, create, extracted, **kwargs):
        (extracted or user.association).staff.add(user)


class StackFactory(DjangoModelFactory):
    class Meta:
        model = Stack

    slug = factory.Sequence(lambda n: f"stack-{n}")
    title = factory.Sequence(lambda n: f"Stack {n}")
    topic = "Assessment"
    description = "What this stack is about."
    issuer = "nea"


class MicroCertificationFactory(DjangoModelFactory):
    class Meta:
        model = MicroCertification

    slug = factory.Sequence(lambda n: f"micro-{n}")
    title = factory.Sequence(lambda n: f"Giving Feedback {n}")
    summary = "Give feedback that moves work forward."
    evidence_summary = "Plan, and Photo"
    evidence_kinds = ["document", "image"]
    credit_hours = Decimal(15)


class EditionFactory(DjangoModelFactory):
    """A published edition with five parts, two artifacts and a whole rubric."""

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    micro_certification = factory.SubFactory(MicroCertificationFactory)
    number = 1
    status = Edition.Status.PUBLISHED
    competency = "The educator gives feedback that students use."
    key_method = "Give feedback, watch it being used, adjust."
    method_components = [{"heading": "Feedback", "text": "Be *specific*."}]
    digest = factory.Sequence(lambda n: f"{n:064x}")
    published_on = date(2026, 1, 5)

    @factory.post_generation
    def stack(edition, create, extracted, **kwargs):
        stack = extracted or StackFactory()
        position = stack.items.count() + 1
        StackItem.objects.create(
            stack=stack, micro_certification=edition.micro_certification, position=position
        )

    @factory.post_generation
    def parts(edition, create, extracted, **kwargs):
        for number, kind in enumerate(Part.Kind.values):
            part = Part.objects.create(edition=edition, kind=kind, number=number)
            if part.is_written:
                write_part(part)
            elif kind == Part.Kind.ARTIFACTS:
                ask_for_artifacts(part)


def write_part(part):
    part.passing = "The answer makes the situation clear."
    if part.kind == Part.Kind.OVERVIEW:
        part.word_min, part.word_max = 250, 500
    part.save(update_fields=["passing", "word_min", "word_max"])
    for position, text in enumerate(("What is your setting?", "What is hard?"), start=1):
        Question.objects.create(part=part, position=position, text=text)
    criterion = Criterion.objects.create(part=part, position=1, title=part.title)
    make_levels(criterion, "Passing", "Not yet")


def ask_for_artifacts(part):
    for position, (key, kinds) in enumerate(
        (("plan", ["document", "image"]), ("proof", ["image", "link"])), start=1
    ):
        requirement = ArtifactRequirement.objects.create(
            part=part,
            position=position,
            key=key,
            label=key.title(),
            instructions=f"Hand in your {key}.",
            kinds=kinds,
        )
        criterion = Criterion.objects.create(
            part=part, requirement=requirement, position=position, title=f"Quality of the {key}"
        )
        make_levels(criterion, "Proficient", "Basic", "Developing")


def make_levels(criterion, *labels):
    for position, label in enumerate(labels, start=1):
        Level.objects.create(
            criterion=criterion,
            position=position,
            label=label,
            description=f"{label} work.",
            meets_bar=position == 1,
        )


def started_attempt(educator=None, edition=None) -> Attempt:
    """An attempt a member has just started."""
    educator = educator or MemberFactory()
    edition = edition or EditionFactory()
    return actions.start(edition.micro_certification, by=educator)


def finished_attempt(educator=None, edition=None) -> Attempt:
    """An attempt with every part completed, ready for Submit for Review."""
    attempt = started_attempt(educator, edition)
    finish_parts(attempt)
    return attempt


def finish_parts(attempt, word="word"):
    """Write, hand in links and complete every part of an open attempt."""
    progress = {row.part.kind: row for row in attempt.progress.select_related("part")}
    actions.accept_agreement(progress[Part.Kind.AGREEMENT])
    for kind in (Part.Kind.OVERVIEW, Part.Kind.REFLECTION):
        questions = list(progress[kind].part.questions.all())
        actions.save_answers(progress[kind], {q.pk: " ".join([word] * 130) for q in questions})
        actions.complete(progress[kind])
    for requirement in progress[Part.Kind.ARTIFACTS].part.requirements.all():
        for number in range(requirement.count):
            hand_in(attempt, requirement, number)
    actions.complete(progress[Part.Kind.ARTIFACTS])


def revise(attempt):
    """Do something about a not yet: other words, and one more link in Part 2."""
    decided = attempt.submissions.filter(status=Submission.Status.DECIDED).latest("round")
    under = Part.objects.filter(pk__in=decided.parts.filter(passed=False).values("part"))
    answers = Response.objects.filter(progress__attempt=attempt, progress__part__in=under)
    answers.update(text=Concat("text", Value("!")))
    for part in under.filter(kind=Part.Kind.ARTIFACTS):
        links = next(asked for asked in part.requirements.all() if "link" in asked.kinds)
        hand_in(attempt, links, number=100 + attempt.evidence.count())


def hand_in(attempt, requirement, number=0) -> Evidence:
    """A piece of evidence that is clean: a link where links are taken, else a stored file."""
    fields = {"attempt": attempt, "requirement": requirement, "status": Evidence.Status.CLEAN}
    if "link" in requirement.kinds:
        return Evidence.objects.create(
            kind=Evidence.Kind.LINK, url=f"https://example.org/work/{number}", **fields
        )
    return Evidence.objects.create(
        kind=Evidence.Kind.FILE,
        given_name="plan.pdf",
        vault_key=f"vault/00/{attempt.pk}-{requirement.pk}-{number}",
        sha256=f"{attempt.pk:032}{requirement.pk:029}{number:03}",
        size=3,
        clean_key=f"clean/00/{attempt.pk}-{requirement.pk}-{number}",
        clean_sha256="0" * 64,
        clean_size=3,
        media_type="application/pdf",
        extension="pdf",
        **fields,
    )


def submitted_round(educator=None, edition=None) -> Submission:
    """A round that was just handed in."""
    return actions.submit(finished_attempt(educator, edition))


def decided_round(outcome=Submission.Outcome.PASS, educator=None, edition=None) -> Submission:
    """A round that was decided: with a pass all parts pass, with a not yet only Part 1 does."""
    submission = submitted_round(educator, edition)
    Submission.objects.filter(pk=submission.pk).update(status=Submission.Status.SCORING)
    submission.refresh_from_db()
    parts = submission.parts.all()
    if outcome != Submission.Outcome.PASS:
        parts = parts.filter(part__kind=Part.Kind.OVERVIEW)
    actions.decide(submission, outcome, list(parts.values_list("part_id", flat=True)))
    submission.refresh_from_db()
    return submission
