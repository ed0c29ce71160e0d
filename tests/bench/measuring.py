"""What every benchmark shares: a portal in a database of its own, and a watch for comparing.

Nothing here asserts. Figures of one run are compared with one another only, for machines differ and
shared ones spread two or threefold between runs. ``DATABASE_URL`` may name a PostgreSQL server:
each script makes a database there and drops it at the end; else SQLite in a temporary folder.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

MEGABYTE = 1024**2


@contextmanager
def portal(educators=100, attempts=300):
    """The library and synthetic load in a new database, with DEBUG off as in production."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, database(Path(name)) as url:
        folder = Path(name)
        os.environ |= {
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(folder / "media"),
            "MAIL_DIR": str(folder / "mail"),
            "CELERY_EAGER": "1",
        }
        settings = ready(folder)
        fill(educators, attempts)
        print(f"{settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}, ", end="")
        print(f"{educators:,} educators, {attempts:,} attempts")
        yield folder
        from django.db import connections

        connections.close_all()


def ready(folder):
    """Django, set up for measuring: no debug pages, no log of queries, a cache of its own."""
    import django
    from django.conf import settings

    django.setup()
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.CACHES["default"]["LOCATION"] = str(folder / "cache")
    settings.CACHES["default"]["BACKEND"] = "django.core.cache.backends.locmem.LocMemCache"
    return settings


def fill(educators, attempts):
    """Tables, the library, synthetic load; nothing is printed."""
    from django.core.management import call_command

    from portal import growing
    from portal.duties import registry

    call_command("migrate", verbosity=0)
    for step in sorted(registry.library, key=lambda step: step.order):
        step.run()
    if educators:
        growing.grow(educators, attempts, 1, lambda *_line: None)
    analyze()


def analyze():
    """Let the database count what it holds, so that its plans are those of a quiet day."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def database(folder):
    """The address of a new database: on the PostgreSQL server given, or a file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'portal.sqlite3'}"
        return
    import psycopg

    name = f"bench_{os.getpid()}"
    place = urlsplit(given)
    with psycopg.connect(place._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield place._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Time(NamedTuple):
    """The shortest time of many, in milliseconds: on the clock, and of this process's CPU."""

    ms: float
    cpu: float


def fastest(*works, rounds=5, times=12):
    """The shortest time of each piece of work; all are tried in turn in every round."""
    for work in works:
        work()
    best = [Time(float("inf"), float("inf"))] * len(works)
    for _round in range(rounds):
        for place, work in enumerate(works):
            for _time in range(times):
                best[place] = Time(*map(min, best[place], once(work)))
    return best


def once(work):
    """How long a piece of work takes: milliseconds on the clock and of CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000


def seconds(work):
    """How long a piece of work takes that is done once."""
    return once(work)[0] / 1000


def median_rate(rates):
    """The middle one of several rates, with all of them in brackets."""
    told = ", ".join(f"{rate:,.0f}" for rate in rates)
    return statistics.median(rates), f"({told})"


def resident():
    """How much memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MEGABYTE


def line(label, *figures):
    """One line of figures."""
    print(f"  {label:<46}" + "".join(f"{figure:>14}" for figure in figures))


def goal(number, label, value, wanted, is_met):
    """One goal of the table: what was measured, what is wanted, whether it is met."""
    print(f"  goal {number}: {label}: {value} (wanted {wanted}) -> {'met' if is_met else 'MISSED'}")
