"""The search form: words and facets, all optional, so that any address is a valid search."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog import search
from catalog.models import MicroCertification
from catalog.models.stacks import MicroCertificationQuerySet as Rows

FILTERS: dict[str, Callable[[Rows, Any], Rows]] = {
    "topic": Rows.on,
    "association": Rows.offered_by,
    "audience": Rows.meant_for,
    "evidence": Rows.taking,
    "no_data": lambda rows, _wanted: rows.without_classroom_data(),
    "units": lambda rows, _wanted: rows.counting_for_units(),
}


FACET: dict[str, Any] = {"required": False, "max_length": 200, "widget": forms.Select}


class SearchForm(forms.Form):
    """What a visitor looks for; an unknown value finds nothing, it is never an error."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    topic = forms.CharField(label=_("Topic"), **FACET)
    association = forms.CharField(label=_("Association"), **FACET)
    audience = forms.CharField(label=_("Who it is for"), **FACET)
    evidence = forms.CharField(label=_("Evidence you hand in"), **FACET)
    no_data = forms.BooleanField(label=_("No classroom or student data needed"), required=False)
    units = forms.BooleanField(label=_("Counts for university units"), required=False)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The facets that were set, with their values."""
        self.is_valid()
        return {name: value for name in FILTERS if (value := self.cleaned_data.get(name))}

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for in particular."""
        return not self.chosen and not self.cleaned_data.get("q")

    @cached_property
    def found(self) -> Rows:
        """What fits the words, best first, whatever the facets."""
        self.is_valid()
        return search.find(MicroCertification.objects.startable(), self.cleaned_data.get("q", ""))

    def results(self, but: str = "") -> Rows:
        """What fits words and facets; ``but`` leaves one facet open."""
        rows = self.found
        for name, value in self.chosen.items():
            if name != but:
                rows = FILTERS[name](rows, value)
        return rows

    def offer(self, name: str, anything: str, choices: Iterable[tuple[str, str]]) -> None:
        """Fill the list of a facet."""
        field = self.fields[name]
        field.widget.choices = [("", anything), *choices]
