"""Whether the portal can do its work: what ``/ready`` and ``/metrics`` tell."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal.celery import app
from portal.duties import registry

PATIENCE_SECONDS = 900  # the sweep runs each minute: a row this old means that no worker does
BROKER_SECONDS = 2


def check_database() -> str:
    """Whether the database answers; returns what is wrong, or nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return type(error).__name__
    return ""


def check_broker() -> str:
    """Whether orders for tasks can be handed over."""
    try:
        with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except (OSError, OperationalError) as error:
        return type(error).__name__
    return ""


def check_storage() -> str:
    """Whether a file can be kept."""
    try:
        default_storage.delete(default_storage.save("ready/probe", ContentFile(b"ready")))
    except (OSError, BotoCoreError, ClientError) as error:
        return type(error).__name__
    return ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "broker": check_broker,
    "storage": check_storage,
}


def waiting_seconds() -> dict[str, int]:
    """For every queue of rows, how many seconds its oldest row has waited (0: none waits)."""
    now = timezone.now()
    return {
        queue.name: int((now - oldest).total_seconds()) if (oldest := queue.oldest()) else 0
        for queue in registry.waiting
    }


def report() -> dict[str, Any]:
    """All checks and ages; ``ready`` is true where nothing is wrong and nothing waits too long."""
    checks = {name: check() or "ok" for name, check in CHECKS.items()}
    if checks["database"] != "ok":
        return {"ready": False, "checks": checks, "waiting_seconds": {}}
    ages = waiting_seconds()
    is_ready = set(checks.values()) == {"ok"} and max(ages.values(), default=0) < PATIENCE_SECONDS
    return {"ready": is_ready, "checks": checks, "waiting_seconds": ages}


def as_prometheus() -> str:
    """The ages of all queues and the checks, one gauge each."""
    lines = [
        "# HELP portal_oldest_waiting_seconds Age of the oldest row that waits for a task.",
        "# TYPE portal_oldest_waiting_seconds gauge",
        *(
            f'portal_oldest_waiting_seconds{{queue="{name}"}} {age}'
            for name, age in waiting_seconds().items()
        ),
        "# HELP portal_check Whether a service answers (1) or not (0).",
        "# TYPE portal_check gauge",
        *(f'portal_check{{service="{name}"}} {int(not check())}' for name, check in CHECKS.items()),
    ]
    return "\n".join(lines) + "\n"
