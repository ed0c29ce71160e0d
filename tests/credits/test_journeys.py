"""Two stories through the pages: hours become units; a submission becomes Act 48 hours."""

import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from credits.models import CreditProgram, EnrollmentBatch, HoursEntry, Letter
from credits.tasks import make_waiting
from portal.clock import run_sweeps
from portal.duties import registry
from portal.models import Message
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    TermFactory,
    psea_member,
    psea_staff,
)
from tests.factories import MemberFactory, StaffFactory, decided_round, submitted_round

pytestmark = pytest.mark.django_db


def broken():
    """What the invariants of credit find."""
    rules = [rule for rule in registry.invariants if "credits" in rule.breaches.__module__]
    return [words for rule in rules for words in rule.breaches()]


def send_application(client, educator, term):
    """The educator asks for two units on the page."""
    client.force_login(educator)
    sent = {"key": str(uuid.uuid4()), "term": str(term.public_id), "units": 2}
    client.post("/my/credits/units/apply/", sent)
    return educator.unit_applications.get()


def verify_and_settle(client, application):
    """Staff verify the hours and record the check that came for the fee."""
    client.post(reverse("units-verify", args=[application.public_id]))
    application.refresh_from_db()
    charge = application.charge.public_id
    client.post(reverse("charge-settle", args=[charge]), {"reference": "check 1042"})


def make_batch(client, term):
    """Staff make the batch and download its roster."""
    client.post("/staff/credits/batches/", {"term": str(term.public_id)})
    make_waiting()
    batch = EnrollmentBatch.objects.get()
    return batch, client.get(reverse("batch-roster", args=[batch.public_id, "csv"]))


def test_two_badges_become_two_units_with_a_grade(client):
    educator, staff = MemberFactory(date_of_birth="1980-01-31"), StaffFactory()
    term = TermFactory(program=ChicoFactory())
    decided_round(educator=educator), decided_round(educator=educator)

    application = send_application(client, educator, term)
    client.force_login(staff)
    verify_and_settle(client, application)
    batch, roster = make_batch(client, term)
    answer = f"reference,student_id,grade\n{application.public_id},012345678,CR\n"
    client.post(batch.get_absolute_url(), {"file": SimpleUploadedFile("a.csv", answer.encode())})
    client.force_login(educator)
    page = client.get("/my/credits/").content.decode()

    application.refresh_from_db()
    assert (application.status, application.grade, application.fee_cents) == ("graded", "CR", 15000)
    assert "Graded" in page
    assert [text in roster.content.decode() for text in ("$150.00", "01/31/1980")] == [True, True]
    assert broken() == []


def test_a_submission_becomes_act_48_hours_and_a_letter_within_thirty_days(client):
    Act48Factory(), Chapter14Factory()
    educator, staff = psea_member(), psea_staff()
    with time_machine.travel("2026-09-01T16:00:00Z", tick=False):
        submitted_round(educator)

    with time_machine.travel("2026-09-25T16:00:00Z", tick=False):
        run_sweeps()
    told = Message.objects.filter(template="hours_due", to=staff.email).count()
    with time_machine.travel("2026-09-26T16:00:00Z", tick=False):
        client.force_login(staff)
        lines = client.get("/staff/credits/").context["lines"]
        chosen = [str(line.entry.public_id) for line in lines]
        client.post("/staff/credits/release/", {"entry": chosen})

    hours = HoursEntry.objects.get(program__code="act-48")
    assert told == CreditProgram.objects.count()
    assert [line.days_left for line in lines] == [5, 5]
    assert (hours.status, (hours.issued_on - hours.confirmed_on).days) == ("issued", 25)
    assert [letter.hours for letter in Letter.objects.valid()] == [15]
    assert broken() == []
