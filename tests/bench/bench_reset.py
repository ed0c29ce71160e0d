"""The nightly reset of overdue attempts, beside one raw statement and beside one row at a time.

    python tests/bench/bench_reset.py         DATABASE_URL=postgres://... for PostgreSQL

Every run is rolled back, so that all begin with the same rows; what a commit costs is left out.
"""

from contextlib import contextmanager
from types import SimpleNamespace

from measuring import goal, line, median_rate, portal, seconds

OVERDUE, SINGLE = 3000, 200
ROUNDS = 3
OPEN = "('in_progress', 'not_yet', 'returned')"
CHANGE = f"""UPDATE submissions_attempt SET status = 'reset', closed_at = %s
WHERE status IN {OPEN} AND due_at < %s"""
NOTE = """INSERT INTO portal_entry (at, by, event, subject, subject_id, facts, hash)
SELECT %s, 'clock', 'reset', 'submissions.attempt', CAST(public_id AS varchar(40)), '{}', ''
FROM """


def rolled_back(work):
    """How long some work takes, undone again."""
    from django.db import transaction

    with transaction.atomic():
        spent = seconds(work)
        transaction.set_rollback(True)
    return spent


def make_overdue():
    """Let the time of some thousand attempts run out; return how many."""
    from datetime import timedelta

    from django.utils import timezone

    from submissions.models import Attempt

    ids = list(Attempt.objects.editable().order_by("pk").values_list("pk", flat=True)[:OVERDUE])
    late = timezone.now() - timedelta(days=1)
    Attempt.objects.filter(pk__in=ids).update(due_at=late)
    return len(ids)


def by_raw_sql():
    """The rows of attempts and journal, changed by the database alone."""
    from django.db import connection
    from django.utils import timezone

    now = timezone.now()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            changed = f"WITH done AS ({CHANGE} RETURNING public_id) {NOTE} done"
            cursor.execute(changed, [now, now, now])
        else:
            cursor.execute(CHANGE, [now, now])
            closed = f"{NOTE} submissions_attempt WHERE status = 'reset' AND closed_at = %s"
            cursor.execute(closed, [now, now])


@contextmanager
def without_mail():
    """Nobody is told: the statement compared with tells nobody either."""
    from submissions.actions import time

    written, time.mail = (
        time.mail,
        SimpleNamespace(post_all=lambda *_given: 0, Letter=time.mail.Letter),
    )
    try:
        yield
    finally:
        time.mail = written


def row_by_row(*, with_mail):
    """The same, one attempt after the other: what everyone writes first."""
    from django.utils import timezone

    from portal import journal, mail
    from submissions.models import Attempt

    late = Attempt.objects.overdue(timezone.now()).select_related("educator", "micro_certification")
    for attempt in late[:SINGLE]:
        Attempt.lifecycle.move(attempt, Attempt.Status.RESET, closed_at=timezone.now())
        journal.record("reset", of=attempt)
        if with_mail:
            event = f"reset:{attempt.public_id}"
            mail.post("attempt_reset", to=attempt.educator.email, event=event, attempt=attempt)


def statements():
    """How many statements it takes to reset all that is overdue."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from submissions import actions

    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        actions.reset_overdue()
        transaction.set_rollback(True)
    return len(seen.captured_queries)


def silently(work):
    """Some work of the portal, with nobody told of it."""

    def run():
        with without_mail():
            work()

    return run


def works(count):
    """What is compared: a name, the work, and how many attempts it resets."""
    from submissions import actions

    few = min(count, SINGLE)
    return (
        ("one raw statement each", by_raw_sql, count),
        ("portal", silently(actions.reset_overdue), count),
        ("row by row", lambda: row_by_row(with_mail=False), few),
        ("portal, and a mail to each", actions.reset_overdue, count),
        ("row by row, and a mail to each", lambda: row_by_row(with_mail=True), few),
    )


def main():
    with portal(educators=6000, attempts=12000):
        count = make_overdue()
        compared = works(count)
        rates = [[] for _work in compared]
        for _round in range(ROUNDS):
            for seen, (_name, work, rows) in zip(rates, compared, strict=True):
                seen.append(rows / rolled_back(work))
        line(f"{count:,} overdue attempts", "per second")
        middle = [median_rate(seen) for seen in rates]
        for (name, _work, _rows), (rate, told) in zip(compared, middle, strict=True):
            line(name, f"{rate:,.0f}", f"  {told}")
        raw, ours, single, telling, single_telling = (rate for rate, _told in middle)
        goal(8, "portal beside raw SQL", f"{ours / raw:.2f}", ">= 0.6", ours >= 0.6 * raw)
        goal(8, "portal beside row by row", f"{ours / single:.0f}x", ">= 20x", ours >= 20 * single)
        line("with the mails: beside row by row", f"{telling / single_telling:.0f}x")
        print(f"  {statements():,} statements for {count:,} attempts")


if __name__ == "__main__":
    main()
