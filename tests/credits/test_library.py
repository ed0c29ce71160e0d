"""Programs and terms come from a file; staff's own terms are never overwritten."""

from datetime import date
from decimal import Decimal

import pytest
import yaml

from catalog.loading import BrokenLibrary
from catalog.models import Collection
from credits import actions
from credits.library import LIBRARY
from credits.models import CreditProgram, Term
from tests.credits.factories import PseaFactory
from tests.factories import AssociationFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """What lower floors have loaded before."""
    AssociationFactory()
    PseaFactory()
    Collection.objects.create(slug="csu-chico-units", title="Approved", description="")


@pytest.fixture
def broken(tmp_path):
    """The file with a change in it."""

    def change(where, value):
        content = yaml.safe_load(LIBRARY.read_text())
        place = content["programs"]
        *path, last = where
        for step in path:
            place = place[step]
        place[last] = value
        file = tmp_path / "library.yaml"
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return file

    return change


def test_the_file_makes_three_programs_with_their_rules(house):
    actions.load_library()

    rules = CreditProgram.objects.order_by("code").values_list(
        "code",
        "association__slug",
        "hours_on_completion",
        "hours_on_attainment",
        "issue_within_days",
    )
    assert list(rules) == [
        ("act-48", "psea", Decimal(15), Decimal(5), 30),
        ("chapter-14", "psea", Decimal(15), Decimal(5), 30),
        ("chico-units", "cta", Decimal(0), Decimal(15), None),
    ]


def test_units_cost_75_dollars_for_15_hours_and_need_a_nine_digit_id(house):
    actions.load_library()

    chico = CreditProgram.objects.get(code="chico-units")
    assert (chico.hours_per_unit, chico.collection.slug) == (15, "csu-chico-units")
    assert {term.fee_per_unit_cents for term in chico.terms.all()} == {7500}
    assert [chico.takes(text) for text in ("123456789", "12345678", "")] == [True, False, False]
    assert len(chico.steps) == 7


def test_the_terms_of_the_source_and_those_of_the_staff_are_there(house):
    actions.load_library()

    terms = Term.objects.values_list("name", "application_deadline", "set_by_staff")
    assert list(terms) == [
        ("Fall ’21", date(2021, 12, 1), False),
        ("Winter ’21/’22", date(2022, 1, 21), False),
        ("Spring ’22", date(2022, 5, 9), False),
        ("Fall ’26", date(2026, 12, 1), True),
        ("Winter ’26/’27", date(2027, 1, 21), True),
        ("Spring ’27", date(2027, 5, 9), True),
    ]


def test_loading_again_changes_nothing_and_keeps_what_staff_set(house):
    actions.load_library()
    term = Term.objects.get(name="Spring ’27")
    actions.change_term(term, by=StaffFactory(), fee_per_unit_cents=8500)

    words = actions.load_library()

    term.refresh_from_db()
    assert words == "3 credit programs, 0 new terms."
    assert (Term.objects.count(), term.fee_per_unit_cents) == (6, 8500)


def test_a_program_may_exclude_another(house, broken):
    actions.load_library(broken([1, "excludes"], ["chico-units"]))

    act48 = CreditProgram.objects.get(code="act-48")
    assert [program.code for program in act48.excludes.all()] == ["chico-units"]


FAULTS = [
    ([0, "association"], "nowhere", "“association” has “nowhere”"),
    ([0, "collection"], "no-list", "“collection” has “no-list”"),
    ([0, "excludes"], ["act-49"], "“excludes” has “act-49”"),
    ([0, "hours_per_unit"], "-15", "hours_per_unit” is “-15”, not a number of hours"),
    ([0, "hours_per_unit"], "fifteen", "not a number of hours"),
    ([0, "hours_per_unit"], "0", "belongs to programs of the kind “units”"),
    ([1, "hours_per_unit"], "30", "belongs to programs of the kind “units”"),
    ([0, "kind"], "points", "is “points”, not one of"),
    ([0, "identifier_pattern"], "[0-9", "not a pattern"),
    ([0, "columns"], ["shoe_size"], "is “shoe_size”, not one of"),
    ([1, "columns"], ["fee_paid"], "has “fee_paid”, which this kind does not know"),
    ([0, "terms", 0, "opens_on"], date(2022, 1, 1), "closes before it opens"),
    ([0, "terms", 0, "application_deadline"], "soon", "is “soon”, not a date"),
    ([0, "terms", 0, "fee_per_unit_cents"], 75.5, "is “75.5”, not a whole number"),
    ([0, "colour"], "green", "“programs › item 1 › colour” is not a field"),
]


@pytest.mark.parametrize(("where", "value", "words"), FAULTS)
def test_a_broken_file_names_file_and_field_and_loads_nothing(house, broken, where, value, words):
    with pytest.raises(BrokenLibrary) as trouble:
        actions.load_library(broken(where, value))

    assert "library.yaml" in trouble.value.words
    assert words in trouble.value.words
    assert CreditProgram.objects.count() == 0


def test_a_file_that_is_no_yaml_is_refused(tmp_path):
    file = tmp_path / "library.yaml"
    file.write_text("programs: [")

    with pytest.raises(BrokenLibrary, match="can’t be read"):
        actions.load_library(file)
