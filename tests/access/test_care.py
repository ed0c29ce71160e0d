"""Staff pages of an association on whose staff there are several people."""

import pytest
from django.urls import reverse

from tests.badges.factories import earned, finished_stack
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_one_of_several_staff_finds_a_badge_once_and_can_revoke_it(client):
    badge = earned()
    someone, *_others = StaffFactory.create_batch(3)
    client.force_login(someone)

    page = client.get(reverse("staff-badges"))
    answer = client.post(
        reverse("staff-badge-revoke", args=[badge.public_id]), {"reason": "Error."}
    )

    assert [row.pk for row in page.context["page"]] == [badge.pk]
    badge.refresh_from_db()
    assert (answer.status_code, badge.status) == (302, "revoked")


def test_one_of_several_staff_finds_the_badge_of_a_stack_once(client):
    badge = finished_stack(MemberFactory())
    someone, *_others = StaffFactory.create_batch(3)
    client.force_login(someone)

    page = client.get(reverse("staff-badge-revoke", args=[badge.public_id]))

    assert page.context["assertion"] == badge


def test_the_back_office_shows_an_issuer(client):
    badge, administrator = earned(), MemberFactory(is_staff=True, is_superuser=True)
    client.force_login(administrator)

    page = client.get(reverse("admin:badges_issuer_change", args=[badge.badge_class.issuer_id]))

    assert badge.badge_class.issuer.name in page.text
