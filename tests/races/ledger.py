"""What the races of credit ask when the dust has settled."""

from credits.invariants import doubly_held_hours, overspent_hours, unit_hours, wrong_letters
from portal.refusal import Refused

TIMES = 100


def holds():
    """Every rule of the ledger, over all rounds."""
    rules = (doubly_held_hours, overspent_hours, unit_hours, wrong_letters)
    return [sentence for rule in rules for sentence in rule()] == []


def kinds(results):
    """What came of each move: the name of a refusal, or ``done``."""
    return sorted("refused" if isinstance(one, Refused) else "done" for one in results)


def broken(results):
    """Whatever is neither an answer nor a refusal."""
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
