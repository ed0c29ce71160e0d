"""An educator's ledger as a file to take home."""

from collections.abc import Iterator

from credits import roster, rows
from credits.models import HoursEntry
from portal.accounts.models import User

COLUMNS = (
    "program",
    "micro_certification",
    "earned_by",
    "hours",
    "status",
    "confirmed_on",
    "issued_on",
    "reason",
)


def files_of(user: User) -> Iterator[tuple[str, bytes]]:
    """Yield the ledger as CSV; nothing where there are no hours."""
    lines = HoursEntry.objects.owned_by(user).select_related("program", "micro_certification")
    texts = [rows.of_ledger(line) for line in lines]
    if texts:
        yield "credits/ledger.csv", roster.as_csv(roster.table(COLUMNS, texts))
