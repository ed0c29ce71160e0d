"""Staff set the fee and the dates of a term that is still to come to its end."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credits.models import Term
from portal import journal
from portal.accounts.models import User
from portal.refusal import Refused


@transaction.atomic
def change_term(term: Term, by: User, **changes: Any) -> None:
    """Change a term whose deadline has not passed; applications keep their fee."""
    term = Term.objects.select_for_update().select_related("program__association").get(pk=term.pk)
    if term.is_over:
        raise Refused(
            _("The deadline of %(term)s has passed, so it stays as it was.") % {"term": term.name}
        )
    changes |= {"set_by_staff": True, "reminded_on": None}
    Term.objects.filter(pk=term.pk).update(**changes)
    journal.record("term changed", of=term, by=by, fields=sorted(changes))
