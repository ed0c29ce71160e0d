"""Loading: wholly or not at all, the same again changes nothing, a change is a new edition."""

import pytest
from django.core.management import CommandError, call_command

from catalog import actions, signals
from catalog.models import (
    ArtifactRequirement,
    Audience,
    Collection,
    Criterion,
    Edition,
    Level,
    MicroCertification,
    Part,
    Question,
    Reference,
    Stack,
    StackItem,
)
from portal import duties
from portal.models import Entry
from portal.refusal import Refused
from tests.catalog.factories import a_file, an_entry, write_library
from tests.factories import AssociationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    """Loads files; CTA and PSEA share the portal."""
    AssociationFactory(slug="cta")
    AssociationFactory(slug="psea")

    def load(*files, collections=None):
        return actions.load_library(
            write_library(tmp_path / "library", *files, collections=collections)
        )

    return load


def everything():
    """Every row of the catalog, with all its columns."""
    models = (
        Stack, StackItem, MicroCertification, Edition, Part, Question, ArtifactRequirement,
        Criterion, Level, Reference, Collection, Audience,
    )  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_a_file_becomes_a_stack_with_its_micro_certifications(load):
    sentence = load(a_file(an_entry(), an_entry(slug="second", title="Second", tags=["poem"])))

    stack = Stack.objects.get()
    assert sentence == "1 stacks and 2 micro-certifications, 2 of them in a new edition."
    assert (stack.title, stack.topic, stack.issuer) == ("Reading Together", "Literacy", "nea")
    assert [str(each) for each in stack.items.all()] == ["1. Reading Aloud", "2. Second"]
    assert [each.name for each in stack.audiences.all()] == ["K12 Educators", "Teacher Leaders"]
    assert [each.slug for each in stack.associations.all()] == ["cta"]


def test_an_entry_becomes_an_edition_of_five_parts(load):
    load(a_file(an_entry()))

    edition = Edition.objects.get()
    parts = list(edition.parts.values_list("number", "kind", "passing", "word_min", "word_max"))
    assert (edition.number, edition.status) == (1, "published")
    assert edition.competency == "The educator reads aloud so that listeners think along."
    assert parts == [
        (0, "agreement", "", None, None),
        (1, "overview", "The setting is clear.", 250, 500),
        (2, "artifacts", "", None, None),
        (3, "reflection", "A change is named.", None, None),
        (4, "final", "", None, None),
    ]


def test_part_2_asks_and_judges_what_the_entry_says(load):
    load(a_file(an_entry()))

    plan, recording = ArtifactRequirement.objects.all()
    criterion = recording.criteria.get()
    assert (plan.count, plan.kinds, plan.any_of) == (1, ["document"], [])
    assert (recording.count, recording.span) == (2, "2-3 minutes")
    assert recording.any_of == ["video", "podcast"]
    assert criterion.title == "The recording is sound"
    assert list(criterion.levels.values_list("label", "description", "meets_bar")) == [
        ("Proficient", "Three stops.", True),
        ("Basic", "One stop.", False),
        ("Developing", "No stop.", False),
    ]


@pytest.mark.parametrize(
    ("kind", "passing"),
    [("overview", "The setting is clear."), ("reflection", "A change is named.")],
)
def test_a_written_part_is_judged_by_its_passing_statement(load, kind, passing):
    load(a_file(an_entry()))

    criterion = Criterion.objects.get(part__kind=kind)
    levels = list(criterion.levels.values_list("label", "description", "meets_bar"))
    assert criterion.requirement is None
    assert levels[0] == ("Passing", passing, True)
    assert (levels[1][0], levels[1][2]) == ("Not yet", False)


def test_research_and_resources_keep_their_order_and_links(load):
    research = [{"citation": "Rosenblatt (1978)."}]
    resources = [{"title": "A page", "heading": "Read", "url": "https://example.org/a"}]

    load(a_file(an_entry(research=research, resources=resources)))

    assert list(Reference.objects.values_list("position", "kind", "heading", "text", "url")) == [
        (1, "research", "", "Rosenblatt (1978).", ""),
        (2, "resource", "Read", "A page", "https://example.org/a"),
    ]


def test_the_facts_that_a_search_needs_are_written_down(load):
    load(a_file(an_entry(tags=["picture books"], also_known_as=["Read-Aloud"])))

    row = MicroCertification.objects.get()
    assert row.evidence_kinds == ["document", "audio", "video"]
    assert row.audience_names == ["K12 Educators", "Teacher Leaders"]
    assert row.words.splitlines() == [
        "Reading Aloud",
        "Read-Aloud",
        "picture books",
        "Reading Together",
        "Literacy",
        "Read aloud with questions.",
        "The educator reads aloud so that listeners think along.",
        "Plan, and recording",
        "Stops",
    ]


def test_an_audience_of_its_own_takes_the_place_of_the_stacks(load):
    load(a_file(an_entry(audiences=["Bus Drivers"])))

    row = MicroCertification.objects.get()
    assert [each.name for each in row.audiences.all()] == ["Bus Drivers"]


def test_loading_the_same_files_again_changes_nothing(load):
    files = a_file(an_entry()), a_file(slug="empty", position=2)
    load(*files)
    before = everything()

    sentence = load(*files)

    assert sentence == "2 stacks and 1 micro-certifications, 0 of them in a new edition."
    assert everything() == before


def test_the_order_of_fields_makes_no_new_edition(load):
    load(a_file(an_entry()))

    load(a_file(dict(reversed(an_entry().items()))))

    assert Edition.objects.count() == 1


