"""My credits: what an educator has in each program, and what comes next."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credits.models import CreditProgram, HoursEntry, Letter, Term, UnitApplication
from portal.accounts.models import User
from portal.templatetags.portal import hours

ZERO = Decimal(0)


@dataclass
class Account:
    """One program of an educator: its lines, sums, letters, applications, open terms."""

    program: CreditProgram
    is_member: bool
    has_identity: bool
    entries: list[HoursEntry] = field(default_factory=list)
    free: Decimal = ZERO
    letters: list[Letter] = field(default_factory=list)
    applications: list[UnitApplication] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def sum_of(self, *statuses: str) -> Decimal:
        """The hours of the lines that stand there and are not on hold."""
        lines = (line for line in self.entries if not line.hold)
        return sum((line.hours for line in lines if line.status in statuses), ZERO)

    @property
    def issued(self) -> Decimal:
        """Hours the educator has."""
        return self.sum_of(*HoursEntry.RELEASED)

    @property
    def pending(self) -> Decimal:
        """Hours that wait for release."""
        return self.sum_of(HoursEntry.Status.PENDING)

    @property
    def on_hold(self) -> Decimal:
        """Hours that neither count nor are released until staff have looked into them."""
        lines = (line for line in self.entries if line.hold and line.status != line.Status.VOID)
        return sum((line.hours for line in lines), ZERO)

    @property
    def in_applications(self) -> Decimal:
        """Hours held by or spent on applications."""
        return sum((entry.spent for entry in self.entries), ZERO)

    @property
    def units(self) -> int:
        """Whole units the free hours are worth."""
        return self.program.units_in(self.free)

    @property
    def is_units(self) -> bool:
        """Whether hours become units here."""
        return self.program.kind == CreditProgram.Kind.UNITS

    @property
    def needs_identity(self) -> bool:
        """Whether hours can't be reported because the identifier or the consent is missing."""
        return self.program.consent_required and not self.has_identity

    @property
    def next_due(self) -> date | None:
        """The first day by which waiting hours must be released."""
        waiting = [line for line in self.entries if line.status == line.Status.PENDING]
        return min((line.due_on for line in waiting if line.due_on and not line.hold), default=None)

    def what_next(self) -> str:
        """One sentence that says what to do, or what to wait for."""
        if not self.is_member and self.program.membership_required:
            return _(
                "This needs membership of %(name)s when you click Start. You keep your badge."
            ) % {"name": self.program.association}
        return self.next_for_units() if self.is_units else self.next_for_hours()

    def next_for_units(self) -> str:
        """What comes next where hours become units."""
        if not self.units:
            short = (self.program.hours_per_unit or ZERO) - self.free
            return _(
                "%(hours)s more hours make a unit. Earn a micro-certification to get them."
            ) % {"hours": hours(short)}
        if not self.terms:
            return _(
                "No term takes applications at the moment. Your hours stay here until one does."
            )
        words = ngettext(
            "Your hours are worth %(units)d unit. Apply for %(term)s by %(day)s.",
            "Your hours are worth %(units)d units. Apply for %(term)s by %(day)s.",
            self.units,
        )
        term = self.terms[0]
        day = f"{term.application_deadline:%B %-d, %Y}"
        return words % {"units": self.units, "term": term.name, "day": day}

    def next_for_hours(self) -> str:
        """What comes next where hours are released by staff."""
        if self.next_due:
            late = self.next_due < self.program.association.today()
            words = (
                _("%(hours)s hours wait for release. They are late (%(day)s); staff were reminded.")
                if late
                else _("%(hours)s hours wait for release. The first of them come by %(day)s.")
            )
            return words % {
                "hours": hours(self.pending),
                "day": f"{self.next_due:%B %-d, %Y}",
            }
        return _("A complete submission earns %(first)s hours here, the badge %(more)s more.") % {
            "first": hours(self.program.hours_on_completion),
            "more": hours(self.program.hours_on_attainment),
        }


def accounts_of(user: User) -> list[Account]:
    """Every program of the educator's association, and each in which they have hours."""
    mine = Q(association=user.association_id) | Q(hours__educator=user)
    programs = CreditProgram.objects.filter(mine).select_related("association").distinct()
    member_of = set(user.memberships.active().values_list("association_id", flat=True))
    agreed = set(user.credit_consents.values_list("program_id", flat=True))
    accounts = {
        program.pk: Account(
            program,
            is_member=program.association_id in member_of,
            has_identity=program.pk in agreed and program.takes(program.identifier_of(user)),
        )
        for program in programs
    }
    fill(accounts, user)
    return list(accounts.values())


def fill(accounts: dict[int, Account], user: User) -> None:
    """Put lines, free hours, letters, applications and open terms where they belong."""
    lines = HoursEntry.objects.owned_by(user).with_left()
    for entry in lines.select_related("micro_certification", "program", "attempt"):
        accounts[entry.program_id].entries.append(entry)
    for program_id, free in free_hours(user).items():
        accounts[program_id].free = free
    letters = Letter.objects.owned_by(user).valid().select_related("micro_certification")
    for letter in letters:
        accounts[letter.program_id].letters.append(letter)
    applications = UnitApplication.objects.owned_by(user).select_related("term", "charge")
    for application in applications:
        accounts[application.term.program_id].applications.append(application)
    for term in open_terms(set(accounts)):
        accounts[term.program_id].terms.append(term)


def free_hours(user: User) -> dict[int, Decimal]:
    """Hours that may be spent, for each program."""
    lines = HoursEntry.objects.owned_by(user).filter(program__kind=CreditProgram.Kind.UNITS)
    return lines.free_by("program_id")


def open_terms(programs: set[int]) -> list[Term]:
    """Terms of these programs that take applications today, the first to close first."""
    terms = Term.objects.filter(program__in=programs).select_related("program__association")
    return [term for term in terms if term.is_open]


def choices_for(user: User) -> tuple[list[Term], int]:
    """The terms this educator could apply for now, and the most units their hours are worth."""
    free = free_hours(user)
    worth = {
        program.pk: program.units_in(free[program.pk])
        for program in CreditProgram.objects.filter(pk__in=free)
    }
    programs = {pk for pk, units in worth.items() if units}
    return open_terms(programs), max(worth.values(), default=0)
