"""A record's status moves along its table, one winner at a time."""

from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.accounts.models import Membership
from portal.duties import registry
from portal.lifecycle import Lifecycle
from portal.payments.models import Charge
from portal.refusal import Refused
from tests.accounts.factories import MembershipFactory
from tests.payments.factories import ChargeFactory

MODELS = sorted(registry.lifecycles, key=lambda model: model.__name__)

# Written a second time on purpose: intention beside code.
MEMBERSHIP = {
    ("claimed", "active"),
    ("claimed", "refused"),
    ("active", "lapsed"),
    ("lapsed", "claimed"),
    ("lapsed", "active"),
    ("refused", "claimed"),
    ("refused", "active"),
}
CHARGE = {("due", "paid"), ("due", "waived"), ("paid", "refunded")}


@pytest.mark.parametrize(("model", "legal"), [(Membership, MEMBERSHIP), (Charge, CHARGE)])
def test_the_table_allows_what_is_meant_and_nothing_else(model, legal):
    values = model.Status.values

    pairs = {(a, b) for a in values for b in values if model.lifecycle.allows(a, b)}

    assert pairs == legal


@pytest.mark.parametrize("model", MODELS)
def test_every_table_speaks_of_known_statuses_and_reaches_them_all(model):
    values = model.Status.values
    goals = {goal for goals in model.lifecycle.moves.values() for goal in goals}
    begins = {model._meta.get_field("status").default}

    assert set(model.lifecycle.moves) | goals <= set(values)
    assert set(values) - goals <= begins | {"fee_due", "in_progress", "waiting", "issued"}


@pytest.mark.django_db
@pytest.mark.parametrize("goal", Membership.Status.values)
@pytest.mark.parametrize("origin", Membership.Status.values)
def test_a_record_moves_exactly_along_the_table(origin, goal):
    membership = MembershipFactory(status=origin)

    if (origin, goal) in MEMBERSHIP:
        Membership.lifecycle.move(membership, goal)
    else:
        with pytest.raises(Refused):
            Membership.lifecycle.move(membership, goal)
        goal = origin

    stored = Membership.objects.get(pk=membership.pk).status
    assert (membership.status, stored) == (goal, goal)


@pytest.mark.django_db
def test_other_fields_change_in_the_same_step():
    charge, now = ChargeFactory(), timezone.now()

    Charge.lifecycle.move(charge, "paid", settled_at=now, reference="check 1")

    stored = Charge.objects.get(pk=charge.pk)
    assert (charge.reference, stored.reference) == ("check 1", "check 1")
    assert (charge.settled_at, stored.settled_at) == (now, now)


@pytest.mark.django_db
def test_whoever_moves_second_is_told_to_look_again():
    first = MembershipFactory()
    second = Membership.objects.get(pk=first.pk)
    Membership.lifecycle.move(first, "active")

    with pytest.raises(Refused) as refused:
        Membership.lifecycle.move(second, "refused")

    assert refused.value.words == (
        "Someone changed this a moment ago. Nothing was lost; please look again."
    )
    assert second.status == "claimed"


@pytest.mark.django_db
@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(Membership.Status.values), max_size=8))
def test_no_sequence_of_clicks_leaves_the_table(goals):
    with transaction.atomic():
        membership = MembershipFactory()
        path = [membership.status]
        for goal in goals:
            try:
                Membership.lifecycle.move(membership, goal)
            except Refused:
                continue
            path.append(membership.status)

        assert set(pairwise(path)) <= MEMBERSHIP
        assert Membership.objects.get(pk=membership.pk).status == path[-1]
        transaction.set_rollback(True)


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sets(st.sampled_from("abcd")).map(tuple)),
    st.sampled_from("abcd"),
)
def test_the_origins_of_a_status_are_those_that_allow_it(moves, goal):
    lifecycle = Lifecycle(moves)

    assert sorted(lifecycle.origins(goal)) == [a for a in "abcd" if lifecycle.allows(a, goal)]
