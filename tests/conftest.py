"""What every test shares: clients for each role, a folder of its own for files."""

import os

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.factories import MemberFactory, StaffFactory, UserFactory

# a busy machine must not look like a broken rule: no deadline for one example; and one change
# must not be stopped by what another one broke: new examples are sought by ``make explore``
hypothesis_settings.register_profile(
    "suite",
    deadline=None,
    derandomize=not os.environ.get("EXPLORE"),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("suite")


def pytest_collection_modifyitems(config, items):
    """Leave out what this run's database and broker can't show; ``make test`` runs them all."""
    absent = set()
    absent.add("embedded" if connection.vendor == "postgresql" else "postgresql")
    if not django_settings.REDIS_URL:
        absent.add("services")
    left_out = [
        item
        for item in items
        if absent & {mark.name for mark in item.iter_markers()}
        or (connection.vendor == "postgresql" and not asks_the_database(item))
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def asks_the_database(item):
    """Whether a test can tell one database from another; the rest ran on the embedded default."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool({"db", "transactional_db"} & fixtures or item.get_closest_marker("django_db"))


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Files, mail and cache of one test stay in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.CELERY_TASK_ALWAYS_EAGER = True
    cache.clear()


@pytest.fixture
def educator(db):
    """A member of CTA."""
    return MemberFactory(name="Erin Educator")


@pytest.fixture
def stranger(db):
    """Another educator, who must see nothing of the first."""
    return UserFactory(name="Sam Stranger")


@pytest.fixture
def staff(db):
    """Someone on CTA's staff."""
    return StaffFactory(name="Stef Staff")


@pytest.fixture
def signed_in(client, educator):
    """A client signed in as the educator."""
    client.force_login(educator)
    return client


@pytest.fixture
def staff_client(client, staff):
    """A client signed in as staff."""
    client.force_login(staff)
    return client
