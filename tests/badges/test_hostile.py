"""A long table of wishes, and uploads nobody would send in good faith."""

import json
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badges import actions, art, baking, openbadges, pictures
from badges.models import Assertion
from badges.verification import Verdict
from catalog.art import CHOSEN
from tests.badges.factories import baked, chunk, earned, png, put_into, stack_of
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

LD, JSON, HTML = "application/ld+json", "application/json", "text/html; charset=utf-8"
BASE = "http://testserver"
WISHES = [
    ("text/*", HTML),
    ("application/*", LD),
    ("application/*;q=0.2, text/html;q=0.1", LD),
    ("text/html;q=0.1, application/json;q=0.2", JSON),
    ("TEXT/HTML", HTML),
    ("application/json, text/html", JSON),
    ("text/html, application/json", HTML),
    ("application/xhtml+xml", LD),
    ("image/webp,*/*;q=0.1", LD),
    ("application/vc+ld+json, application/json;q=0.1", JSON),
    ("text/plain", LD),
    (",,,", LD),
    (";;q=;", LD),
    ("*", LD),
    ("text/html;q=nonsense", HTML),
    ("/", LD),
    ("text/html" + ", text/x" * 500, HTML),
]


@pytest.mark.parametrize(("accept", "served"), WISHES)
def test_any_accept_header_gets_an_answer_and_never_an_error(client, educator, accept, served):
    assertion = earned(educator)

    answers = [
        client.get(address, headers={"Accept": accept})
        for address in (assertion.get_absolute_url(), assertion.badge_class.get_absolute_url())
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.headers["Content-Type"] for answer in answers] == [served] * 2


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_random_accept_headers_get_one_of_the_three(client, assertion, accept):
    answer = client.get(assertion.get_absolute_url(), headers={"Accept": accept})

    assert (answer.status_code, answer.headers["Content-Type"] in {LD, JSON, HTML}) == (200, True)


def verdict_of(client, content, name="badge.png"):
    """The verdict and the complaints about an upload."""
    answer = client.post("/verify/", {"file": SimpleUploadedFile(name, content)})
    finding = answer.context.get("finding")
    errors = [words for lines in answer.context["form"].errors.values() for words in lines]
    return answer.status_code, finding and finding.verdict, len(errors)


def document(**changes):
    return {"id": f"{BASE}/badges/00000000-0000-4000-8000-000000000000/"} | changes


HOSTILE = {
    "half a character": json.dumps({"id": "https://\ud800.example/"}).encode(),
    "a number as long as a book": b'{"id": ' + b"9" * 9000 + b"}",
    "no number": b'{"id": NaN}',
    "nested without end": b'{"id": ' + b"[" * 90_000,
    "a list": b'["http://testserver/badges/"]',
    "a null id": b'{"id": null}',
    "nothing but spaces": b" \n\t ",
    "two bytes": b"{}",
    "utf-16": '{"id": "x"}'.encode("utf-16"),
    "a script": b"<script>alert(1)</script>",
    "a zip": b"PK\x03\x04" + b"\0" * 60,
    "a gif": b"GIF89a" + b"\0" * 60,
    "a bare signature": b"\x89PNG\r\n\x1a\n",
    "two badges": png(*[chunk(b"iTXt", b"openbadges\0\0\0\0\0{}")] * 2),
    "a packed bomb": png(
        chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(b"0" * 10_000_000))
    ),
    "an older bomb": png(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"0" * 10_000_000))),
    "no text": png(chunk(b"iTXt", b"openbadges\0\0\0\0\0")),
    "another alphabet": png(chunk(b"iTXt", b"openbadges\0\0\0\0\0\xff\xfe")),
    "a badge behind the end": png() + chunk(b"iTXt", b"openbadges\0\0\0\0\0{}"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_upload_is_answered_with_one_sentence(client, what):
    assert verdict_of(client, HOSTILE[what]) == (200, None, 1)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.UNKNOWN),
        ({"id": f"{BASE}@evil.example/badges/1/"}, Verdict.ELSEWHERE),
        ({"id": f"{BASE}.evil.example/badges/1/"}, Verdict.ELSEWHERE),
        ({"id": f"{BASE}:80/badges/1/"}, Verdict.ELSEWHERE),
        ({"id": "javascript:alert(1)"}, Verdict.ELSEWHERE),
        ({"id": f"{BASE}/badges/../../../etc/passwd"}, Verdict.UNKNOWN),
        ({"id": f"{BASE}/badges/%00/"}, Verdict.UNKNOWN),
        ({"id": f"{BASE}/verify/?address={BASE}"}, Verdict.UNKNOWN),
        ({"id": f"{BASE}//evil.example/"}, Verdict.UNKNOWN),
        ({"id": "x" * 9000}, Verdict.ELSEWHERE),
    ],
)
def test_an_id_that_only_looks_like_ours_is_never_genuine(client, changes, verdict):
    content = json.dumps(document(**changes)).encode()

    assert verdict_of(client, content, "badge.json") == (200, verdict, 0)
    assert verdict_of(client, baking.bake(png(), content.decode())) == (200, verdict, 0)


