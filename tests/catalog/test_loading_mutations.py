"""Library files with one thing wrong: a sentence names file, entry and field; nothing is loaded."""

from copy import deepcopy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import actions, loading
from catalog.models import Edition, MicroCertification, Stack
from tests.catalog.factories import a_file, an_entry, write_library
from tests.factories import AssociationFactory

WHOLE = a_file(
    an_entry(
        also_known_as=["Story Time"],
        audiences=["K12 Educators"],
        psea_item=3,
        tags=["poem"],
        research=[{"citation": "Rosenblatt (1978).", "url": "https://example.org/r"}],
        resources=[{"title": "A page", "heading": "Read", "url": "https://example.org/a"}],
        alignments=[{"framework": "Core", "name": "RL.1", "url": "https://example.org/c"}],
    ),
    also_known_as=["Books"],
    developed_with="A college",
)
LISTS = {
    "collections": [
        {
            "slug": "chosen",
            "title": "Chosen",
            "description": "Some.",
            "counts_for_units": True,
            "association": "cta",
            "stacks": ["reading-together"],
            "numbered_by": "psea_item",
        }
    ]
}
OPTIONAL = {
    "also_known_as", "developed_with", "audiences", "psea_item", "tags", "research", "resources",
    "alignments", "heading", "count", "any_of", "span", "option", "options", "association",
    "stacks", "numbered_by",
}  # fmt: skip
WRONG = {
    str: [None, 5, 1.5, True, ["x"], {"a": 1}, "", "   ", "nul\0"],
    bool: [None, "yes", 1, [], {}],
    int: [None, "3", 0, -1, 1.5, True, 32_768, 10**30],
    list: [None, "x", 5, {"a": 1}, [None], [5], [["x"]], [{"a": 1}]],
    dict: [None, "x", 5, ["x"]],
}
MAY_BE_EMPTY = {"what_you_learn", "developed_with"}


def paths(node, path=()):
    """The way to every field of a file."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in pairs:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*path, key))


def told(path):
    """A path in one word, for the names of tests."""
    return "/".join(map(str, path))


def at(node, path):
    for key in path:
        node = node[key]
    return node


FIELDS = [path for path in paths(WHOLE) if isinstance(path[-1], str)]
INNER = [path for path in FIELDS if path not in {("stack",), ("micro_certifications",)}]
DROPPABLE = [
    path
    for path in INNER
    if path[-1] not in OPTIONAL and not (path[-1] == "url" and "resources" not in path)
]
LISTED = [path for path in paths(LISTS) if isinstance(path[-1], str) and len(path) > 1]


def changed(path, value, whole=WHOLE):
    """The file with one field of another value."""
    content = deepcopy(whole)
    at(content, path[:-1])[path[-1]] = value
    return content


def without(path, whole=WHOLE):
    """The file with one field left out."""
    content = deepcopy(whole)
    del at(content, path[:-1])[path[-1]]
    return content


def broken(folder, content, lists=LISTS):
    """The faults that are told of a file; none where it loads."""
    folder.mkdir(exist_ok=True)
    for name, held in (("reading-together.yaml", content), ("_collections.yaml", lists)):
        (folder / name).write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    try:
        loading.read(folder, {"cta"})
    except loading.BrokenLibrary as error:
        return error.faults
    return []


def entry_of(path):
    """What a sentence calls the entry that this field is in."""
    if path[0] == "stack":
        return "the stack"
    is_slug = path[2:] == ("slug",)
    return "micro-certification" if is_slug else "micro-certification “reading-aloud”"


def test_the_whole_file_is_read(tmp_path):
    assert broken(tmp_path / "library", WHOLE) == []
    assert len(FIELDS) > 40


@pytest.mark.parametrize("path", DROPPABLE, ids=told)
def test_any_field_left_out_is_named_with_file_and_entry(tmp_path, path):
    faults = broken(tmp_path / "library", without(path))

    assert len(faults) == 1
    assert faults[0].startswith(f"reading-together.yaml, {entry_of(path)}")
    assert f"{path[-1]}” is missing." in faults[0]


def wrong_values(path):
    """Values that can't stand in a field."""
    is_free = path[-1] in MAY_BE_EMPTY
    blank = {"", "   "} if is_free else set()
    return [v for v in WRONG[type(at(WHOLE, path))] if not (isinstance(v, str) and v in blank)]


