"""``{{ url|drive_warning }}``: what to know of a link to someone else’s drive or channel."""

from django import template
from django.utils.translation import gettext as _

from submissions.identity import Profile, check

register = template.Library()


@register.filter
def drive_warning(url: str) -> str:
    """A sentence where a link leads to a drive or channel that shows whose it is; else nothing."""
    if not any(finding.rule == "link" for finding in check(Profile(), url)):
        return ""
    return _(
        "Make sure that this link is open to anyone who has it, without signing in. Your name "
        "shows there as its owner; a file handed in here shows no name."
    )
