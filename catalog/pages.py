"""Rows as lists show them: pages of search results, members of a collection."""

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from catalog.models import Collection, CollectionItem, MicroCertification, StackItem
from catalog.models.stacks import MicroCertificationQuerySet as Rows

PAGE_SIZE = 24
PLACES = StackItem.objects.select_related("stack")


class CountedPaginator(Paginator[MicroCertification]):
    """Pages of rows that were counted already."""

    def __init__(self, rows: Rows, total: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.total = total

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.total


def of(rows: Rows, total: int, number: str | None) -> Page[MicroCertification]:
    """The page asked for, or the nearest one there is; each row knows its stack."""
    return CountedPaginator(rows.for_cards(), total).get_page(number)


def in_collection(collection: Collection) -> QuerySet[CollectionItem]:
    """The numbered members of a collection; each knows its stack."""
    rows = collection.items.select_related("micro_certification")
    return rows.prefetch_related(Prefetch("micro_certification__items", PLACES))
