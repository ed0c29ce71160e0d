"""One world for all tests of a file; what a test does to it is taken back after the test."""

import pytest
from django.db import transaction

from tests.access.world import World


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world, made once and taken back when the file is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db):
    """The world as every test finds it, with files behind its rows."""
    made.lay_files()
    return made


def pytest_collection_modifyitems(items):
    """Keep the matrix to SQLite: its long-lived world loses its connection on PostgreSQL."""
    for item in items:
        if item.nodeid.startswith("tests/access/"):
            item.add_marker(pytest.mark.embedded)
