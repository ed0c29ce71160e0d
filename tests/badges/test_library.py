"""Issuers and badge classes follow the library and the catalog."""

import pytest

from badges import actions
from badges.models import BadgeClass, Issuer
from catalog.models import MicroCertification, Stack
from portal.refusal import Refused
from tests.badges.factories import stack_of
from tests.factories import EditionFactory, StackFactory


def test_loading_makes_issuers_and_a_class_for_everything_that_can_be_earned(db):
    stack, editions = stack_of(2)

    sentence = actions.load_library()

    assert sentence == "4 issuers and 3 badge classes."
    assert set(Issuer.objects.values_list("slug", flat=True)) == {"nea", "cta", "psea", "ctq"}
    assert set(BadgeClass.objects.values_list("micro_certification", "stack")) == {
        (None, stack.pk),
        *((edition.micro_certification_id, None) for edition in editions),
    }


def test_loading_again_changes_nothing(db):
    stack_of(2)
    actions.load_library()
    before = list(BadgeClass.objects.values())

    actions.load_library()

    assert list(BadgeClass.objects.values()) == before


def test_a_new_wording_counts_one_version_up_and_keeps_the_address(db):
    _stack, (edition,) = stack_of(1)
    before = actions.library.badge_class_of(edition.micro_certification)
    MicroCertification.objects.update(summary="A better summary.")

    actions.load_library()

    after = BadgeClass.objects.get(pk=before.pk)
    assert after.public_id == before.public_id
    assert (before.version, after.version) == (1, 2)
    assert after.description == "A better summary."


def test_a_new_name_is_drawn_again_and_a_new_summary_is_not(db):
    _stack, (edition,) = stack_of(1)
    row = actions.library.badge_class_of(edition.micro_certification)
    BadgeClass.objects.update(image_key="badges/a", preview_key="badges/b")

    MicroCertification.objects.update(summary="A better summary.")
    same = actions.library.refresh(MicroCertification.objects.get())
    MicroCertification.objects.update(title="A better title")
    renamed = actions.library.refresh(MicroCertification.objects.get())

    assert (same.image_key, same.preview_key) == ("badges/a", "badges/b")
    assert (renamed.image_key, renamed.preview_key) == ("", "")
    assert row.pk == renamed.pk


def test_an_issuer_follows_the_library_file(db):
    actions.load_library()
    Issuer.objects.filter(slug="nea").update(name="Old", url="https://old.example/")

    actions.load_library()

    assert Issuer.objects.get(slug="nea").name == "National Education Association"


def test_a_stack_with_an_unknown_issuer_is_refused_before_anything_changes(db):
    StackFactory(issuer="nobody")

    with pytest.raises(Refused, match="nobody"):
        actions.load_library()

    assert Issuer.objects.count() == 0


def test_what_is_in_no_stack_gets_no_class_until_it_is_earned(db):
    edition = EditionFactory()
    edition.micro_certification.items.all().delete()
    Stack.objects.all().delete()

    sentence = actions.load_library()

    assert sentence == "4 issuers and 0 badge classes."


def test_before_an_edition_is_published_the_summary_stands_in(db):
    _stack, (edition,) = stack_of(1)
    type(edition).objects.update(status="draft", published_on=None)

    row = actions.library.badge_class_of(edition.micro_certification)

    assert row.criteria.startswith("Give feedback that moves work forward.")


def test_a_class_is_found_again_and_not_refreshed(db):
    _stack, (edition,) = stack_of(1)
    row = actions.library.badge_class_of(edition.micro_certification)
    MicroCertification.objects.update(summary="A better summary.")

    again = actions.library.badge_class_of(MicroCertification.objects.get())

    assert (again.pk, again.version, again.description) == (row.pk, 1, row.description)
