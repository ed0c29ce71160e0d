"""The documents, word for word as Open Badges 2.0 wants them."""

import hashlib
import re
from datetime import UTC, datetime

import pytest

from badges import actions, openbadges
from badges.models import Assertion, Issuer
from tests.badges.factories import finished_stack, revoked
from tests.factories import EditionFactory, MemberFactory

BASE = "http://testserver"


@pytest.fixture
def micro_certification(db):
    edition = EditionFactory(
        micro_certification__slug="giving-feedback",
        micro_certification__title="Giving Feedback",
        micro_certification__tags=["feedback"],
        micro_certification__alignments=[
            {"framework": "NBPTS", "name": "Proposition 3", "url": "https://nbpts.example/3"},
            {"name": "Act 48", "url": "https://pa.example/48"},
        ],
    )
    return edition.micro_certification


def test_the_assertion_says_who_only_as_a_hash_and_when_only_as_a_day(assertion, educator):
    salt = assertion.salt

    document = openbadges.assertion(assertion)

    digest = hashlib.sha256(f"{educator.email}{salt}".encode()).hexdigest()
    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "@language": "en-US",
        "id": f"{BASE}/badges/{assertion.public_id}/",
        "type": "Assertion",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": salt,
            "identity": f"sha256${digest}",
        },
        "badge": f"{BASE}/badges/classes/{assertion.badge_class.public_id}/",
        "verification": {"type": "HostedBadge"},
        "issuedOn": assertion.issued_on.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "image": {
            "id": f"{BASE}/badges/{assertion.public_id}.png",
            "caption": assertion.badge_class.name,
        },
    }


def test_a_revoked_assertion_says_nothing_but_that(staff, educator):
    assertion = revoked(by=staff, educator=educator, reason="Issued in error.")

    document = openbadges.hosted(assertion)

    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{BASE}/badges/{assertion.public_id}/",
        "type": "Assertion",
        "revoked": True,
        "revocationReason": "Issued in error.",
    }


def test_the_badge_class_of_a_micro_certification(micro_certification):
    badge_class = actions.library.refresh(micro_certification)

    document = openbadges.badge_class(badge_class)

    narrative = document["criteria"].pop("narrative")
    assert narrative.startswith("The educator gives feedback that students use.\n\n")
    assert "a proficient rating for every component (Plan, and Photo)" in narrative
    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "@language": "en-US",
        "id": f"{BASE}/badges/classes/{badge_class.public_id}/",
        "type": "BadgeClass",
        "name": "Giving Feedback",
        "description": "Give feedback that moves work forward.",
        "image": {
            "id": f"{BASE}/badges/classes/{badge_class.public_id}.png",
            "caption": "Giving Feedback",
        },
        "criteria": {"id": f"{BASE}/micro-certifications/giving-feedback/"},
        "issuer": f"{BASE}/badges/issuers/nea/",
        "tags": ["feedback", "Assessment"],
        "version": "1",
        "alignment": [
            {
                "targetName": "Proposition 3",
                "targetUrl": "https://nbpts.example/3",
                "targetFramework": "NBPTS",
            },
            {"targetName": "Act 48", "targetUrl": "https://pa.example/48"},
        ],
    }


def test_the_badge_class_of_a_stack_lists_what_is_in_it(educator):
    badge_class = finished_stack(educator, slug="feedback", title="Feedback").badge_class

    document = openbadges.badge_class(badge_class)

    titles = badge_class.stack.items.values_list("micro_certification__title", flat=True)
    assert document["criteria"] == {
        "id": f"{BASE}/stacks/feedback/",
        "narrative": "Each earner has earned every micro-certification of the stack:\n\n"
        f"1. {titles[0]}\n2. {titles[1]}",
    }
    assert "alignment" not in document


def test_the_issuer_hosts_everything_below_one_address(assertion):
    issuer = Issuer.objects.get(slug="nea")

    document = openbadges.issuer(issuer)

    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "@language": "en-US",
        "id": f"{BASE}/badges/issuers/nea/",
        "type": "Issuer",
        "name": "National Education Association",
        "url": "https://www.nea.org/",
        "email": "micro-certifications@nea.example",
        "description": issuer.description,
        "image": {
            "id": f"{BASE}/badges/issuers/nea.png",
            "caption": "National Education Association",
        },
        "verification": {
            "type": "VerificationObject",
            "startsWith": f"{BASE}/badges/",
        },
    }


def test_the_hash_knows_no_capitals():
    hashed = openbadges.hashed(" Ada@School.Example ", "salt")

    assert hashed == f"sha256${hashlib.sha256(b'ada@school.examplesalt').hexdigest()}"


def test_every_assertion_has_a_salt_of_its_own(educator):
    finished_stack(educator)

    salts = Assertion.objects.values_list("salt", flat=True)

    assert len(set(salts)) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", salt) for salt in salts)


def test_nothing_hosted_tells_name_address_school_or_attempt(db):
    educator = MemberFactory(
        name="Zoe Marker", email="marker@school.example", school="Marker High", name_is_public=True
    )
    assertion = finished_stack(educator)

    texts = [
        openbadges.as_text(document)
        for row in Assertion.objects.owned_by(educator).with_class()
        for document in (openbadges.assertion(row), openbadges.badge_class(row.badge_class))
    ]

    attempts = [str(attempt.public_id) for attempt in educator.attempts.all()]
    secrets = ["marker", "zoe", *attempts]
    assert len(texts) == 6
    assert [s for s in secrets for text in texts if s in text.lower()] == []
    assert assertion.attempt is None


def test_ids_follow_the_public_address_and_never_the_request(assertion, client, settings):
    settings.PUBLIC_BASE_URL = "https://badges.example"

    document = client.get(assertion.get_absolute_url()).json()

    assert document["id"] == f"https://badges.example/badges/{assertion.public_id}/"


def test_the_text_of_a_document_is_plain_json():
    text = openbadges.as_text({"name": "Größe", "day": datetime(2026, 1, 5, tzinfo=UTC).year})

    assert text == '{"name":"Größe","day":2026}'