KEYS = ["@context", "@language", "type", "recipient", "badge", "verification", "issuedOn", "image"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("change", ["gone", "other", "null"])
def test_a_copy_that_differs_anywhere_is_not_genuine(client, assertion, key, change):
    copy = openbadges.assertion(assertion)
    if change == "gone":
        del copy[key]
    else:
        copy[key] = {"other": "something else", "null": None}[change]

    assert verdict_of(client, json.dumps(copy).encode()) == (200, Verdict.ALTERED, 0)


def test_a_copy_with_one_key_more_is_not_genuine(client, assertion):
    copy = openbadges.assertion(assertion) | {"evidence": "https://evil.example/"}

    assert verdict_of(client, json.dumps(copy).encode()) == (200, Verdict.ALTERED, 0)


def test_the_order_of_keys_and_spaces_does_not_matter(client, assertion):
    copy = dict(reversed(openbadges.assertion(assertion).items()))

    text = json.dumps(copy, indent=4).encode()

    assert verdict_of(client, text, "badge.json") == (200, Verdict.GENUINE, 0)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_real_picture_with_any_byte_changed_is_never_genuine(client, assertion, data):
    picture = bytearray(pictures.of_assertion(assertion))
    place = data.draw(st.integers(0, len(picture) - 1))
    picture[place] ^= data.draw(st.integers(1, 255))

    status, verdict, _complaints = verdict_of(client, bytes(picture))

    assert (status, verdict == Verdict.GENUINE) == (200, False)


def test_someone_elses_document_in_ones_own_picture_tells_whose_it_is(client, educator, stranger):
    theirs = baked(educator)
    picture = baking.bake(png(), openbadges.as_text(openbadges.assertion(theirs)))

    answer = client.post(
        "/verify/",
        {"file": SimpleUploadedFile("mine.png", picture), "email": stranger.email},
    )

    assert answer.context["finding"].verdict == Verdict.NOT_THEIRS


@pytest.mark.parametrize("artist", [art.badge, art.stack_badge, art.preview])
def test_the_art_of_all_stacks_differs_and_is_the_same_each_time(artist):
    drawn = {slug: artist("Ada", "nea", slug) for slug in CHOSEN}

    assert (len(drawn), len(set(drawn.values()))) == (18, 18)
    assert {slug: artist("Ada", "nea", slug) for slug in list(CHOSEN)[:3]}.items() <= drawn.items()


def test_a_revocation_takes_every_stack_badge_with_it_and_no_other_person(educator, staff):
    first, editions = stack_of(2)
    second, more = stack_of(1)
    put_into(second, editions[0])
    other = MemberFactory()
    for holder in (educator, other):
        for edition in (*editions, *more):
            earned(holder, edition)
    shared = Assertion.objects.get(
        recipient=educator, badge_class__micro_certification=editions[0].micro_certification
    )

    actions.revoke(shared, "Issued in error.", by=staff)

    gone = Assertion.objects.owned_by(educator).exclude(status="issued")
    assert {badge.badge_class.subject for badge in gone} == {
        shared.badge_class.subject,
        first,
        second,
    }
    assert Assertion.objects.owned_by(educator).issued().count() == 2
    assert Assertion.objects.owned_by(other).issued().count() == 5
