"""Someone who waits for money."""

import pytest

from portal.payments.signals import settled


@pytest.fixture
def heard():
    """What those who wait for money are told."""
    charges = []

    def listen(charge, **kwargs):
        charges.append((charge.pk, charge.status))

    settled.connect(listen)
    yield charges
    settled.disconnect(listen)
