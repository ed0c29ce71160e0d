"""Badges to take home: the baked picture, the document, the two papers."""

import json
from collections.abc import Iterator

from badges import openbadges, papers, pictures
from badges.models import Assertion
from portal.accounts.models import User


def files_of(user: User) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the zip, content) for every badge of this person that holds good."""
    for assertion in Assertion.objects.owned_by(user).issued().with_class():
        subject = assertion.badge_class.subject
        folder = f"badges/{assertion.day:%Y-%m-%d} {subject.slug}"
        document = json.dumps(openbadges.assertion(assertion), ensure_ascii=False, indent=2)
        yield f"{folder}/badge.png", pictures.of_assertion(assertion)
        yield f"{folder}/badge.json", document.encode()
        yield f"{folder}/certificate.pdf", papers.certificate(assertion)
        yield f"{folder}/record.pdf", papers.record(assertion)
