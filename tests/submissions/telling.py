"""An educator with a full profile, and work of hers that tells of it."""

from allauth.account.models import EmailAddress

from catalog.models import ArtifactRequirement, Part
from portal.accounts.models import Membership, User
from submissions.models import Evidence, EvidenceText, Response
from tests.factories import MemberFactory, finished_attempt, hand_in

WORK = " ".join(["word"] * 130)


def dana(**fields):
    """A member whose name, school and addresses are known."""
    user = MemberFactory(
        name="Dana Whitfield",
        nicknames="Dee",
        email="d.whitfield@riverbendusd.org",
        phone="(530) 555-0134",
        school="Alder Creek Elementary",
        district="Riverbend Unified School District",
        local="Riverbend Teachers Association",
        **fields,
    )
    Membership.objects.filter(user=user).update(number="00482917")
    EmailAddress.objects.create(user=user, email="dee.dances@example.net", verified=True)
    User.objects.filter(pk=user.pk).update(handle="danaw5")
    return User.objects.get(pk=user.pk)


def finished_by(user=None, *texts):
    """A finished attempt; the texts are put in front of the answers, one each."""
    attempt = finished_attempt(user or dana())
    for answer, text in zip(answers(attempt), texts, strict=False):
        Response.objects.filter(pk=answer.pk).update(text=f"{text} {WORK}")
    return attempt


def answers(attempt):
    """The answers in the order of the pages."""
    rows = Response.objects.filter(progress__attempt=attempt)
    return list(rows.order_by("progress__part__number", "question__position"))


def source(attempt, place=0):
    """How the check names an answer."""
    return f"answer:{answers(attempt)[place].question_id}"


def file_saying(attempt, text, **fields):
    """A clean file of the plan with words in it."""
    plan = ArtifactRequirement.objects.get(part__edition=attempt.edition, key="plan")
    item = hand_in(attempt, plan, number=7)
    Evidence.objects.filter(pk=item.pk).update(given_name="my plan.pdf", **fields)
    EvidenceText.objects.create(evidence=item, text=text)
    return Evidence.objects.get(pk=item.pk)


def link_to(attempt, url, **fields):
    """A link handed in as proof."""
    proof = ArtifactRequirement.objects.get(part__edition=attempt.edition, key="proof")
    return Evidence.objects.create(
        attempt=attempt, requirement=proof, kind="link", status="clean", url=url, **fields
    )


def progress(attempt, kind=Part.Kind.OVERVIEW):
    """One part of an attempt."""
    return attempt.progress.select_related("part").get(part__kind=kind)
