"""Who comes to a session, as a file for a spreadsheet."""

import csv
import io

from portal.support.models import InformationSession

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (SAFETY T33)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def as_csv(session: InformationSession) -> str:
    """Name, address and the local day and time of each registration; a mark says it is UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["name", "email", "registered_at"])
    zone = session.association.zone
    for row in session.registrations.all():
        moment = row.registered_at.astimezone(zone)
        writer.writerow([harmless(row.name), harmless(row.email), f"{moment:%Y-%m-%d %H:%M %Z}"])
    return f"\ufeff{file.getvalue()}"
