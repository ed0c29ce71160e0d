"""What the passing of time does to credit: reminders, and forgetting what need not be kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from credits.models import CreditProgram, EnrollmentBatch, HoursEntry, Term, UnitApplication
from portal import mail
from portal.accounts.models import User

DUE_SOON_DAYS = 7
CLOSING_DAYS = 14


def remind_staff() -> int:
    """Write to staff, once a day, of hours that must be released within a week or are overdue."""
    programs = CreditProgram.objects.exclude(issue_within_days=None)
    return sum(remind_staff_of(program) for program in programs.select_related("association"))


@transaction.atomic
def remind_staff_of(program: CreditProgram) -> int:
    """Write to the staff of one program's association; return how many mails were new."""
    today = program.association.today()
    pending = HoursEntry.objects.pending().filter(program=program)
    soon = pending.filter(due_on__lte=today + timedelta(days=DUE_SOON_DAYS)).count()
    if not soon:
        return 0
    counts = {"soon": soon, "overdue": pending.filter(due_on__lt=today).count()}
    event = f"hours-due:{program.code}:{today}"
    people = program.association.staff.filter(is_active=True)
    mails = [
        mail.post("hours_due", to=person.email, event=event, program=program, **counts)
        for person in people
    ]
    return sum(message is not None for message in mails)


def remind_closing() -> int:
    """Write, once for each term, to whoever could still apply in its last two weeks."""
    now = timezone.now().date()
    closing = Term.objects.filter(
        reminded_on=None,
        application_deadline__range=(
            now - timedelta(days=1),
            now + timedelta(days=CLOSING_DAYS),
        ),
    )
    terms = closing.select_related("program__association")
    return sum(remind_closing_of(term) for term in terms if term.is_open)


def remind_closing_of(term: Term) -> int:
    """Write to every educator whose free hours are worth a unit of this term; return how many.

    Each mail is written by itself, and the term is marked when all are: a clock that was stopped
    in the middle leaves what it wrote, and the next one writes the rest.
    """
    unmarked = Term.objects.filter(pk=term.pk, reminded_on=None)
    if not unmarked.exists():
        return 0
    told = [remind_of_closing(term, *one) for one in worth_a_unit(term.program)]
    unmarked.update(reminded_on=term.program.association.today())
    return sum(told)


@transaction.atomic
def remind_of_closing(term: Term, person: User, units: int) -> bool:
    """Write to one educator that a term closes; whether that is new."""
    message = mail.post(
        "term_closing",
        to=person.email,
        event=f"term-closing:{term.public_id}:{term.application_deadline}",
        term=term,
        units=units,
    )
    return message is not None


def worth_a_unit(program: CreditProgram) -> list[tuple[User, int]]:
    """Educators whose free hours in a program are worth at least one unit, with how many."""
    free = HoursEntry.objects.filter(program=program).free_by("educator_id")
    units = {educator: program.units_in(hours) for educator, hours in free.items()}
    able = [key for key, count in units.items() if count]
    people = User.objects.filter(pk__in=able).order_by("pk")
    return [(person, units[person.pk]) for person in people]


def forget() -> int:
    """Blank what identified students once a program's retention is over; return how many rows.

    Numbers, hours and fees stay (SAFETY 7.3).
    """
    return sum(forget_in(program) for program in CreditProgram.objects.all())


@transaction.atomic
def forget_in(program: CreditProgram) -> int:
    """Blank the copies of one program: applications that ended, rosters that were answered."""
    limit = timezone.now() - timedelta(days=program.retention_days)
    applications = UnitApplication.objects.filter(
        term__program=program, status__in=UnitApplication.SETTLED, settled_at__lt=limit
    ).exclude(date_of_birth="", student_id="")
    batches = EnrollmentBatch.objects.filter(term__program=program, confirmed_at__lt=limit).exclude(
        roster=""
    )
    reports = program.reports.filter(made_at__lt=limit).exclude(roster="")
    return (
        applications.update(date_of_birth="", student_id="")
        + batches.update(roster="")
        + reports.update(roster="")
    )
