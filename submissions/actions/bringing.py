"""Bring back unchanged work of a reset attempt, where the association allows it."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from portal import journal
from portal.celery import wake
from portal.refusal import Refused
from submissions import vault
from submissions.actions.work import touch
from submissions.models import Attempt, Evidence, Progress, Response
from submissions.tasks import clean_evidence


def to_bring_back(attempt: Attempt) -> Attempt | None:
    """The reset attempt whose work may be brought back into this one, if there is one.

    Off unless the association says otherwise: the program asks for everything anew (FACTS 4.58).
    """
    if not attempt.association.lets_bring_back or attempt.brought_from_id:
        return None
    if not attempt.is_editable or has_begun(attempt):
        return None
    reset = Attempt.objects.filter(
        educator=attempt.educator_id,
        micro_certification=attempt.micro_certification_id,
        status=Attempt.Status.RESET,
    )
    return reset.order_by("-closed_at").first()


def has_begun(attempt: Attempt) -> bool:
    """Whether anything was written or handed in here already: nothing is put over it."""
    written = attempt.progress.filter(responses__isnull=False).exists()
    return written or attempt.evidence.kept().exists()


@transaction.atomic
def bring_back(attempt: Attempt) -> None:
    """Copy the answers to questions that are still asked, and the files still asked for.

    Parts have to be completed again, and every file is cleaned anew. Refused where there is
    nothing to bring back, or anything was begun here.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    source = to_bring_back(attempt)
    if source is None:
        raise Refused(_("There is nothing to bring back into this attempt. Nothing was changed."))
    parts = {row.part.kind: row for row in attempt.progress.select_related("part")}
    for old in source.progress.select_related("part").prefetch_related("responses__question"):
        bring_answers(old, parts[old.part.kind])
    bring_evidence(source, attempt)
    Attempt.objects.filter(pk=attempt.pk).update(brought_from=source)
    journal.record("work brought back", of=attempt, by=attempt.educator)


def bring_answers(old: Progress, new: Progress) -> None:
    """Copy what was answered to questions that read the same today."""
    asked = {question.text: question for question in new.part.questions.all()}
    answers = [
        Response(progress=new, question=asked[answer.question.text], text=answer.text)
        for answer in old.responses.all()
        if answer.question.text in asked and answer.text.strip()
    ]
    Response.objects.bulk_create(answers)
    option = old.option if old.option in new.part.options else ""
    if answers or option:
        touch(new, option=option)


def bring_evidence(source: Attempt, attempt: Attempt) -> None:
    """Copy files and links for artifacts that are asked for in the same words today."""
    artifacts = attempt.progress.select_related("part").get(part__kind="artifacts")
    asked = {(one.key, one.label, one.option): one for one in artifacts.part.requirements.all()}
    count = 0
    for item in source.evidence.counting().select_related("requirement"):
        old = item.requirement
        requirement = asked.get((old.key, old.label, old.option))
        if requirement is not None:
            count += copied(item, attempt, requirement_id=requirement.pk)
    if count:
        touch(artifacts)


def copied(item: Evidence, attempt: Attempt, requirement_id: int) -> bool:
    """Make a row of its own for a copy; an original that is gone can't come back."""
    fields = {
        "attempt": attempt,
        "requirement_id": requirement_id,
        "kind": item.kind,
        "date_of_entry": item.date_of_entry,
        "activity_description": item.activity_description,
        "shows_people": item.shows_people,
        "releases_confirmed_at": item.releases_confirmed_at,
    }
    if item.kind == Evidence.Kind.LINK:
        Evidence.objects.create(**fields, url=item.url, status=Evidence.Status.CLEAN)
        return True
    if not item.vault_key or not default_storage.exists(item.vault_key):
        return False
    with default_storage.open(item.vault_key) as original:
        key, sha256, size = vault.store(original)
    with vault.discarding(key):
        evidence = Evidence.objects.create(
            **fields, given_name=item.given_name, vault_key=key, sha256=sha256, size=size
        )
    wake(clean_evidence, evidence.pk)
    return True
