"""The public page of a badge, of what it stands for, and of who issues it."""

import pytest
from django.contrib.auth import get_user_model

from portal.accounts.models import User
from tests.badges.factories import earned, finished_stack

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def page_of(client, address):
    response = client.get(address, headers=BROWSER)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_name_issuer_date_criteria_and_that_it_is_genuine(client, assertion):
    page = page_of(client, assertion.get_absolute_url())

    wanted = [
        assertion.badge_class.name,
        assertion.badge_class.description,
        "National Education Association",
        "verified issuer",
        f"{assertion.day:%B} {assertion.day.day}, {assertion.day.year}",
        "The educator gives feedback that students use.",
        "This badge is genuine",
        "<li>Plan</li>",
        "View JSON",
        "Download badge",
        f"/verify/?address=http%3A%2F%2Ftestserver%2Fbadges%2F{assertion.public_id}%2F",
    ]
    assert [words for words in wanted if words not in page] == []


def test_the_page_names_nobody_by_default(client, educator, assertion):
    User.objects.update(school="Marker High", district="Marker District")

    page = page_of(client, assertion.get_absolute_url())

    secrets = [educator.name, educator.email, "Marker", str(assertion.attempt.public_id)]
    assert [secret for secret in secrets if secret in page] == []
    assert "An educator who keeps the name private" in page


def test_the_page_names_whoever_wants_it(client, educator, assertion):
    User.objects.filter(pk=educator.pk).update(name_is_public=True)

    page = page_of(client, assertion.get_absolute_url())

    assert educator.name in page
    assert educator.email not in page


def test_a_hidden_name_is_hidden_again(client, educator, assertion):
    User.objects.filter(pk=educator.pk).update(name_is_public=True)
    page_of(client, assertion.get_absolute_url())

    User.objects.filter(pk=educator.pk).update(name_is_public=False)

    assert educator.name not in page_of(client, assertion.get_absolute_url())


def test_only_the_holder_is_offered_papers_and_the_profile_link(
    client, educator, stranger, assertion
):
    pages = []
    for reader in (None, stranger, educator):
        if reader:
            client.force_login(reader)
        pages.append(page_of(client, assertion.get_absolute_url()))

    assert [("certificate.pdf" in page) for page in pages] == [False, False, True]
    assert [("linkedin.com/profile/add" in page) for page in pages] == [False, False, True]
    assert f"certId={assertion.public_id}" in pages[2]


def test_no_link_that_shares_tells_who(client, educator, assertion):
    User.objects.filter(pk=educator.pk).update(name_is_public=True)

    response = client.get(assertion.get_absolute_url(), headers=BROWSER)

    links = [share.url for share in response.context["shares"]]
    assert len(links) == 3
    assert [link for link in links if "erin" in link.lower() or "%40" in link] == []


def test_the_page_of_a_stack_badge_lists_what_was_earned(client, educator):
    assertion = finished_stack(educator)

    page = page_of(client, assertion.get_absolute_url())

    titles = assertion.badge_class.stack.items.values_list("micro_certification__title", flat=True)
    assert [title for title in titles if f"<li>{title}</li>" not in page] == []
    assert "What was earned for it" in page


def test_the_page_of_a_badge_class_leads_to_where_it_is_earned(client, assertion):
    page = page_of(client, assertion.badge_class.get_absolute_url())

    assert assertion.badge_class.name in page
    assert f'href="{assertion.badge_class.subject.get_absolute_url()}"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_issuer_costs_the_same_however_many_badges(
    client, educator, count, django_assert_num_queries
):
    for _ in range(count):
        assertion = earned(educator)
    address = assertion.badge_class.issuer.get_absolute_url()
    page_of(client, address)

    with django_assert_num_queries(2):
        page = page_of(client, address)

    assert page.count('loading="lazy"') == count


def test_an_issuer_without_badges_says_so(client, educator):
    earned(educator)
    from badges.models import Issuer

    Issuer.objects.create(
        slug="new",
        name="New",
        url="https://new.example/",
        email="a@new.example",
        description="New.",
    )

    page = page_of(client, "/badges/issuers/new/")

    assert "No badges yet" in page


def test_alignments_are_shown_as_links(client, assertion):
    assertion.badge_class.alignments = [
        {"framework": "NBPTS", "name": "Proposition 3", "url": "https://nbpts.example/3"}
    ]
    assertion.badge_class.save(update_fields=["alignments"])

    page = page_of(client, assertion.get_absolute_url())

    assert '<a href="https://nbpts.example/3" rel="noopener noreferrer">Proposition 3</a>' in page


def test_words_of_the_catalog_are_shown_as_text(client, assertion):
    assertion.badge_class.name = "<script>alert(1)</script>"
    assertion.badge_class.criteria = "<script>alert(2)</script>"
    assertion.badge_class.save(update_fields=["name", "criteria"])

    page = page_of(client, assertion.get_absolute_url())

    assert "<script>alert" not in page


def test_the_back_office_shows_badges_and_lets_nobody_change_them(client, assertion):
    get_user_model().objects.create_superuser("root@portal.example", "correct horse battery")
    client.force_login(User.objects.get(email="root@portal.example"))
    lists = ["assertion", "badgeclass", "issuer"]

    shown = [client.get(f"/admin/badges/{name}/").status_code for name in lists]
    added = [client.get(f"/admin/badges/{name}/add/").status_code for name in lists]
    one = client.get(f"/admin/badges/assertion/{assertion.pk}/change/")

    assert shown == [200, 200, 200]
    assert added == [403, 403, 403]
    assert b'name="_save"' not in one.content


def test_rows_say_what_they_are(assertion):
    badge_class = assertion.badge_class

    assert str(badge_class.issuer) == "National Education Association"
    assert str(badge_class) == badge_class.name
    assert str(assertion) == f"{badge_class.name}: Issued"
