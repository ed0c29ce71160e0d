"""My Showcase: what is shown, in which order, and to whom."""

import pytest

from badges.models import Assertion
from tests.badges.factories import earned, revoked

MINE = "/my/showcase/"


def order(educator):
    return list(Assertion.objects.owned_by(educator).values_list("pk", flat=True))


def arrange(client, assertion, what):
    return client.post(f"{MINE}{assertion.public_id}/", {"do": what})


def public_address(educator):
    return f"/showcase/{educator.handle}/"


def test_without_a_badge_the_page_says_what_to_do_next(signed_in):
    page = signed_in.get(MINE).content.decode()

    assert "Your first badge will stand here" in page
    assert 'href="/micro-certifications/"' in page


def test_every_badge_of_ones_own_is_listed_newest_first(signed_in, educator):
    first, second = earned(educator), earned(educator)

    page = signed_in.get(MINE).content.decode()

    places = [page.index(badge.badge_class.name) for badge in (second, first)]
    assert places == sorted(places)
    assert "2 badges are shown" in page


def test_nobody_elses_badge_is_listed(client, educator, stranger):
    assertion = earned(educator)
    client.force_login(stranger)

    page = client.get(MINE).content.decode()

    assert assertion.badge_class.name not in page


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(MINE).status_code == 302


def test_a_hidden_badge_leaves_the_public_showcase_and_stays_good(signed_in, educator, client):
    assertion = earned(educator)

    answer = arrange(signed_in, assertion, "hide")

    assert answer.headers["Location"] == MINE
    assert assertion.badge_class.name not in client.get(public_address(educator)).content.decode()
    assert client.get(assertion.get_absolute_url()).status_code == 200


def test_a_shown_badge_comes_back(signed_in, educator):
    assertion = earned(educator)
    arrange(signed_in, assertion, "hide")

    arrange(signed_in, assertion, "show")

    page = signed_in.get(public_address(educator)).content.decode()
    assert assertion.badge_class.name in page


@pytest.mark.parametrize(
    ("place", "what", "result"),
    [
        (0, "later", [1, 0, 2]),
        (1, "earlier", [1, 0, 2]),
        (2, "earlier", [0, 2, 1]),
        (0, "earlier", [0, 1, 2]),
        (2, "later", [0, 1, 2]),
        (1, "sideways", [0, 1, 2]),
    ],
)
def test_badges_change_places(signed_in, educator, place, what, result):
    for _ in range(3):
        earned(educator)
    before = order(educator)

    arrange(signed_in, Assertion.objects.get(pk=before[place]), what)

    assert order(educator) == [before[number] for number in result]


def test_a_new_badge_comes_first_after_others_were_moved(signed_in, educator):
    earned(educator)
    older = earned(educator)
    arrange(signed_in, older, "later")

    newest = earned(educator)

    assert order(educator)[0] == newest.pk


@pytest.mark.parametrize("what", ["show", "hide", "earlier", "later"])
def test_another_persons_badge_can_not_be_arranged(client, educator, stranger, what):
    assertion = earned(educator)
    client.force_login(stranger)

    answer = arrange(client, assertion, what)

    assertion.refresh_from_db()
    assert answer.status_code == 404
    assert (assertion.is_shown, assertion.position) == (True, 0)


def test_a_badge_is_not_arranged_by_reading(signed_in, educator):
    assertion = earned(educator)

    assert signed_in.get(f"{MINE}{assertion.public_id}/").status_code == 405


def test_fields_added_to_the_form_are_ignored(signed_in, educator, stranger):
    assertion = earned(educator)
    extra = {"do": "hide", "status": "revoked", "recipient": stranger.pk, "position": "9"}

    signed_in.post(f"{MINE}{assertion.public_id}/", extra)

    assertion.refresh_from_db()
    assert (assertion.status, assertion.recipient) == ("issued", educator)
    assert assertion.position == 0


def test_a_revoked_badge_can_not_be_shown(signed_in, educator, staff):
    assertion = revoked(by=staff, educator=educator, reason="Issued in error.")

    answer = signed_in.post(f"{MINE}{assertion.public_id}/", {"do": "show"}, follow=True)

    assert "This badge was revoked, so it can’t be shown." in answer.content.decode()
    page = signed_in.get(MINE).content.decode()
    assert "Issued in error." in page
    assert "certificate.pdf" not in page
    assert "Issued in error." not in signed_in.get(public_address(educator)).content.decode()


def test_revoked_badges_stand_last_and_have_no_place_to_change(signed_in, educator, staff):
    standing = earned(educator)
    gone = revoked(by=staff, educator=educator)

    page = signed_in.get(MINE).content.decode()

    assert page.index(standing.badge_class.name) < page.index(gone.badge_class.name)
    assert 'value="earlier"' not in page
    assert 'value="later"' not in page


def test_the_public_showcase_names_nobody_by_default(client, educator):
    assertion = earned(educator)

    page = client.get(public_address(educator)).content.decode()

    assert assertion.badge_class.name in page
    assert "An educator’s badges" in page
    assert [s for s in (educator.name, educator.email, educator.school) if s and s in page] == []


def test_the_public_showcase_names_whoever_wants_it(client, educator):
    type(educator).objects.filter(pk=educator.pk).update(name_is_public=True)
    earned(educator)

    page = client.get(public_address(educator)).content.decode()

    assert f"Badges of {educator.name}" in page
    assert educator.email not in page


def test_an_empty_public_showcase_says_so(client, educator):
    page = client.get(public_address(educator)).content.decode()

    assert "Nothing is shown here yet" in page


def test_a_showcase_of_nobody_is_not_there(client, educator):
    type(educator).objects.filter(pk=educator.pk).update(is_active=False)

    answers = [client.get(a) for a in ("/showcase/nobody/", public_address(educator))]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_both_showcases_cost_the_same_queries_however_long(
    signed_in, educator, count, django_assert_num_queries
):
    for _ in range(count):
        earned(educator)

    for address, queries in ((MINE, OWN_QUERIES), (public_address(educator), PUBLIC_QUERIES)):
        signed_in.get(address)
        with django_assert_num_queries(queries):
            page = signed_in.get(address)

        assert page.content.decode().count("Giving Feedback") >= count


OWN_QUERIES = 5
PUBLIC_QUERIES = 6
