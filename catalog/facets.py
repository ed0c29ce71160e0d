"""The facets of a search: what can be chosen, and how many each choice would find."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from catalog.forms import SearchForm
from catalog.models import ArtifactRequirement
from catalog.models.stacks import MicroCertificationQuerySet as Rows

TOTAL = "total"
PATHS = {
    "topic": "stacks__topic",
    "association": "stacks__associations__name",
    "audience": "audiences__name",
}

ANYTHING = {
    "topic": _("Any topic"),
    "association": _("Any association"),
    "audience": _("Anyone"),
    "evidence": _("Any kind of evidence"),
}

Counts = dict[str, dict[str, int]]


def count(form: SearchForm) -> Counts:
    """How many fit, by facet and value, in two queries: each as if its own facet were left open."""
    first = tally(form.results(), TOTAL, text(""))
    others = [tally(form.results(but=name), name, F(path)) for name, path in PATHS.items()]
    counts: Counts = defaultdict(dict, evidence=kinds(form.results(but="evidence")))
    for facet, value, number in first.union(*others, all=True):
        if number and value is not None:
            counts[facet][value] = number
    return counts


def kinds(rows: Rows) -> dict[str, int]:
    """How many rows take each kind of evidence; a list in a row is quicker read than searched."""
    lists = rows.order_by().values_list("evidence_kinds", flat=True)
    return Counter(kind for taken in lists for kind in set(taken))


def total(counts: Counts) -> int:
    """How many fit everything that was asked for."""
    return counts.get(TOTAL, {}).get("", 0)


def tally(rows: Rows, facet: str, value: Value | F) -> QuerySet[Any, Any]:
    """Rows of (facet, value, how many)."""
    grouped = rows.order_by().values(facet=text(facet), value=value)
    return grouped.annotate(number=Count("pk", distinct=True)).values_list(
        "facet", "value", "number"
    )


def text(constant: str) -> Value:
    """A constant column of text."""
    return Value(constant, output_field=CharField())


def offer(form: SearchForm, counts: Counts) -> None:
    """Fill the lists of the form with what can be chosen, and how many each would find."""
    for name, anything in ANYTHING.items():
        values = counts.get(name, {}).keys() | {form.chosen.get(name, "")} - {""}
        form.offer(
            name,
            str(anything),
            [
                (value, f"{called(name, value)} ({counts.get(name, {}).get(value, 0)})")
                for value in sorted(values)
            ],
        )


def called(name: str, value: Any) -> str:
    """What a page calls the choice of a facet."""
    if name == "evidence" and value in ArtifactRequirement.Medium.values:
        return str(ArtifactRequirement.Medium(value).label).capitalize()
    return str(value)


def chosen(form: SearchForm) -> list[tuple[str, str]]:
    """The facets in force: their name, and what the page calls them."""
    return [
        (
            name,
            str(form.fields[name].label)
            if value is True
            else f"{form.fields[name].label}: {called(name, value)}",
        )
        for name, value in form.chosen.items()
    ]