@pytest.mark.parametrize("path", INNER, ids=told)
def test_any_field_of_a_wrong_type_is_named_with_file_and_entry(tmp_path, path):
    values = wrong_values(path)

    found = [broken(tmp_path / "library", changed(path, value)) for value in values]

    start = f"reading-together.yaml, {entry_of(path)[:19]}"
    assert [value for value, faults in zip(values, found, strict=True) if not faults] == []
    assert [faults for faults in found if not faults[0].startswith(start)] == []
    assert [faults for faults in found if not any(path[-1] in fault for fault in faults)] == []
    assert [fault for faults in found for fault in faults if not fault.endswith(".")] == []


@pytest.mark.parametrize("path", INNER, ids=told)
def test_any_misspelled_field_is_told(tmp_path, path):
    misspelled = (*path[:-1], f"{path[-1]}s")

    faults = broken(tmp_path / "library", changed(misspelled, at(WHOLE, path)))

    assert len(faults) == 1
    assert f"{path[-1]}s” is not a" in faults[0] or "is “" in faults[0]


@pytest.mark.parametrize("path", LISTED, ids=told)
def test_any_field_of_a_collection_of_a_wrong_type_is_told(tmp_path, path):
    faults = [
        broken(tmp_path / "library", WHOLE, changed(path, value, LISTS))
        for value in WRONG[type(at(LISTS, path))]
    ]

    assert [found for found in faults if not found] == []
    assert {fault.partition(",")[0] for found in faults for fault in found} == {"_collections.yaml"}
    assert all(path[-1] in fault for found in faults for fault in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("? [a, b]\n: c\n", "a field has a list or a set for its name in line 1"),
        ("a:\n  ? {b: c}\n  : d\n", "a field has a list or a set for its name in line 2"),
        ("a: x\x07y\n", "unacceptable character #x0007: control characters are not allowed"),
        ("a: 2026-13-45\n", "month must be in 1..12"),
        ("a: !!int many\n", "invalid literal for int() with base 10: 'many'"),
        ("a: 1\n---\nb: 2\n", "but found another document in line 2"),
        ("a: [1, 2\n", "did not find expected ',' or ']' in line 1"),
    ],
)
def test_a_file_that_yaml_cannot_take_is_told_with_the_reason(tmp_path, text, reason):
    folder = write_library(tmp_path / "library", WHOLE)
    (folder / "odd.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(loading.BrokenLibrary) as error:
        loading.read(folder, {"cta"})

    assert len(error.value.faults) == 1
    assert error.value.faults[0].startswith("odd.yaml can’t be read: ")
    assert reason in error.value.faults[0] or "line" in error.value.faults[0]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(INNER), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner),
    max_leaves=5,
))  # fmt: skip
def test_whatever_stands_in_a_field_it_loads_or_is_told_and_never_breaks(
    tmp_path_factory, path, value
):
    faults = broken(tmp_path_factory.mktemp("any"), changed(path, value))

    assert [fault for fault in faults if ".yaml, " not in fault or not fault.endswith(".")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        without(("micro_certifications", 0, "overview", "passing")),
        changed(("stack", "position"), 0),
    ],
)
def test_beside_a_broken_file_the_whole_ones_are_not_loaded_either(tmp_path, content):
    AssociationFactory(slug="cta")
    other = a_file(an_entry(slug="whole"), slug="whole-stack", position=2)
    folder = write_library(tmp_path / "library", other)
    (folder / "reading-together.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")

    with pytest.raises(loading.BrokenLibrary):
        actions.load_library(folder)

    counts = [model.objects.count() for model in (Stack, MicroCertification, Edition)]
    assert counts == [0, 0, 0]
