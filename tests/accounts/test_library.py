"""The associations come from a file."""

import pytest

from portal.accounts.loading import load_associations
from portal.accounts.models import Association
from portal.refusal import Refused

pytestmark = pytest.mark.django_db

GOOD = """
associations:
  - slug: cta
    name: "CTA"
    full_name: "California Teachers Association"
    time_zone: "America/Los_Angeles"
    headline: "Show it"
    welcome: "Welcome."
    support_email: "help@cta.example"
"""


def file_with(tmp_path, text):
    path = tmp_path / "associations.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_of_the_project_makes_both_associations():
    said = load_associations()

    rows = Association.objects.values_list("slug", "time_zone", "word_for_it")
    assert said == "2 associations"
    assert list(rows) == [
        ("cta", "America/Los_Angeles", "micro-certification"),
        ("psea", "America/New_York", "micro-credential"),
    ]


def test_loading_twice_makes_nothing_new_and_keeps_the_staff(staff):
    load_associations()
    before = list(Association.objects.values())

    load_associations()

    assert list(Association.objects.values()) == before
    assert list(Association.objects.get(slug="cta").staff.all()) == [staff]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("associations: [", "associations.yaml can’t be read: "),
        ("people: []", "associations.yaml: the file needs the field “associations”, a list."),
        ("- a", "associations.yaml: the file needs the field “associations”, a list."),
        (
            "associations: [a]",
            "associations.yaml: the file needs the field “associations”, a list.",
        ),
        (
            GOOD.replace("help@cta.example", "help"),
            "associations.yaml, cta: support_email: Enter a valid email address.",
        ),
        (
            GOOD.replace("America/Los_Angeles", "Pacific"),
            "associations.yaml, cta: time_zone: This is no time zone.",
        ),
        (
            GOOD.replace("headline", "head_line"),
            """associations.yaml, cta: head_line: There is no such field.
associations.yaml, cta: headline: This field cannot be blank.""",
        ),
        (
            GOOD.replace("slug: cta", "id: 7"),
            "associations.yaml, entry 1: slug: This field cannot be blank.",
        ),
    ],
)
def test_a_fault_names_file_entry_and_field_and_loads_nothing(tmp_path, text, words):
    path = file_with(tmp_path, text)

    with pytest.raises(Refused) as refused:
        load_associations(path)

    assert refused.value.words[: len(words)] == words
    assert Association.objects.count() == 0
