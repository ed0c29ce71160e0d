"""The whole list as every visitor finds it, kept for a minute by each process (PERFORMANCE goal 2).

Only the list without words and filters is kept, for those are without number. What is published or
retired shows at once; a text changed in the back office shows within the minute. Kept in the
process itself, so that a page neither waits for Redis nor breaks without it.
"""

from collections.abc import Callable

from django.core.cache import caches
from django.db.models import Count, Max, Q

from catalog.forms import SearchForm
from catalog.models import Edition

PAGES = "pages"  # the name of the cache in the settings
LONGEST = 3  # digits of a page's number


def results(form: SearchForm, number: str, draw: Callable[[], str]) -> str:
    """The results as HTML: kept where everything was asked for, else drawn."""
    if not form.is_open or not number.isdecimal() or len(number) > LONGEST:
        return draw()
    newest, count = stamp()
    return caches[PAGES].get_or_set(f"results:{newest}:{count}:{number}", draw) or draw()


def stamp() -> tuple[int, int]:
    """What changes whenever an edition is published or retired."""
    published = Q(status=Edition.Status.PUBLISHED)
    row = Edition.objects.aggregate(newest=Max("pk"), count=Count("pk", filter=published))
    return row["newest"] or 0, row["count"]
