"""What one web process takes: how long it is in starting, and how much memory it holds.

    python tests/bench/bench_process.py

The process is the worker of the portal's own web server, weighed before and after many pages.
"""

import os
import subprocess
import sys
import urllib.request

from measuring import MEGABYTE, ROOT, goal, line, portal

START = """
import time
begun = time.process_time()
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(time.process_time() - begun)
"""
STARTS, VISITS = 5, 100


def import_seconds():
    """Seconds of CPU to import the portal and all its addresses: the best of five."""
    command = [sys.executable, "-c", START]
    starts = [
        subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT, timeout=60)
        for _start in range(STARTS)
    ]
    return min(float(start.stdout) for start in starts)


def addresses():
    """One page of each kind that visitors see."""
    from badges.models import Assertion
    from catalog.models import MicroCertification, Stack

    badge = Assertion.objects.order_by("pk").first()
    pages = [*Stack.objects.all()[:5], *MicroCertification.objects.startable()[:5], badge]
    return ["/", "/stacks/", "/micro-certifications/", *(page.get_absolute_url() for page in pages)]


def visit(server, every):
    """Ask for each address many times."""
    for _visit in range(VISITS):
        for address in every:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{address}") as answer:
                answer.read()


def main():
    with portal(educators=100, attempts=300) as folder:
        from tests.submissions import wire

        every = addresses()
        place = os.environ["DATABASE_URL"], folder / "media"
        with wire.running(*place, DEBUG="1") as server:  # no folder of static files is needed
            before = server.resident() / MEGABYTE
            visit(server, every)
            after = server.resident() / MEGABYTE
        spent = import_seconds()
        line("worker's memory, after its start", f"{before:.0f} MB")
        line(f"after {VISITS * len(every):,} pages of {len(every)} kinds", f"{after:.0f} MB")
        line("CPU to import everything", f"{spent:.2f} s")
        goal(13, "worker's memory after load", f"{after:.0f} MB", "<= 160 MB", after <= 160)
        goal(13, "import", f"{spent:.2f} s", "<= 1.2 s", spent <= 1.2)


if __name__ == "__main__":
    main()
