"""One address, three readers."""

import pytest

from badges.models import Issuer
from tests.badges.factories import baked, revoked

JSON_LD, JSON, HTML = "application/ld+json", "application/json", "text/html; charset=utf-8"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
VALIDATOR = "application/ld+json, application/json, image/png, image/svg+xml"
WISHES = [
    ("*/*", JSON_LD),
    ("", JSON_LD),
    (VALIDATOR, JSON_LD),
    (JSON_LD, JSON_LD),
    (JSON, JSON),
    ("application/json;q=0.5, application/ld+json;q=0.4", JSON),
    (BROWSER, HTML),
    ("text/html", HTML),
    ("text/html;q=0.2, application/ld+json", JSON_LD),
    ("image/png", JSON_LD),
]


@pytest.mark.parametrize(("accept", "served"), WISHES)
def test_each_reader_gets_what_it_prefers(assertion, client, accept, served):
    addresses = [
        assertion.get_absolute_url(),
        assertion.badge_class.get_absolute_url(),
        assertion.badge_class.issuer.get_absolute_url(),
    ]

    answers = [client.get(address, headers={"Accept": accept}) for address in addresses]

    assert [answer.headers["Content-Type"] for answer in answers] == [served] * 3
    assert [answer.status_code for answer in answers] == [200] * 3
    assert all("Accept" in answer.headers["Vary"] for answer in answers)


def test_without_a_wish_a_machine_gets_json_ld(assertion, client):
    answer = client.get(assertion.get_absolute_url())

    assert answer.headers["Content-Type"] == JSON_LD
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("robot", ["LinkedInBot/1.0", "facebookexternalhit/1.1", "Twitterbot/1.0"])
def test_a_link_previewer_gets_the_page_with_its_picture(assertion, client, robot):
    headers = {"Accept": "*/*", "User-Agent": robot}

    answer = client.get(assertion.get_absolute_url(), headers=headers)

    assert answer.headers["Content-Type"] == HTML
    assert b'<meta property="og:image:width" content="1200">' in answer.content
    assert (
        f"http://testserver/badges/classes/{assertion.badge_class.public_id}/preview.png"
        in answer.content.decode()
    )


def test_view_json_is_json_for_browsers_too(assertion, client):
    answer = client.get(f"/badges/{assertion.public_id}.json", headers={"Accept": BROWSER})

    assert answer.headers["Content-Type"] == JSON
    assert answer.json() == client.get(assertion.get_absolute_url()).json()


@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_a_hosted_document_costs_one_query_and_no_session(
    assertion, signed_in, django_assert_num_queries, suffix
):
    address = f"/badges/{assertion.public_id}{suffix}"

    with django_assert_num_queries(1):
        answer = signed_in.get(address)

    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_other_documents_cost_one_query_too(assertion, client, django_assert_num_queries):
    addresses = [assertion.badge_class.get_absolute_url(), Issuer.objects.get().get_absolute_url()]

    for address in addresses:
        with django_assert_num_queries(1):
            answer = client.get(address)

        assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_a_revoked_badge_answers_410_with_a_stripped_body(staff, client):
    assertion = revoked(by=staff, reason="Issued in error.")

    answers = [
        client.get(f"/badges/{assertion.public_id}{suffix}") for suffix in ("/", ".json", ".png")
    ]

    assert [answer.status_code for answer in answers] == [410] * 3
    assert [set(answer.json()) for answer in answers] == [
        {"@context", "id", "type", "revoked", "revocationReason"}
    ] * 3


def test_a_revoked_badge_tells_people_so(staff, educator, client):
    assertion = revoked(by=staff, educator=educator, reason="Issued in error.")

    answer = client.get(assertion.get_absolute_url(), headers={"Accept": BROWSER})

    assert answer.status_code == 410
    assert "This badge was revoked" in answer.content.decode()
    assert "Issued in error." in answer.content.decode()
    assert educator.name not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/badges/00000000-0000-4000-8000-000000000000/",
        "/badges/00000000-0000-4000-8000-000000000000.json",
        "/badges/00000000-0000-4000-8000-000000000000.png",
        "/badges/classes/00000000-0000-4000-8000-000000000000/",
        "/badges/classes/00000000-0000-4000-8000-000000000000.png",
        "/badges/classes/00000000-0000-4000-8000-000000000000/preview.png",
        "/badges/issuers/nobody/",
        "/badges/issuers/nobody.png",
        "/badges/1/",
    ],
)
def test_what_was_never_issued_is_not_there(db, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("suffix", ["/", ".json", ".png"])
def test_nothing_can_be_sent_to_a_badge(assertion, client, suffix):
    assert client.post(f"/badges/{assertion.public_id}{suffix}").status_code == 405


def test_the_picture_is_a_png_with_the_hosted_document_in_it(assertion, client):
    from badges import baking, openbadges

    answer = client.get(f"/badges/{assertion.public_id}.png")

    assert answer.headers["Content-Type"] == "image/png"
    assert baking.unbake(answer.content) == openbadges.as_text(openbadges.assertion(assertion))
    assert "Content-Disposition" not in answer.headers


def test_a_download_is_named_after_the_badge_and_not_after_its_holder(assertion, client):
    answer = client.get(f"/badges/{assertion.public_id}.png?download")

    name = f'attachment; filename="badge-{assertion.public_id}.png"'
    assert answer.headers["Content-Disposition"] == name


def test_the_pictures_of_classes_and_issuers_carry_no_badge(educator, client):
    assertion = baked(educator)
    badge_class = assertion.badge_class
    addresses = [
        f"/badges/classes/{badge_class.public_id}.png",
        f"/badges/classes/{badge_class.public_id}/preview.png",
        f"/badges/issuers/{badge_class.issuer.slug}.png",
    ]

    answers = [client.get(address) for address in addresses]

    assert [answer.headers["Content-Type"] for answer in answers] == ["image/png"] * 3
    assert [b"openbadges" in answer.content for answer in answers] == [False] * 3
