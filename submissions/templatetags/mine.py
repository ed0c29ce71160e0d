"""``{{ mine|at:micro }}``: the attempt one has at a micro-certification."""

from django import template

from catalog.models import MicroCertification
from submissions.context import Mine
from submissions.models import Attempt

register = template.Library()


@register.filter
def at(mine: Mine, micro_certification: MicroCertification) -> Attempt | None:
    """The attempt that goes on; nothing where Start would begin one."""
    return mine.attempts.get(micro_certification.pk)
