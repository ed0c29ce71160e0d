"""Pictures: a row first, a task second, a sweep third; twice is the same as once."""

import pytest
from django.core.files.storage import default_storage

from badges import baking, openbadges, pictures, tasks
from badges.models import Assertion, BadgeClass, Issuer
from submissions.tus import NotNow
from submissions.vault import no_room
from tests.badges.factories import baked, earned, finished_stack, revoked


def stored():
    return sorted(pictures.stored_keys())


def files():
    folders, _none = default_storage.listdir(pictures.ROOM)
    return sorted(
        f"{pictures.ROOM}/{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"{pictures.ROOM}/{folder}")[1]
    )


def full_disk(file, room):
    raise no_room()


def test_a_badge_is_baked_once_however_often_it_is_ordered(educator):
    assertion = earned(educator)

    results = [tasks.bake(assertion.pk), tasks.bake(assertion.pk)]

    assertion.refresh_from_db()
    text = baking.unbake(pictures.read(assertion.image_key))
    assert results == [True, False]
    assert text == openbadges.as_text(openbadges.assertion(assertion))
    assert files() == stored()


def test_issuing_orders_the_baking(educator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assertion = earned(educator)

    assert Assertion.objects.unbaked().count() == 0
    assert assertion.public_id


def test_a_badge_baked_for_another_address_waits_and_is_not_late(educator, settings):
    earned(educator)
    tasks.bake_waiting()

    settings.PUBLIC_BASE_URL = "http://elsewhere.example"

    assert (Assertion.objects.unbaked().count(), tasks.oldest_unbaked()) == (1, None)
    assert tasks.bake_waiting() == 1


def test_the_sweep_bakes_and_draws_what_was_left_behind(educator):
    finished_stack(educator)
    before = tasks.oldest_unbaked()

    count = tasks.bake_waiting()

    assert before == Assertion.objects.order_by("created_at").first().created_at
    assert count == 3
    assert tasks.oldest_unbaked() is None
    assert list(BadgeClass.objects.undrawn()) + list(Issuer.objects.undrawn()) == []
    assert files() == stored()


def test_a_second_sweep_finds_nothing_to_do(educator):
    earned(educator)
    tasks.bake_waiting()
    before = stored()

    again = (tasks.bake_waiting(), tasks.draw_waiting())

    assert again == (0, 0)
    assert stored() == before


def test_a_revoked_badge_is_not_baked(educator, staff):
    assertion = revoked(by=staff, educator=educator)

    assert tasks.bake(assertion.pk) is False
    assert tasks.bake_waiting() == 0


def test_a_badge_that_is_gone_is_nothing_to_bake(db):
    assert tasks.bake(0) is False


def test_a_portal_that_moved_bakes_its_badges_again(assertion, settings):
    settings.PUBLIC_BASE_URL = "https://badges.example"
    on_the_spot = baking.unbake(pictures.of_assertion(assertion))

    count = tasks.bake_waiting()

    assertion.refresh_from_db()
    inside = baking.unbake(pictures.read(assertion.image_key))
    assert count == 1
    assert inside == on_the_spot
    assert f"https://badges.example/badges/{assertion.public_id}/" in inside
    assert files() == stored()


def test_a_sweep_reads_and_writes_by_the_batch(educator, django_assert_max_num_queries):
    for _number in range(6):
        earned(educator)
    tasks.draw_waiting()

    with django_assert_max_num_queries(10):
        count = tasks.bake_waiting()

    assert count == 6
    assert {pictures.read(one.image_key)[:4] for one in Assertion.objects.all()} == {b"\x89PNG"}


def test_a_sweep_goes_on_until_nothing_waits_and_no_further_than_its_share(educator, monkeypatch):
    for _number in range(5):
        earned(educator)
    monkeypatch.setattr(tasks, "BATCH", 2)

    with_all = tasks.bake_waiting()
    Assertion.objects.update(baked_for="")
    monkeypatch.setattr(tasks, "MOST", 3)
    with_some = tasks.bake_waiting()

    assert (with_all, with_some) == (5, 4)
    assert Assertion.objects.unbaked().count() == 1
    assert files() == stored()


def test_a_store_that_fills_up_in_the_midst_leaves_neither_file_nor_key(educator, monkeypatch):
    for _number in range(3):
        earned(educator)
    tasks.draw_waiting()
    drawn = files()
    calls = iter([pictures.store, pictures.store, full_disk])

    def store_until_full(file, room):
        return next(calls)(file, room)

    monkeypatch.setattr(pictures, "store", store_until_full)

    with pytest.raises(NotNow):
        tasks.bake_waiting()

    assert files() == drawn
    assert Assertion.objects.unbaked().count() == 3


def test_when_two_workers_bake_at_once_one_file_stays(educator):
    assertion = earned(educator)
    late = Assertion.objects.with_class().get(pk=assertion.pk)
    tasks.bake(assertion.pk)

    pictures.keep(late, "image_key", b"late", baked_for="elsewhere")

    assertion.refresh_from_db()
    assert files() == stored() == [assertion.image_key]
    assert pictures.read(assertion.image_key) != b"late"


@pytest.mark.parametrize("suffix", ["png", "preview.png"])
def test_a_picture_is_served_before_it_is_drawn_and_the_same_after(educator, client, suffix):
    badge_class = earned(educator).badge_class
    separator = "/" if suffix.startswith("preview") else "."
    address = f"/badges/classes/{badge_class.public_id}{separator}{suffix}"

    before = client.get(address).content
    tasks.draw_waiting()
    after = client.get(address).content

    assert before == after


def test_a_picture_the_store_has_lost_is_made_again(educator, client):
    assertion = baked(educator)
    address = f"/badges/{assertion.public_id}.png"
    before = client.get(address).content
    default_storage.delete(assertion.image_key)

    after = client.get(address).content

    assert after == before


def test_the_badge_of_a_stack_wears_the_stacks_own_emblem(educator):
    assertion = finished_stack(educator, slug="arts-integration")

    assert assertion.badge_class.motif == "arts-integration"
    assert pictures.draw(assertion.badge_class) != b""
