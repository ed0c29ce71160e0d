"""Celery: tasks that an action orders, and the timetable of the clock."""

import os

from celery import Celery, Task
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="clock")


def wake(task: "Task[..., object]", *ids: object) -> None:
    """Order ``task`` once this transaction has committed; a lost order is made good by the sweep.

    The row is already the queue, so a broker that is down must not spoil the answer to a person.
    """

    def order() -> None:
        task.delay(*ids)

    transaction.on_commit(order, robust=True)
