"""A new edition, or none any more: who has started goes on with the text they started with."""

import pytest

from catalog import actions
from catalog.models import Edition
from portal.refusal import Refused
from submissions import actions as work
from submissions.models import Attempt, Submission
from tests.catalog.factories import a_file, an_entry, write_library
from tests.factories import AssociationFactory, MemberFactory, finish_parts, started_attempt

pytestmark = pytest.mark.django_db
PAGE = "/micro-certifications/reading-aloud/"


@pytest.fixture
def load(tmp_path):
    """Loads a library of these entries."""
    AssociationFactory(slug="cta")

    def load(*entries):
        return actions.load_library(write_library(tmp_path / "library", a_file(*entries)))

    return load


@pytest.fixture
def attempt(load, educator):
    """An attempt with edition 1, begun before the text changed."""
    load(an_entry())
    return started_attempt(educator, Edition.objects.get())


def reworded():
    passing = {"questions": ["Who listens?"], "passing": "The listeners are named."}
    return an_entry(competency="The educator reads aloud, anew.", overview=passing)


def test_an_open_attempt_keeps_its_edition_when_a_new_one_is_published(load, attempt):
    load(reworded())

    attempt.refresh_from_db()
    assert list(Edition.objects.values_list("number", "status")) == [
        (1, "retired"),
        (2, "published"),
    ]
    assert (attempt.edition.number, attempt.status) == (1, "in_progress")


def test_an_open_attempt_still_asks_the_questions_it_began_with(load, attempt, signed_in):
    load(reworded())

    own = signed_in.get(f"{attempt.get_absolute_url()}parts/1/").content.decode()
    public = signed_in.get(PAGE).content.decode()

    assert ("Whom do you read to?" in own, "Who listens?" in own) == (True, False)
    assert ("Whom do you read to?" in public, "Who listens?" in public) == (False, True)


def test_whoever_starts_now_gets_the_new_edition(load, attempt):
    load(reworded())

    later = work.start(attempt.micro_certification, by=MemberFactory())

    assert (attempt.edition.number, later.edition.number) == (1, 2)


def test_a_second_click_on_start_leads_back_to_the_attempt_with_the_old_edition(load, attempt):
    load(reworded())

    again = work.start(attempt.micro_certification, by=attempt.educator)

    assert (again.pk, again.edition.number) == (attempt.pk, 1)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("after", [(), ("another",)])
def test_an_attempt_is_finished_and_passed_after_its_text_has_left_the_library(
    load, attempt, after
):
    load(*(an_entry(slug=slug, title=slug) for slug in after))
    finish_parts(attempt, word="two words")
    attempt.refresh_from_db()

    submission = work.submit(attempt)
    Submission.objects.filter(pk=submission.pk).update(status="scoring")
    submission.refresh_from_db()
    work.decide(submission, "pass", list(submission.parts.values_list("part_id", flat=True)))

    attempt.refresh_from_db()
    assert (attempt.status, attempt.edition.status) == ("passed", "retired")


def test_what_has_left_the_library_can_be_read_and_started_no_more(load, attempt, client):
    load()
    newcomer = MemberFactory()

    with pytest.raises(Refused):
        work.start(attempt.micro_certification, by=newcomer)

    client.force_login(newcomer)
    assert client.get(PAGE).status_code == 200
    assert client.get("/micro-certifications/reading-aloud.pdf").status_code == 404
    assert Attempt.objects.owned_by(newcomer).count() == 0


def test_the_requirements_page_of_an_open_attempt_opens_after_its_text_has_left(
    load, attempt, signed_in
):
    load()

    pages = [
        signed_in.get(attempt.get_absolute_url()).status_code,
        *(
            signed_in.get(f"{attempt.get_absolute_url()}parts/{number}/").status_code
            for number in range(4)
        ),
    ]

    assert pages == [200] * 5


def test_reloading_the_same_text_publishes_nothing_and_touches_no_attempt(load, attempt):
    before = list(Attempt.objects.values())

    sentence = load(an_entry())

    assert sentence == "1 stacks and 1 micro-certifications, 0 of them in a new edition."
    assert list(Attempt.objects.values()) == before
