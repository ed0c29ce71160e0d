"""What the passing of time calls: every sweep that an app registered."""

from celery import shared_task

from portal.duties import registry


def run_sweeps() -> dict[str, int]:
    """Run every registered sweep, once; return how much each did."""
    return {sweep.name: sweep.run() for sweep in registry.sweeps}


@shared_task
def sweep() -> None:
    """The clock's minute: everything that is due, now."""
    run_sweeps()
