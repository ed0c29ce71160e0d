"""Hours that count elsewhere: programs and terms, the ledger, applications for units, letters."""

from credits.models.ledger import HoursEntry, Letter, StateReport
from credits.models.programs import Consent, CreditProgram, Term
from credits.models.units import EnrollmentBatch, UnitApplication, UnitItem

__all__ = [
    "Consent",
    "CreditProgram",
    "EnrollmentBatch",
    "HoursEntry",
    "Letter",
    "StateReport",
    "Term",
    "UnitApplication",
    "UnitItem",
]
