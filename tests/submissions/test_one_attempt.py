"""An attempt over its whole life, in orders nobody thought of."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.submissions.one_attempt import OneAttempt


def test_every_order_of_moves_keeps_every_rule_and_every_word(db):
    run_state_machine_as_test(
        OneAttempt,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
