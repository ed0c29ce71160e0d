"""Is it genuine? A plain answer to a link, a picture, a document."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges import baking, openbadges
from badges.forms import MAX_FILE
from badges.verification import Claim, Verdict, verify
from tests.badges.factories import png, revoked

UNKNOWN = "http://testserver/badges/00000000-0000-4000-8000-000000000000/"

NO_BADGE = "The portal found no badge in this picture."


def asked(client, address="", file=None, email=""):
    data = {"address": address, "email": email}
    if file is not None:
        name, content = file
        data["file"] = SimpleUploadedFile(name, content)
    return client.post("/verify/", data)


def found(response):
    finding = response.context.get("finding")
    return finding and finding.verdict


def complaint(response):
    return [error for errors in response.context["form"].errors.values() for error in errors]


def document_of(assertion):
    return openbadges.assertion(assertion)


def baked_with(document):
    return ("badge.png", baking.bake(png(), json.dumps(document)))


def test_the_page_asks_for_a_badge(client, db):
    response = client.get("/verify/")

    assert response.status_code == 200
    assert found(response) is None


@pytest.mark.parametrize("suffix", ["/", ".json", ".png", "/?utm=mail", ".png?download", "/#top"])
def test_every_address_of_a_badge_is_understood(client, assertion, suffix):
    response = asked(client, f" http://testserver/badges/{assertion.public_id}{suffix} ")

    assert found(response) == Verdict.GENUINE
    assert assertion.badge_class.name in response.content.decode()


def test_a_link_can_carry_the_address(client, assertion):
    response = client.get("/verify/", {"address": assertion.url})

    assert found(response) == Verdict.GENUINE


def test_the_downloaded_picture_is_genuine(client, assertion):
    content = client.get(f"/badges/{assertion.public_id}.png").content

    response = asked(client, file=("badge.png", content))

    assert found(response) == Verdict.GENUINE


@pytest.mark.parametrize("prefix", ["", "\ufeff", "  "])
def test_the_json_is_genuine_as_a_file_and_pasted(client, assertion, prefix):
    text = prefix + json.dumps(document_of(assertion))

    as_file = asked(client, file=("badge.json", text.encode()))
    pasted = asked(client, text.removeprefix("\ufeff"))

    assert (found(as_file), found(pasted)) == (Verdict.GENUINE, Verdict.GENUINE)


def test_a_badge_is_theirs_or_someone_elses(client, assertion, educator):
    theirs = asked(client, assertion.url, email=educator.email.upper())
    others = asked(client, assertion.url, email="other@school.example")

    assert (found(theirs), found(others)) == (Verdict.GENUINE, Verdict.NOT_THEIRS)
    assert f"It belongs to {educator.email.upper()}" in theirs.content.decode()


def test_a_changed_copy_is_noticed(client, assertion):
    changed = document_of(assertion) | {"issuedOn": "2001-01-01T12:00:00Z"}

    answers = [
        asked(client, file=baked_with(changed)),
        asked(client, file=("badge.json", json.dumps(changed).encode())),
    ]

    assert [found(answer) for answer in answers] == [Verdict.ALTERED] * 2


def test_a_revoked_badge_says_so_with_the_reason(client, staff, educator):
    assertion = revoked(by=staff, educator=educator, reason="Issued in error.")

    response = asked(client, assertion.url)

    assert found(response) == Verdict.REVOKED
    assert "Issued in error." in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        UNKNOWN,
        "http://testserver/badges/classes/00000000-0000-4000-8000-000000000000/",
        "http://testserver/stacks/",
        "http://testserver/nowhere/at/all/",
    ],
)
def test_an_address_without_a_badge_is_unknown(client, db, address):
    assert found(asked(client, address)) == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("identifier", "host"),
    [
        ("https://api.badgr.example/public/assertions/1", "api.badgr.example"),
        ("https://testserver.evil.example/badges/1/", "testserver.evil.example"),
        ("urn:uuid:1", ""),
        ("http://[broken", ""),
    ],
)
def test_a_badge_of_another_house_is_sent_home(db, identifier, host):
    finding = verify(Claim(identifier))

    assert (finding.verdict, finding.host) == (Verdict.ELSEWHERE, host)


@pytest.mark.parametrize("document", [{"id": "urn:uuid:1"}, {"id": "https://b.example/1"}])
def test_a_document_of_another_house_is_sent_home(client, db, document):
    response = asked(client, file=baked_with(document))

    assert found(response) == Verdict.ELSEWHERE
    assert "This badge was not issued here" in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Paste the address of a badge, or choose its file."),
        (
            {"address": "my badge"},
            "Paste the address of a badge: it begins with https:// and stands on its page.",
        ),
        (
            {"address": "https://b.example/" + "x" * 500},
            "Paste the address of a badge: it begins with https:// and stands on its page.",
        ),
        ({"address": "{not json"}, "This is not a whole JSON document."),
        ({"address": '{"a":' * 3900}, "This is not a whole JSON document."),
        (
            {"address": '{"type": "Assertion"}'},
            "This document does not say which badge it is: it has no id.",
        ),
        (
            {"address": '{"id": ["a"]}'},
            "This document does not say which badge it is: it has no id.",
        ),
        (
            {"file": ("badge.png", png())},
            f"{NO_BADGE} There is no badge in this picture. Download it again here.",
        ),
        (
            {"file": ("badge.png", png()[:-4])},
            f"{NO_BADGE} The picture is cut off. Download it again here.",
        ),
        (
            {"file": ("photo.jpg", b"\xff\xd8\xff\xe0")},
            "Choose the PNG picture or the JSON file of a badge.",
        ),
        ({"file": ("empty.png", b"")}, "The submitted file is empty."),
        (
            {"file": ("big.png", b"x" * (MAX_FILE + 1))},
            "This file is larger than 2 MB, so it is no badge.",
        ),
        ({"address": UNKNOWN, "email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_what_can_not_be_read_is_answered_in_plain_words(client, db, sent, words):
    response = asked(client, **sent)

    assert response.status_code == 200
    assert complaint(response) == [words]
    assert found(response) is None


def test_a_text_without_end_is_refused(client, db):
    response = asked(client, "{" + " " * 20_001)

    assert len(complaint(response)) == 1
    assert found(response) is None


def test_nothing_is_fetched_to_verify_a_foreign_badge(client, db, socket_disabled):
    response = asked(client, "https://169.254.169.254/latest/meta-data/")

    assert found(response) == Verdict.ELSEWHERE


def test_what_was_typed_is_shown_as_text(client, db):
    response = asked(client, 'https://x.example/"><script>alert(1)</script>')

    assert b"<script>alert(1)" not in response.content
