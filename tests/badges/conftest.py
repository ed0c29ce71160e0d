"""A badge for the tests that look at one."""

import pytest

from tests.badges.factories import baked


@pytest.fixture
def assertion(educator):
    """A badge of Erin Educator with its picture."""
    return baked(educator)
