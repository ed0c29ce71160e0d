"""Rules about badges that are always true (SAFETY section 3, I6)."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Exists, OuterRef

from badges import baking, openbadges, pictures
from badges.models import Assertion
from submissions.models import Attempt


def doubled_badges() -> Iterator[str]:
    """I6: at most one badge for each person and badge class."""
    pairs = Assertion.objects.order_by().values("recipient", "badge_class")
    for pair in pairs.annotate(count=Count("pk")).filter(count__gt=1):
        yield f"{pair['count']} badges of class {pair['badge_class']} for one person."


def passes_without_badge() -> Iterator[str]:
    """I6: every passed attempt has its badge, issued or revoked."""
    badge = Assertion.objects.filter(
        recipient=OuterRef("educator"),
        badge_class__micro_certification=OuterRef("micro_certification"),
    )
    for attempt in Attempt.objects.filter(~Exists(badge), status=Attempt.Status.PASSED):
        yield f"Attempt {attempt.public_id} passed and has no badge."


def stale_pictures() -> Iterator[str]:
    """I6: what is baked into a picture is what stands at the badge's address."""
    baked = Assertion.objects.issued().filter(baked_for=settings.PUBLIC_BASE_URL)
    for assertion in baked.with_class().iterator():
        if inside(assertion) != openbadges.as_text(openbadges.assertion(assertion)):
            yield f"The picture of badge {assertion.public_id} is not that of its document."


def inside(assertion: Assertion) -> str:
    """The document in the stored picture of a badge; nothing where there is none."""
    try:
        return baking.unbake(pictures.read(assertion.image_key))
    except baking.NotBakeable:
        return ""
