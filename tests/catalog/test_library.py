"""The real library, as it is delivered."""

import re

import pytest

from catalog import actions, loading, rules
from catalog.models import Collection, Edition, MicroCertification, Stack
from tests.factories import AssociationFactory

APPROVED = [
    "assessment-literacy",
    "diversity-equity-and-cultural-competence",
    "english-language-learners",
    "classroom-management",
    "family-engagement",
    "five-core-propositions",
    "supporting-lgbtq-students",
    "exceptional-learners",
    "technology-integration",
]
WITHOUT_CONTENTS = [
    "arts-integration",
    "collective-leadership",
    "virtual-community-organizing",
    "going-public-with-policy-and-pedagogy",
]


@pytest.fixture(scope="module")
def library():
    """The files, read."""
    return loading.read(actions.LIBRARY, {"cta", "psea"})


@pytest.fixture
def loaded(db):
    """The files, as rows."""
    AssociationFactory(slug="cta")
    AssociationFactory(slug="psea")
    actions.load_library()


def entries_of(library):
    return [entry for file in library.stacks for entry in file["micro_certifications"]]


def texts(node):
    """Every text inside an entry."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        return [text for each in node for text in texts(each)]
    return [node] if isinstance(node, str) else []


def test_it_has_18_stacks_and_70_micro_certifications(loaded):
    published = MicroCertification.objects.startable()

    assert Stack.objects.count() == 18
    assert MicroCertification.objects.count() == published.count() == 70
    assert list(Stack.objects.values_list("position", flat=True)) == list(range(1, 19))


def test_the_stacks_without_contents_are_there_to_be_read(loaded):
    empty = Stack.objects.filter(items=None)

    assert list(empty.values_list("slug", flat=True)) == WITHOUT_CONTENTS


def test_25_need_no_classroom_data_and_carry_their_item_numbers(loaded):
    collection = Collection.objects.get(slug="no-classroom-data")
    without = MicroCertification.objects.without_classroom_data()

    assert list(collection.items.values_list("position", flat=True)) == list(range(1, 26))
    assert set(collection.members()) == set(without)


def test_the_approved_stacks_count_for_units(loaded):
    collection = Collection.objects.get(slug="csu-chico-units")

    assert [stack.slug for stack in collection.stacks.all()] == APPROVED
    assert MicroCertification.objects.counting_for_units().count() == 53


def test_each_can_be_worked_on_and_scored(loaded):
    assert list(rules.incomplete_editions()) == []
    assert Edition.objects.count() == 70


def test_loading_it_again_makes_no_new_edition(loaded):
    sentence = actions.load_library()

    assert sentence == "18 stacks and 70 micro-certifications, 0 of them in a new edition."


def test_every_competency_is_one_sentence_about_the_educator(library):
    odd = [
        entry["slug"]
        for entry in entries_of(library)
        if not re.fullmatch(r"The educator\b.*\.", entry["competency"].strip(), re.DOTALL)
    ]

    assert odd == []


def test_every_requirement_is_judged_by_levels_that_differ(library):
    same = [
        (entry["slug"], criterion["title"])
        for entry in entries_of(library)
        for criterion in entry["artifacts"]["criteria"]
        if len({criterion["proficient"], criterion["basic"], criterion["developing"]}) < 3
    ]

    assert same == []


def test_no_one_fails_here(library):
    harsh = [
        (file["stack"]["slug"], text)
        for file in library.stacks
        for text in texts(file)
        if re.search(r"\bfail", text, re.IGNORECASE)
    ]

    assert harsh == []


def test_the_two_in_depth_have_components_and_references(library):
    deep = {entry["slug"]: entry for entry in entries_of(library)}
    iep = deep["iep-implementation-communication-and-collaboration"]
    task = deep["classroom-embedded-performance-assessment"]

    assert [len(entry["method_components"]) >= 4 for entry in (iep, task)] == [True, True]
    assert [bool(entry["resources"]) for entry in (iep, task)] == [True, True]
    assert len(task["research"]) >= 3
