"""What can be said of a file before its first byte, by its name and size alone.

So nobody sends two gigabytes to be refused; what the file truly is, ``check_file`` looks at later.
"""

from django.utils.translation import gettext as _

from catalog.models import ArtifactRequirement
from portal.refusal import Refused
from submissions.cleaning.formats import FORMATS
from submissions.filenames import ending_of
from submissions.tus import too_much
from submissions.uploads import not_asked_for, too_large

MOST_BYTES = max(known.most_bytes for known in FORMATS.values())
LINK = ArtifactRequirement.Medium.LINK


def check_promise(name: str, size: int, requirement: ArtifactRequirement) -> None:
    """Refuse what could only be refused after the last byte."""
    if not size:
        raise Refused(_("This file is empty; check it and hand it in again."))
    if set(requirement.kinds) == {LINK}:
        raise Refused(not_asked_for(_("a file"), requirement))
    if size > (most := most_bytes(name)):
        raise too_much(too_large(most))


def most_bytes(name: str) -> int:
    """The largest file that may go by this name."""
    ending = ending_of(name)
    fitting = (known.most_bytes for known in FORMATS.values() if ending in known.extensions)
    return max(fitting, default=MOST_BYTES)
