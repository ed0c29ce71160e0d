"""Programs, terms, earned hours and applications at every stage, made by the real actions."""

import uuid
from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from catalog.models import Collection
from credits import actions
from credits.models import CreditProgram, HoursEntry, Term, UnitApplication
from credits.requests import Wish
from credits.rows import APPLICATION_COLUMNS, ENTRY_COLUMNS
from credits.tasks import make_waiting
from portal.payments import actions as payments
from tests.factories import (
    AssociationFactory,
    EditionFactory,
    MemberFactory,
    StaffFactory,
    started_attempt,
)


class PseaFactory(AssociationFactory):
    slug = "psea"
    time_zone = "America/New_York"


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = CreditProgram
        django_get_or_create = ("code",)

    summary = "Hours that count."
    unit_label = "hour"
    hours_on_completion = Decimal(15)
    hours_on_attainment = Decimal(5)
    issue_within_days = 30
    association = factory.SubFactory(PseaFactory)


class Act48Factory(ProgramFactory):
    code = "act-48"
    name = "Act 48 hours"
    kind = CreditProgram.Kind.STATE_HOURS
    identifier = "ppid"
    identifier_label = "PPID"
    identifier_pattern = "[0-9]{7}"
    consent_required = True
    columns = list(ENTRY_COLUMNS)


class Chapter14Factory(ProgramFactory):
    code = "chapter-14"
    name = "Chapter 14 letter"
    kind = CreditProgram.Kind.LETTER


class ChicoFactory(ProgramFactory):
    code = "chico-units"
    name = "CSU Chico units"
    kind = CreditProgram.Kind.UNITS
    association = factory.SubFactory(AssociationFactory)
    hours_on_completion = Decimal(0)
    hours_on_attainment = Decimal(15)
    hours_per_unit = Decimal(15)
    issue_within_days = None
    unit_label = "unit"
    identifier = "university_id"
    identifier_label = "Chico State Portal ID"
    identifier_pattern = "[0-9]{9}"
    columns = list(APPLICATION_COLUMNS)
    steps = ["Open the Chico State Portal.", "Sign in."]
    notes = ["Grades are posted at the university."]


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    program = factory.SubFactory(ChicoFactory)
    name = factory.Sequence(lambda n: f"Fall {n}")
    academic_year = "2026/27"
    opens_on = date(2020, 1, 1)
    application_deadline = date(2099, 12, 1)
    fee_per_unit_cents = 7500


def psea_member(**fields):
    return MemberFactory(association=PseaFactory(), **fields)


def psea_staff(**fields):
    return StaffFactory(association=PseaFactory(), **fields)


def approve(program, *editions):
    """Make these the only micro-certifications that count in a program."""
    collection = Collection.objects.create(
        slug=f"only-{program.code}", title="Only", description=""
    )
    for position, edition in enumerate(editions, start=1):
        collection.items.create(micro_certification=edition.micro_certification, position=position)
    CreditProgram.objects.filter(pk=program.pk).update(collection=collection)


def earn(educator, hours=15, program=None, kind=HoursEntry.Kind.ATTAINMENT, **fields):
    """Hours an educator has, for an attempt of its own."""
    attempt = fields.pop("attempt", None) or started_attempt(educator, EditionFactory())
    fields = {
        "status": HoursEntry.Status.ISSUED,
        "confirmed_on": date(2026, 9, 1),
        "issued_on": date(2026, 9, 1),
    } | fields
    return HoursEntry.objects.create(
        educator=educator,
        program=program or ChicoFactory(),
        micro_certification=attempt.micro_certification,
        attempt=attempt,
        kind=kind,
        hours=Decimal(hours),
        **fields,
    )


def pending(educator, program=None, **fields):
    """Act 48 hours of a complete submission that wait for release."""
    return earn(
        educator,
        program=program or Act48Factory(),
        kind=fields.pop("kind", HoursEntry.Kind.COMPLETION),
        status=HoursEntry.Status.PENDING,
        due_on=fields.pop("due_on", date(2026, 10, 1)),
        issued_on=None,
        **fields,
    )


def wish(term=None, units=1, date_of_birth=""):
    return Wish(term or TermFactory(), units, date_of_birth)


def applied(educator=None, units=1, term=None, **fields) -> UnitApplication:
    """An application that was just sent, with the hours it needs."""
    educator = educator or MemberFactory()
    for _number in range(units):
        earn(educator)
    return actions.apply(uuid.uuid4(), wish(term, units, **fields), by=educator)


def verified(staff, **fields) -> UnitApplication:
    """An application whose hours staff have verified."""
    application = applied(**fields)
    actions.verify(application, by=staff)
    application.refresh_from_db()
    return application


def paid(staff, **fields) -> UnitApplication:
    """An application whose fee is paid."""
    application = verified(staff, **fields)
    payments.pay(application.charge, "check 12", by=staff)
    application.refresh_from_db()
    return application


def batched(staff, **fields):
    """A batch that was made of one paid application."""
    application = paid(staff, **fields)
    batch = actions.request_batch(application.term, by=staff)
    make_waiting()
    batch.refresh_from_db()
    application.refresh_from_db()
    return batch, application
