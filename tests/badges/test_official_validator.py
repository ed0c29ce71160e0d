"""The official Open Badges validator looks at a badge on a running portal."""

import subprocess
from pathlib import Path

import pytest

from badges import actions
from badges.models import Assertion
from tests.badges.factories import baked, finished_stack
from tests.factories import MemberFactory, StaffFactory

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tests" / "openbadges"
PYTHON = ROOT / ".obvenv" / "bin" / "python"


@pytest.fixture(scope="module", autouse=True)
def _validator():
    """Its virtual environment: made if missing, at once where it is there."""
    subprocess.run([TOOLS / "install"], check=True, capture_output=True)


@pytest.fixture
def portal(live_server, settings):
    """A running portal whose badges are hosted at its own address."""
    settings.PUBLIC_BASE_URL = live_server.url
    return live_server.url


def judged(portal, assertion, *more):
    """The exit status and the words of the validator, and of the rules it skips."""
    command = [PYTHON, "-W", "ignore", TOOLS / "ob2check.py", portal, assertion.url, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def picture(assertion):
    return ["--png", f"{assertion.url.removesuffix('/')}.png"]


def test_a_badge_and_its_picture_pass(portal):
    educator = MemberFactory(email="ada@school.example")
    assertion = baked(educator)

    status, words = judged(portal, assertion, "--email", "ada@school.example", *picture(assertion))

    assert status == 0, words
    assert "report.valid=True errors=0 warnings=0 openBadgesVersion=2.0" in words
    assert "official validator on http" in words
    assert words.count("same JSON as the hosted one") == 2
    assert f"PASS {assertion.url} (0 errors, 3 warnings" in words


def test_the_badge_of_a_stack_passes(portal):
    educator = MemberFactory(email="ada@school.example")
    assertion = finished_stack(educator)

    status, words = judged(portal, assertion, "--email", "ada@school.example", *picture(assertion))

    assert status == 0, words


def test_someone_elses_address_does_not_pass(portal):
    assertion = baked(MemberFactory(email="ada@school.example"))

    status, words = judged(portal, assertion, "--email", "other@school.example")

    assert status == 1
    assert "[official] ERROR   VERIFY_RECIPIENT_IDENTIFIER" in words
    assert "[spec] ERROR   recipient hash is not that of other@school.example" in words


def test_a_revoked_badge_does_not_pass(portal):
    assertion = baked(MemberFactory(email="ada@school.example"))
    kept = assertion.image_key
    actions.revoke(assertion, "Issued in error.", by=StaffFactory())

    status, words = judged(portal, assertion, "--email", "ada@school.example", *picture(assertion))

    assert status == 1
    assert "REVOKED (HTTP 410, revoked=True, reason=Issued in error.)" in words
    assert "[official] ERROR" in words
    assert "[baked] ERROR" in words
    assert Assertion.objects.get().image_key == kept


def test_a_copy_kept_from_before_the_revocation_does_not_pass(portal, tmp_path, client):
    assertion = baked(MemberFactory(email="ada@school.example"))
    copy = tmp_path / "badge.png"
    copy.write_bytes(client.get(f"/badges/{assertion.public_id}.png").content)
    actions.revoke(assertion, "Issued in error.", by=StaffFactory())

    status, words = judged(portal, assertion, "--png", copy)

    assert status == 1
    assert "REVOKED" in words
