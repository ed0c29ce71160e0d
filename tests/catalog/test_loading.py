"""Broken library files: every fault is told, with file, entry and field."""

import pytest

from catalog import loading
from tests.catalog.factories import a_file, an_entry, write_library


def faults_of(folder, associations=frozenset({"cta"})):
    with pytest.raises(loading.BrokenLibrary) as broken:
        loading.read(folder, associations)
    return broken.value.faults


def entry_fault(tmp_path, **changes):
    return faults_of(write_library(tmp_path / "library", a_file(an_entry(**changes))))


def artifacts(**changes):
    return an_entry()["artifacts"] | changes


def test_a_whole_library_is_read_in_the_order_of_its_stacks(tmp_path):
    late = a_file(slug="late", position=9)
    folder = write_library(tmp_path / "library", late, a_file(an_entry()))

    library = loading.read(folder, {"cta"})

    assert [file["stack"]["slug"] for file in library.stacks] == ["reading-together", "late"]
    assert library.collections == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": 5}, "“title” is not text."),
        ({"summary": "  "}, "“summary” is empty."),
        ({"title": "x" * 161}, "“title” is longer than 160 characters."),
        (
            {"requires_classroom_data": "no"},
            "“requires_classroom_data” is “no”, not true or false.",
        ),
        ({"psea_item": 0}, "“psea_item” is “0”, not a whole number from 1."),
        ({"psea_item": True}, "“psea_item” is “True”, not a whole number from 1."),
        ({"tags": "reading"}, "“tags” is not a list."),
        ({"tags": ["ok", 7]}, "“tags › item 2” is not text."),
        ({"sumary": "A typo."}, "“sumary” is not a field of this format."),
        ({"method_components": []}, "“method_components” has 0 of the 1 it needs at least."),
        (
            {"method_components": ["x"]},
            "“method_components › item 1” is not a set of named fields.",
        ),
        (
            {"overview": {"questions": ["Why?"]}},
            "“overview › passing” is missing.",
        ),
        (
            {"resources": [{"title": "A page", "url": "example.org"}]},
            "“resources › item 1 › url” is “example.org”, not a web address.",
        ),
        (
            {"resources": [{"title": "A page", "url": f"https://example.org/{'x' * 500}"}]},
            "“resources › item 1 › url” is longer than 500 characters.",
        ),
        (
            {"artifacts": artifacts(options=["A"])},
            "“artifacts › options” is not a set of named values.",
        ),
    ],
)
def test_a_wrong_value_is_told_with_file_entry_and_field(tmp_path, changes, complaint):
    faults = entry_fault(tmp_path, **changes)

    start = "reading-together.yaml, micro-certification “reading-aloud”: the field "
    assert faults == [start + complaint]


def test_a_kind_of_evidence_that_nobody_knows_is_told_with_those_there_are(tmp_path):
    requirement = artifacts()["requirements"][0] | {"kinds": ["document", "hologram"]}
    other = artifacts()["requirements"][1]

    faults = entry_fault(tmp_path, artifacts=artifacts(requirements=[requirement, other]))

    assert faults == [
        (
            "reading-together.yaml, micro-certification “reading-aloud”: the field “artifacts › "
            "requirements › item 1 › kinds › item 2” is “hologram”, not one of document, "
            "presentation, spreadsheet, image, audio, video, link."
        )
    ]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda a: a["requirements"].append(a["requirements"][0]),
            "“artifacts › requirements” has the key “plan” 2 times.",
        ),
        (
            lambda a: a["criteria"].pop(),
            "“artifacts › criteria” has none for the requirement “recording”.",
        ),
        (
            lambda a: a["criteria"].append(a["criteria"][0] | {"requirement": "poem"}),
            "“artifacts › criteria” judges “poem”, which is no requirement here.",
        ),
        (
            lambda a: a["requirements"][0].update(option="B"),
            "“artifacts › options” and the requirements do not agree on option B.",
        ),
        (
            lambda a: a.update(options={"A": "An option that asks for nothing."}),
            "“artifacts › options” and the requirements do not agree on option A.",
        ),
    ],
)
def test_parts_that_do_not_fit_one_another_are_told(tmp_path, change, complaint):
    changed = artifacts()
    change(changed)

    faults = entry_fault(tmp_path, artifacts=changed)

    start = "reading-together.yaml, micro-certification “reading-aloud”: the field "
    assert faults == [start + complaint]


