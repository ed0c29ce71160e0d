"""Demo: hours in the ledger, an application ready to verify, an Act 48 line that is due."""

import uuid
from typing import Any

from django.urls import reverse

from credits import actions
from credits.models import HoursEntry
from credits.overview import choices_for
from credits.requests import Wish
from portal.accounts.models import User
from portal.demo import Demo
from submissions.demo import begin, fill, submit_once

STAGE = "in review, PSEA"
SLUG = "understanding-the-iep-process"


def show_credit(demo: Demo) -> None:
    """Units for the member of CTA who earned a badge, hours that are due for the one of PSEA."""
    demo.add_url("my credits", reverse("my-credits"))
    demo.add_url("hours to release", reverse("staff-credits"))
    ask_for_a_unit(demo, demo.people["educator"])
    hand_in_for_hours(demo, demo.people["educator, PSEA"])


def ask_for_a_unit(demo: Demo, educator: User) -> None:
    """An application for one unit, where the hours are there and a term is open."""
    terms, most = choices_for(educator)
    if most and terms and not educator.unit_applications.exists():
        actions.apply(uuid.uuid4(), Wish(terms[0], 1, "1984-05-17"), by=educator)
    for application in educator.unit_applications.order_by("pk")[:1]:
        demo.rows["application for units"] = application
        demo.add_url("application for units", application.get_absolute_url())
        demo.add_url("application to verify", reverse("units-check", args=[application.public_id]))


def hand_in_for_hours(demo: Demo, educator: Any) -> None:
    """A complete submission, so that its fifteen hours wait for release."""
    attempt = begin(demo, STAGE, SLUG, educator)
    if not attempt.consents.exists():
        fill(attempt)
    if attempt.is_editable:
        submit_once(attempt)
    lines = HoursEntry.objects.owned_by(educator).filter(program__code="act-48")
    for line in lines.order_by("pk")[:1]:
        demo.rows["hours due"] = line
        demo.add_url("hours of Act 48", line.get_absolute_url())
