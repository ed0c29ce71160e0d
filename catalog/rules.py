"""Rules about editions that are always true; ``manage.py invariants`` asks for their breaches."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef

from catalog.models import Criterion, Edition, Level, Part


def incomplete_editions() -> Iterator[str]:
    """Yield a sentence for each published edition that could not be worked on or scored."""
    published = Edition.objects.published().select_related("micro_certification")
    parts = published.annotate(count=Count("parts")).exclude(count=len(Part.NUMBERS))
    for edition in parts.iterator():
        yield f"{edition} does not have the {len(Part.NUMBERS)} parts."
    yield from criteria_without_bar()


def criteria_without_bar() -> Iterator[str]:
    """Yield a sentence for each criterion in use whose levels name no bar."""
    bar = Level.objects.filter(criterion=OuterRef("pk"), meets_bar=True)
    used = Criterion.objects.filter(part__edition__status=Edition.Status.PUBLISHED)
    lacking = used.filter(~Exists(bar)).select_related("part__edition__micro_certification")
    for criterion in lacking.iterator():
        yield f"{criterion.part.edition}: the criterion “{criterion}” has no bar."
