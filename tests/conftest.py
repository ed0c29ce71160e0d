"""What every test shares: clients for each role, a folder of its own for files."""

import pytest
from django.core.cache import cache

from tests.factories import MemberFactory, StaffFactory, UserFactory


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
