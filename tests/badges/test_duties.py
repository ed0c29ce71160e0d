"""What the app owes the portal: rules that always hold, things to take home, a sweep."""

from badges import invariants, pictures, takeout
from badges.models import Assertion
from portal.duties import registry
from tests.badges.factories import baked, earned, finished_stack, revoked


def broken():
    rules = (
        invariants.doubled_badges,
        invariants.passes_without_badge,
        invariants.stale_pictures,
    )
    return [sentence for rule in rules for sentence in rule()]


def test_all_rules_hold_for_badges_the_portal_made(educator, staff):
    finished_stack(educator)
    baked()
    revoked(by=staff)

    assert broken() == []


def test_a_pass_without_a_badge_is_told(educator):
    assertion = earned(educator)
    attempt = assertion.attempt
    assertion.delete()

    assert broken() == [f"Attempt {attempt.public_id} passed and has no badge."]


def test_a_picture_with_another_badge_inside_is_told(educator):
    mine, other = baked(educator), baked(educator)

    Assertion.objects.filter(pk=mine.pk).update(image_key=other.image_key)

    assert broken() == [f"The picture of badge {mine.public_id} is not that of its document."]


def test_a_picture_the_store_has_lost_is_told(assertion):
    Assertion.objects.filter(pk=assertion.pk).update(image_key="badges/00/lost")

    assert broken() == [f"The picture of badge {assertion.public_id} is not that of its document."]


def test_two_badges_for_one_thing_would_be_told(educator, monkeypatch):
    class Doubled:
        def annotate(self, **_counts):
            return self

        def filter(self, **_wanted):
            return [{"count": 2, "badge_class": 7}]

    monkeypatch.setattr(Assertion.objects, "order_by", lambda: Assertion.objects)
    monkeypatch.setattr(Assertion.objects, "values", lambda *names: Doubled(), raising=False)

    assert list(invariants.doubled_badges()) == ["2 badges of class 7 for one person."]


def test_badges_can_be_taken_home(educator, staff):
    stack_badge = finished_stack(educator, slug="feedback")
    revoked(by=staff, educator=educator)
    earned()

    files = dict(takeout.files_of(educator))

    folder = f"badges/{stack_badge.day:%Y-%m-%d} feedback"
    assert len(files) == 12
    assert files[f"{folder}/badge.png"] == pictures.of_assertion(stack_badge)
    assert str(stack_badge.public_id) in files[f"{folder}/badge.json"].decode()
    assert files[f"{folder}/certificate.pdf"].startswith(b"%PDF-")
    assert files[f"{folder}/record.pdf"].startswith(b"%PDF-")


def test_the_app_has_registered_what_it_owes():
    names = {
        "sweeps": [entry.name for entry in registry.sweeps],
        "waiting": [entry.name for entry in registry.waiting],
        "library": [entry.name for entry in registry.library],
        "takeout": [entry.name for entry in registry.takeout],
        "nav": [entry.url_name for entry in registry.nav_links],
    }

    assert "badges to bake" in names["sweeps"]
    assert "badges to bake" in names["waiting"]
    assert "badges" in names["library"]
    assert "badges" in names["takeout"]
    assert "my-showcase" in names["nav"]
    assert Assertion in registry.lifecycles
    assert registry.rooms[pictures.ROOM] is pictures.stored_keys
