"""Attempts at hand for tests of the educator's work."""

import pytest

from tests.factories import EditionFactory, finished_attempt, started_attempt


@pytest.fixture
def edition(db):
    return EditionFactory()


@pytest.fixture
def attempt(educator, edition):
    return started_attempt(educator, edition)


@pytest.fixture
def finished(educator, edition):
    return finished_attempt(educator, edition)
