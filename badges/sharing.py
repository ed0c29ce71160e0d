"""Links that carry a badge elsewhere: pure functions from a badge to addresses.

FACTS 4.105, 4.110. None holds a name or an e-mail address.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from badges.models import Assertion


class Share(NamedTuple):
    """One way to share: what the link says, and where it leads."""

    label: str
    url: str


def to_profile(assertion: Assertion) -> str:
    """LinkedIn's page for adding a certification, filled in; the id is the badge's own."""
    badge_class = assertion.badge_class
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": badge_class.name,
        "organizationName": badge_class.issuer.name,
        "issueYear": assertion.day.year,
        "issueMonth": assertion.day.month,
        "certUrl": assertion.url,
        "certId": str(assertion.public_id),
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(fields)}"


def ways(assertion: Assertion) -> list[Share]:
    """The ways to share a badge's address."""
    address = quote(assertion.url, safe="")
    subject = quote(assertion.badge_class.name)
    return [
        Share(
            _("Post on LinkedIn"), f"https://www.linkedin.com/sharing/share-offsite/?url={address}"
        ),
        Share(_("Post on Facebook"), f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        Share(_("Send by e-mail"), f"mailto:?subject={subject}&body={address}"),
    ]
