"""The same file a second time under one artifact requirement: it would be counted twice."""

import hashlib
from collections.abc import Callable
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from catalog.models import ArtifactRequirement
from portal.refusal import Refused
from submissions import vault
from submissions.models import Attempt, Evidence


def check_new(
    attempt: Attempt, requirement: ArtifactRequirement, size: int, digest: Callable[[], str]
) -> None:
    """Refuse a file whose very bytes are handed in here already.

    Its SHA-256 is asked for only where another file has as many bytes. One that was not accepted
    is no reason to refuse: its original is deleted, and what hindered may be over.
    """
    here = attempt.evidence.kept().filter(requirement=requirement, kind=Evidence.Kind.FILE)
    alike = list(here.filter(size=size).exclude(status=Evidence.Status.REFUSED))
    sha256 = digest() if alike else ""
    same = next((item for item in alike if sha256 and known_digest(item) == sha256), None)
    if same is not None:
        raise Refused(
            _("You handed in this very file here already: “%(name)s”. Nothing was added.")
            % {"name": same.given_name}
        )


def known_digest(item: Evidence) -> str:
    """The SHA-256 of an original; reckoned here while it waits for the cleaner to do that."""
    if item.sha256 or not default_storage.exists(item.vault_key):
        return item.sha256
    with default_storage.open(item.vault_key) as original:
        return digest_of(original)


def digest_of(file: BinaryIO | File[bytes]) -> str:
    """The SHA-256 of a file, read from its beginning to its end."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(vault.CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
