"""What the passing of time calls: every sweep that an app registered."""

from celery import shared_task

from portal.duties import registry

EXPIRES_SECONDS = 60  # the next minute orders it again, so a backlog never piles up


def run_sweeps() -> dict[str, int]:
    """Run every registered sweep now; return how much each did."""
    return {sweep.name: sweep.run() for sweep in registry.sweeps}


@shared_task
def sweep() -> None:
    """The clock's minute: order every sweep by itself, so that none can hold up another."""
    for duty in registry.sweeps:
        sweep_one.apply_async((duty.name,), expires=EXPIRES_SECONDS)


@shared_task
def sweep_one(name: str) -> None:
    """Run one sweep by its name."""
    next(duty for duty in registry.sweeps if duty.name == name).run()
