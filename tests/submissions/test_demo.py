"""The demo's attempts: made by the real actions, found again when it is loaded again."""

import pytest

from portal.demo import Demo
from submissions import demo
from submissions.cleaning.recognition import recognize
from submissions.models import Attempt, Evidence, Response
from tests.factories import EditionFactory, MemberFactory, UserFactory
from tests.submissions import samples

pytestmark = pytest.mark.django_db(transaction=True)

STAGES = [stage for stage, _slug in demo.STAGES]


@pytest.fixture
def shown():
    """A demo with its two educators, and one edition for each stage that takes links."""
    for _stage, slug in demo.STAGES:
        edition = EditionFactory(micro_certification__slug=slug)
        part = edition.parts.get(kind="artifacts")
        part.requirements.update(kinds=["link"])
    shown = Demo()
    shown.add_account("educator", MemberFactory())
    shown.add_account("educator, non-member", UserFactory())
    return shown


def standing(shown):
    return {
        name.removeprefix("attempt: "): Attempt.objects.get(pk=row.pk).status
        for name, row in shown.rows.items()
    }


def test_there_is_an_attempt_at_each_stage_and_one_that_waits_for_its_fee(shown):
    demo.make_attempts(shown)

    assert standing(shown) == {
        "just started": "in_progress",
        "ready to submit": "in_progress",
        "in review": "in_review",
        "not yet": "in_review",
        "earned": "in_review",
        "fee due": "fee_due",
    }
    assert set(shown.urls) == {f"attempt, {stage}" for stage in (*STAGES, "fee due")}


def test_only_the_first_is_empty_and_the_second_lacks_nothing_but_the_click(shown):
    demo.make_attempts(shown)

    done = {
        name: shown.rows[f"attempt: {name}"].progress.filter(status="completed").count()
        for name in STAGES
    }
    assert done == dict.fromkeys(STAGES, 5) | {"just started": 0, "ready to submit": 4}


def test_loading_again_makes_nothing_twice(shown):
    demo.make_attempts(shown)
    before = set(Attempt.objects.values_list("pk", "status"))
    evidence = Evidence.objects.count()

    demo.make_attempts(shown)

    assert set(Attempt.objects.values_list("pk", "status")) == before
    assert Evidence.objects.count() == evidence
    assert {row.submissions.count() for row in Attempt.objects.all()} == {0, 1}


def test_an_attempt_that_was_given_back_is_not_handed_in_again_by_the_demo(shown):
    demo.make_attempts(shown)
    row = shown.rows["attempt: not yet"]
    Attempt.objects.filter(pk=row.pk).update(status=Attempt.Status.NOT_YET)
    row.submissions.update(status="decided", outcome="not_yet", decided_at=row.opened_at)

    demo.make_attempts(shown)

    assert row.submissions.count() == 1


def test_each_requirement_gets_what_it_takes_and_the_chosen_option_only(shown):
    slug = demo.STAGES[1][1]
    part = Attempt.micro_certification.field.related_model.objects.get(slug=slug).editions.get()
    part = part.parts.get(kind="artifacts")
    type(part).objects.filter(pk=part.pk).update(options={"A": "a photo", "B": "a link"})
    part.requirements.filter(key="plan").update(kinds=["image", "document"], option="A", count=2)
    part.requirements.filter(key="proof").update(option="B")

    demo.make_attempts(shown)

    attempt = shown.rows["attempt: ready to submit"]
    items = list(attempt.evidence.values_list("kind", "given_name", "status"))
    assert items == [("file", "plan 1.pdf", "clean"), ("file", "plan 2.pdf", "clean")]
    assert attempt.progress.get(part=part).option == "A"


def test_a_photo_is_a_real_one_with_an_author_that_the_cleaner_takes_out(tmp_path):
    content = demo.photo_of("Seating plan")
    (tmp_path / "in.jpg").write_bytes(content)

    with (tmp_path / "in.jpg").open("rb") as file:
        kind = recognize(file)

    assert (kind, b"Dana Whitfield" in content) == ("image/jpeg", True)
    assert samples.hits(content) == []


def test_what_is_written_in_the_demo_is_said_once(shown):
    demo.make_attempts(shown)

    texts = list(Response.objects.exclude(text="").values_list("text", flat=True))
    paragraphs = [one for text in texts for one in text.split("\n\n")]
    assert len(paragraphs) > 20
    assert len(set(paragraphs)) == len(paragraphs)


def test_more_questions_than_paragraphs_leave_no_answer_empty():
    assert demo.spread(["one", "two", "three"], 2) == ["one\n\nthree", "two"]
    assert demo.spread(["one", "two"], 3) == ["one", "two", "two"]