def test_a_changed_entry_becomes_a_new_edition_and_retires_the_old_one(load):
    load(a_file(an_entry()))
    old = Edition.objects.get()

    load(a_file(an_entry(competency="The educator reads better.")))

    old.refresh_from_db()
    new = Edition.objects.get(status=Edition.Status.PUBLISHED)
    assert (old.status, old.competency) == (
        "retired",
        "The educator reads aloud so that listeners think along.",
    )
    assert (new.number, new.competency) == (2, "The educator reads better.")
    assert old.parts.count() == new.parts.count() == 5


def test_an_entry_that_goes_back_to_its_old_words_is_a_third_edition(load):
    load(a_file(an_entry()))
    load(a_file(an_entry(summary="Other words.")))

    load(a_file(an_entry()))

    assert list(Edition.objects.values_list("number", "status")) == [
        (1, "retired"),
        (2, "retired"),
        (3, "published"),
    ]


def test_an_edition_written_in_the_portal_outlives_the_next_loading(load):
    load(a_file(an_entry()))
    row = MicroCertification.objects.get()
    own = row.editions.create(number=2, status="in_review", competency="Ours.", key_method="Do.")
    own.publish(row.editions.first().published_on)

    load(a_file(an_entry()))

    assert list(row.editions.values_list("number", "status")) == [(1, "retired"), (2, "published")]


def test_the_texts_and_the_order_of_a_stack_are_brought_up_to_date(load):
    load(a_file(an_entry(), an_entry(slug="second", title="Second")))

    load(
        a_file(
            an_entry(slug="second", title="Second"),
            an_entry(),
            description="New words.",
            associations=["psea"],
        )
    )

    stack = Stack.objects.get()
    assert stack.description == "New words."
    assert [each.slug for each in stack.associations.all()] == ["psea"]
    assert [str(each) for each in stack.items.all()] == ["1. Second", "2. Reading Aloud"]
    assert Edition.objects.count() == 2


def test_what_leaves_the_library_can_be_started_no_more(load):
    load(a_file(an_entry()))

    load(a_file())

    assert list(Edition.objects.values_list("status", flat=True)) == ["retired"]
    assert Stack.objects.get().items.count() == 0


def test_what_comes_back_can_be_started_again(load):
    load(a_file(an_entry()))
    load(a_file())

    load(a_file(an_entry()))

    assert list(Edition.objects.values_list("number", "status")) == [
        (1, "retired"),
        (2, "published"),
    ]


def test_a_broken_file_leaves_nothing_half_loaded(load):
    good = a_file(an_entry())
    broken = a_file(an_entry(slug="other", kinds=[]), slug="other", position=2)

    with pytest.raises(Refused):
        load(good, broken)

    assert everything() == {key: [] for key in everything()}


def test_a_broken_change_leaves_everything_as_it_was(load):
    load(a_file(an_entry()))
    before = everything()

    with pytest.raises(Refused):
        load(a_file(an_entry(summary=None), title="Renamed"))

    assert everything() == before


def test_a_listener_that_refuses_rolls_everything_back(load):
    def refuse(sender, **kwargs):
        raise Refused("No badge for this.")

    signals.library_loaded.connect(refuse)
    try:
        with pytest.raises(Refused):
            load(a_file(an_entry()))
    finally:
        signals.library_loaded.disconnect(refuse)

    assert MicroCertification.objects.count() == 0


def test_each_new_edition_is_journaled(load):
    load(a_file(an_entry()))
    load(a_file())

    entries = Entry.objects.filter(subject="catalog.edition").order_by("pk")
    assert list(entries.values_list("event", "facts")) == [
        ("edition published", {"number": 1}),
        ("edition retired", {"number": 1}),
    ]


def test_a_collection_numbers_its_members_and_names_its_stacks(load):
    collections = [
        {
            "slug": "numbered",
            "title": "Numbered",
            "description": "By number.",
            "counts_for_units": False,
            "numbered_by": "psea_item",
            "association": "psea",
        },
        {
            "slug": "approved",
            "title": "Approved",
            "description": "Units.",
            "counts_for_units": True,
            "stacks": ["reading-together"],
        },
    ]
    entries = an_entry(psea_item=7), an_entry(slug="second", title="Second")

    load(a_file(*entries), collections=collections)
    load(a_file(*entries), collections=collections)

    numbered, approved = Collection.objects.order_by("-slug")
    assert [str(each) for each in numbered.items.all()] == ["7. Reading Aloud"]
    assert numbered.association.slug == "psea"
    assert [str(each) for each in approved.stacks.all()] == ["Reading Together"]
    assert [str(each) for each in approved.members()] == ["Reading Aloud", "Second"]


def test_the_command_runs_every_step_in_order_and_prints_a_sentence(monkeypatch, capsys):
    steps = [
        duties.Step(20, "second", lambda: "two loaded."),
        duties.Step(10, "first", lambda: "one loaded."),
    ]
    monkeypatch.setattr(duties.registry, "library", steps)

    call_command("load_library")

    assert capsys.readouterr().out == "first: one loaded.\nsecond: two loaded.\n"


def test_the_command_tells_all_faults_and_keeps_nothing_of_the_steps_before(monkeypatch, tmp_path):
    folder = write_library(tmp_path / "library", a_file(an_entry(title="", summary="")))
    steps = [
        duties.Step(10, "first", lambda: str(AssociationFactory(slug="cta"))),
        duties.Step(20, "catalog", lambda: actions.load_library(folder)),
    ]
    monkeypatch.setattr(duties.registry, "library", steps)

    with pytest.raises(CommandError) as error:
        call_command("load_library")

    start = "reading-together.yaml, micro-certification “reading-aloud”: the field "
    assert str(error.value).splitlines() == [
        "Nothing was loaded. Please mend this first:",
        f"{start}“summary” is empty.",
        f"{start}“title” is empty.",
    ]
    assert AssociationFactory._meta.model.objects.count() == 0
