"""The order of a showcase: a permutation of one's badges, whatever is pressed in which order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badges import actions
from badges.models import Assertion
from tests.badges.factories import earned, revoked
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

HOW_MANY = 4
presses = st.lists(
    st.tuples(st.integers(0, HOW_MANY - 1), st.sampled_from(["earlier", "later"])), max_size=10
)
quietly = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.fixture
def badges(educator):
    return [earned(educator) for _ in range(HOW_MANY)]


def order(holder):
    return [badge.pk for badge in Assertion.objects.owned_by(holder)]


def swapped(places, number, direction):
    """The list model: one badge changes places with its neighbor, if it has one."""
    place = places.index(number)
    other = place + (-1 if direction == "earlier" else 1)
    if 0 <= other < len(places):
        places[place], places[other] = places[other], places[place]


@quietly
@given(presses)
def test_moving_does_what_it_does_to_a_list(badges, educator, presses):
    model = order(educator)
    mine = [Assertion.objects.get(pk=badge.pk) for badge in badges]

    for number, direction in presses:
        actions.move(mine[number], direction)
        swapped(model, mine[number].pk, direction)

        assert order(educator) == model


@quietly
@given(st.integers(0, HOW_MANY - 1), st.sampled_from(["earlier", "later"]))
def test_a_move_that_did_something_is_undone_by_its_opposite(badges, educator, number, direction):
    opposite = {"earlier": "later", "later": "earlier"}[direction]
    before = order(educator)
    actions.move(badges[number], direction)

    if order(educator) != before:
        actions.move(badges[number], opposite)

    assert order(educator) == before


def test_moving_ones_own_badges_never_moves_anyone_elses(badges):
    other = MemberFactory()
    earned(other)
    earned(other)
    theirs = Assertion.objects.owned_by(other)
    before = list(theirs.values_list("pk", "position", "is_shown", "status"))

    for badge in badges:
        actions.move(badge, "later")
        actions.move(badge, "earlier")

    assert list(theirs.values_list("pk", "position", "is_shown", "status")) == before
    assert len(before) == 2


def test_hiding_keeps_the_place_and_showing_gives_it_back(badges, educator):
    before = order(educator)
    actions.hide(badges[1])

    hidden = [badge.pk for badge in Assertion.objects.owned_by(educator).shown()]
    actions.show(badges[1])

    assert hidden == [pk for pk in before if pk != badges[1].pk]
    assert order(educator) == before


def test_the_public_page_stands_in_the_holders_order(client, badges, educator):
    actions.move(badges[0], "earlier")
    actions.move(badges[0], "earlier")

    page = client.get(f"/showcase/{educator.handle}/").content.decode()

    names = [badge.badge_class.name for badge in Assertion.objects.owned_by(educator)]
    assert sorted(names, key=page.index) == names


@pytest.mark.parametrize("what", ["earlier", "later"])
def test_a_badge_revoked_meanwhile_is_not_moved_and_the_page_says_why(
    signed_in, educator, staff, what
):
    standing = [earned(educator), earned(educator)]
    gone = revoked(by=staff, educator=educator)
    before = order(educator)

    page = signed_in.post(f"/my/showcase/{gone.public_id}/", {"do": what}, follow=True)

    assert page.status_code == 200
    assert "This badge was revoked, so it can’t be moved." in page.content.decode()
    assert order(educator) == before
    assert len(standing) == 2


def test_a_revoked_badge_in_between_is_passed_over(educator, staff):
    last, middle, first = earned(educator), earned(educator), earned(educator)
    actions.revoke(middle, "Issued in error.", by=staff)

    actions.move(last, "earlier")

    standing = [badge.pk for badge in Assertion.objects.owned_by(educator).issued()]
    assert standing == [last.pk, first.pk]


def test_a_new_badge_leads_whatever_was_moved_before(badges, educator):
    for badge in badges:
        actions.move(badge, "earlier")

    newest = earned(educator)

    assert order(educator)[0] == newest.pk


def test_two_holders_of_the_same_badge_have_orders_of_their_own(badges, educator):
    other = MemberFactory()
    mine = [earned(other, badge.attempt.edition) for badge in badges[:2]]
    before = order(educator)

    actions.move(mine[0], "earlier")

    assert order(other) == [mine[0].pk, mine[1].pk]
    assert order(educator) == before
