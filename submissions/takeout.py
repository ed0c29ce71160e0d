"""An educator's work as files to take home: texts as Markdown, originals as they were given."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.duties import Content, Stored
from submissions.agreement import TEXTS
from submissions.models import Attempt, Consent, Progress


def files_of(user: User) -> Iterator[tuple[str, Content]]:
    """Yield (path in the zip, content) for every attempt of this person."""
    attempts = Attempt.objects.owned_by(user).select_related("micro_certification")
    whole = attempts.prefetch_related(
        "progress__part", "progress__responses__question", "consents", "association"
    )
    for number, attempt in enumerate(whole.order_by("opened_at", "pk"), start=1):
        day, slug = f"{attempt.opened_at:%Y-%m-%d}", attempt.micro_certification.slug
        folder = f"attempts/{number:02} {day} {slug}"  # two of one day stay apart
        for consent in attempt.consents.all():
            yield f"{folder}/Agreement {consent.version}.md", agreed(attempt, consent).encode()
        for progress in attempt.progress.all():
            if progress.part.is_written:
                yield f"{folder}/Part {progress.part.number}.md", written(progress).encode()
        yield from originals(attempt, folder)


def agreed(attempt: Attempt, consent: Consent) -> str:
    """The agreement as it was accepted, in the words of its version, and the day."""
    day = date_format(timezone.localdate(consent.accepted_at, attempt.association.zone), "F j, Y")
    told = _("# Agreement, version %(version)s, accepted on %(day)s") % {
        "version": consent.version,
        "day": day,
    }
    promises = [f"- {promise}" for promise in TEXTS[consent.version]]
    return "\n".join([told, "", *promises]) + "\n"


def written(progress: Progress) -> str:
    """A written part as Markdown: each question with its answer."""
    answers = [f"## {item.question.text}\n\n{item.text}\n" for item in progress.responses.all()]
    return "\n".join([f"# {progress.part.title}\n", *answers])


def originals(attempt: Attempt, folder: str) -> Iterator[tuple[str, Content]]:
    """The files of an attempt under the names they came with, numbered so that none collide."""
    for number, evidence in enumerate(attempt.evidence.kept(), start=1):
        if evidence.url:
            yield f"{folder}/Part 2/{number:02} link.txt", f"{evidence.url}\n".encode()
        elif evidence.vault_key and default_storage.exists(evidence.vault_key):
            name = re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", evidence.given_name)[-120:]
            yield f"{folder}/Part 2/{number:02} {name}", Stored(evidence.vault_key)
