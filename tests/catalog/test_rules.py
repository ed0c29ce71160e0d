"""What is always true of editions, and how they move."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction

from catalog import rules
from catalog.models import (
    Audience,
    Criterion,
    Edition,
    Level,
    MicroCertification,
    Part,
    Question,
    Reference,
)
from portal.refusal import Refused
from tests.factories import EditionFactory, UserFactory

DRAFT, IN_REVIEW, PUBLISHED, RETIRED = Edition.Status.values
LEGAL = {
    (DRAFT, IN_REVIEW),
    (IN_REVIEW, DRAFT),
    (IN_REVIEW, PUBLISHED),
    (PUBLISHED, RETIRED),
}


@pytest.mark.parametrize("origin", Edition.Status.values)
@pytest.mark.parametrize("goal", Edition.Status.values)
def test_editions_move_as_the_table_says(origin, goal):
    assert Edition.lifecycle.allows(origin, goal) == ((origin, goal) in LEGAL)


@pytest.mark.django_db
def test_publishing_retires_the_edition_before():
    old = EditionFactory()
    new = old.micro_certification.editions.create(
        number=2, status=IN_REVIEW, competency="New.", key_method="New."
    )

    new.publish(date(2026, 2, 1))

    old.refresh_from_db()
    assert (old.status, new.status, new.published_on) == (RETIRED, PUBLISHED, date(2026, 2, 1))


@pytest.mark.django_db
def test_a_draft_is_not_published_unreviewed():
    draft = Edition(micro_certification=EditionFactory().micro_certification, status=DRAFT)

    with pytest.raises(Refused), transaction.atomic():
        draft.publish(date(2026, 2, 1))

    assert draft.status == DRAFT
    assert Edition.objects.published().count() == 1


@pytest.mark.django_db
def test_two_editions_are_never_published_at_once():
    edition = EditionFactory()

    with pytest.raises(IntegrityError):
        edition.micro_certification.editions.create(
            number=2, status=PUBLISHED, competency="x", key_method="x"
        )


@pytest.mark.django_db
def test_a_whole_edition_breaks_no_rule():
    EditionFactory()

    assert list(rules.incomplete_editions()) == []


@pytest.mark.django_db
def test_a_missing_part_is_found():
    edition = EditionFactory(micro_certification__title="Reading")
    edition.parts.filter(kind=Part.Kind.FINAL).delete()

    assert list(rules.incomplete_editions()) == ["Reading, edition 1 does not have the 5 parts."]


@pytest.mark.django_db
def test_a_criterion_without_a_bar_is_found():
    edition = EditionFactory(micro_certification__title="Reading")
    Level.objects.filter(criterion__title="Quality of the plan").update(meets_bar=False)

    assert list(rules.incomplete_editions()) == [
        f"{edition}: the criterion “Quality of the plan” has no bar."
    ]


@pytest.mark.django_db
def test_an_edition_is_fetched_whole_in_few_queries(django_assert_num_queries):
    EditionFactory()

    with django_assert_num_queries(8):
        edition = Edition.objects.whole().get()
        titles = [
            (criterion.title, str(criterion.requirement or ""), len(criterion.levels.all()))
            for part in edition.parts.all()
            for criterion in part.criteria.all()
            if part.is_scored
        ]

    assert titles[1] == ("Quality of the plan", "Plan", 3)


@pytest.mark.django_db
def test_rows_are_called_by_what_they_are():
    edition = EditionFactory(micro_certification__title="Reading")
    Audience.objects.create(name="Teachers")
    edition.references.create(kind="research", position=1, text="A book")

    names = [
        str(model.objects.first())
        for model in (MicroCertification, Audience, Reference, Question, Criterion, Level, Part)
    ]

    assert names == [
        "Reading",
        "Teachers",
        "A book",
        "What is your setting?",
        "Part 1. Overview Questions (Provides Context)",
        "Passing",
        "Agreement",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model",
    ["stack", "microcertification", "edition", "part", "criterion", "collection", "audience"],
)
def test_the_back_office_shows_and_never_changes(client, model):
    EditionFactory()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    listed = client.get(f"/admin/catalog/{model}/")
    added = client.get(f"/admin/catalog/{model}/add/")

    assert (listed.status_code, added.status_code) == (200, 403)


@pytest.mark.django_db
def test_the_back_office_shows_an_edition_with_its_parts(client):
    edition = EditionFactory()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    response = client.get(f"/admin/catalog/edition/{edition.pk}/change/")

    assert response.status_code == 200
    assert "Part 2. Artifacts" in response.content.decode()
    assert all(
        not model.has_add_permission(None) for model in map(admin.site._registry.get, [Edition])
    )