def test_an_entry_without_a_slug_is_called_by_its_place(tmp_path):
    nameless = an_entry()
    del nameless["slug"]
    folder = write_library(tmp_path / "library", a_file(nameless, "words"))

    faults = faults_of(folder)

    assert faults == [
        "reading-together.yaml, micro-certification 1: the field “slug” is missing.",
        "reading-together.yaml, micro-certification 2: it is not a set of named fields.",
    ]


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    other = a_file(an_entry(slug="Wrong Slug"), slug="other", position=2)
    del other["stack"]["topic"]
    folder = write_library(tmp_path / "library", other, a_file(an_entry(summary=None)))

    faults = faults_of(folder)

    assert faults == [
        "other.yaml, the stack: the field “topic” is missing.",
        (
            "other.yaml, micro-certification “Wrong Slug”: the field “slug” is “Wrong Slug”, not a "
            "name of small letters, digits and hyphens."
        ),
        (
            "reading-together.yaml, micro-certification “reading-aloud”: the field “summary” is "
            "not text."
        ),
    ]


def test_a_name_longer_than_its_column_is_told(tmp_path):
    faults = entry_fault(tmp_path, slug="x" * 101)

    assert faults[0].endswith("the field “slug” is longer than 100 characters.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"stack: [unclosed", "did not find expected ',' or ']' in line 2"),
        (b"stack:\n  slug: a\n  slug: b\n", "the field “slug” stands twice in line 2"),
        (b"stack: \xff\xfe", "it is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_yaml_is_told_with_the_line(tmp_path, content, reason):
    folder = write_library(tmp_path / "library", a_file(an_entry()))
    (folder / "broken.yaml").write_bytes(content)

    faults = faults_of(folder)

    assert faults == [f"broken.yaml can’t be read: {reason}."]


@pytest.mark.parametrize("content", ["just words", "stack: {}", "micro_certifications: 5"])
def test_a_file_of_another_shape_is_told(tmp_path, content):
    folder = write_library(tmp_path / "library")
    (folder / "odd.yaml").write_text(content)

    faults = faults_of(folder)

    assert faults == [
        "odd.yaml: the file needs the fields “stack” and “micro_certifications” (a list)."
    ]


def test_an_empty_file_is_told(tmp_path):
    folder = write_library(tmp_path / "library", a_file(an_entry()))
    (folder / "empty.yaml").write_text("")

    faults = faults_of(folder)

    assert faults == [
        "empty.yaml: the file needs the fields “stack” and “micro_certifications” (a list)."
    ]


def test_an_empty_folder_is_told(tmp_path):
    faults = faults_of(write_library(tmp_path / "library"))

    assert faults == [f"There is no library file in {tmp_path / 'library'}."]


def test_names_that_stand_twice_or_lead_nowhere_are_told(tmp_path):
    twin = a_file(an_entry(), slug="twin", associations=["cta", "moon"])
    misnamed = a_file(an_entry(slug="third"), position=3)
    folder = write_library(tmp_path / "library", twin, misnamed)
    (folder / "reading-together.yaml").rename(folder / "misnamed.yaml")

    faults = faults_of(write_more(folder))

    assert faults == [
        "misnamed.yaml, the stack: the field “slug” is “reading-together”, not the file’s name.",
        "twin.yaml, the stack: the field “associations” has “moon”, which is not known.",
        "twin.yaml, the stack: the field “position” is “1”, as in more.yaml.",
        "twin.yaml, an entry: the field “slug” is “reading-aloud”, as in more.yaml.",
    ]


def write_more(folder):
    import yaml

    text = yaml.safe_dump(a_file(an_entry(), slug="more"), allow_unicode=True)
    (folder / "more.yaml").write_text(text, encoding="utf-8")
    return folder


def test_collections_that_lead_nowhere_are_told(tmp_path):
    collection = {
        "slug": "best",
        "title": "Best",
        "description": "The best.",
        "counts_for_units": False,
        "association": "moon",
        "stacks": ["gone"],
    }
    folder = write_library(tmp_path / "library", a_file(an_entry()), collections=[collection])

    faults = faults_of(folder)

    assert faults == [
        "_collections.yaml, collection “best”: the field “stacks” has “gone”, which is not known.",
        (
            "_collections.yaml, collection “best”: the field “association” has “moon”, which is "
            "not known."
        ),
    ]


def test_a_wrong_collection_is_told(tmp_path):
    folder = write_library(tmp_path / "library", a_file(an_entry()), collections=[{"slug": "x"}])

    faults = faults_of(folder)

    assert (
        faults[0]
        == "_collections.yaml, the list: the field “collections › item 1 › title” is missing."
    )
