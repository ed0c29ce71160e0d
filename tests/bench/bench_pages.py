"""Pages beside a view that answers two bytes and a plain page of as many rows, in one process.

    python tests/bench/bench_pages.py         DATABASE_URL=postgres://... for PostgreSQL

Every request goes through the whole stack of middleware, as the web server would hand it over.
"""

import io
import types
from contextlib import contextmanager

from measuring import MEGABYTE, fastest, goal, line, portal, resident

ROWS = 100
EMPTY = 30  # micro-certifications beside the library's 70
# of the same rows by others, in units of the bare view of their run (reference/PERFORMANCE.md)
PRETALX_SCHEDULE, PRETALX_REVIEWS = 883, 5366
LIMIT_LIST = 28

PLAIN = """<!DOCTYPE html><html><head><title>Plain</title></head><body><ul>
{% for micro in rows %}<li><h2><a href="/micro-certifications/{{ micro.slug }}/">{{ micro.title }}</a>
</h2><p>{{ micro.summary }}</p><p>{{ micro.evidence_summary }}</p></li>{% endfor %}</ul></body></html>"""


def addresses():
    """The portal's addresses, and two to compare with: a bare answer and a plain list."""
    from django.contrib.auth.decorators import login_not_required
    from django.http import HttpResponse
    from django.template import Context, engines
    from django.urls import include, path

    from catalog.models import MicroCertification

    plain = engines["django"].from_string(PLAIN).template

    @login_not_required
    def bare(request):
        return HttpResponse("ok")

    @login_not_required
    def list100(request):
        rows = MicroCertification.objects.order_by("title")[:ROWS]
        return HttpResponse(plain.render(Context({"rows": rows})))

    module = types.ModuleType("bench_addresses")
    module.urlpatterns = [path("bare", bare), path("list100", list100), path("", include("portal.urls"))]
    return module


class Browser:
    """Asks for pages as the web server does, and counts bytes and queries."""

    def __init__(self, module, user=None):
        from django.conf import settings
        from django.core.handlers.wsgi import WSGIHandler

        settings.ROOT_URLCONF = module
        self.handler = WSGIHandler()
        self.cookie = session_of(user) if user else ""

    def environ(self, address, accept):
        found = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost:8000",
            "HTTP_ACCEPT": accept,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }
        return found | ({"HTTP_COOKIE": self.cookie} if self.cookie else {})

    def get(self, address, accept="text/html"):
        told = []
        response = self.handler(self.environ(address, accept), lambda *said: told.append(said[0]))
        body = b"".join(response)
        response.close()
        assert told == ["200 OK"], (address, told)
        return body

    def page(self, address, accept="text/html"):
        """The work of asking for one page."""
        return lambda: self.get(address, accept)

    def queries(self, address, accept="text/html"):
        """How many queries a page asks."""
        from django.core.signals import request_finished, request_started
        from django.db import close_old_connections, connection, reset_queries
        from django.test.utils import CaptureQueriesContext

        request_finished.disconnect(close_old_connections)
        request_started.disconnect(reset_queries)
        try:
            with CaptureQueriesContext(connection) as seen:
                self.get(address, accept)
        finally:
            request_finished.connect(close_old_connections)
            request_started.connect(reset_queries)
        return len(seen.captured_queries)


def session_of(user):
    """The cookie of a session in which someone is signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def more_micro_certifications():
    """A hundred micro-certifications in all: the library's and copies of some of them."""
    from catalog.models import Edition, MicroCertification, StackItem

    for number, old in enumerate(list(MicroCertification.objects.order_by("pk")[:EMPTY]), start=1):
        item = old.items.first()
        copy = MicroCertification.objects.create(
            slug=f"{old.slug}-{number}",
            title=f"{old.title} {number}",
            summary=old.summary,
            evidence_summary=old.evidence_summary,
            evidence_kinds=old.evidence_kinds,
            words=old.words,
        )
        copy.audiences.set(old.audiences.all())
        StackItem.objects.create(
            stack=item.stack, micro_certification=copy, position=100 + number
        )
        Edition.objects.create(
            micro_certification=copy, number=1, status="published", competency=old.title
        )


@contextmanager
def rows_on_a_page(count):
    """The catalogue with so many rows on one page."""
    from catalog import pages

    shipped = pages.PAGE_SIZE
    pages.PAGE_SIZE = count
    try:
        yield shipped
    finally:
        pages.PAGE_SIZE = shipped


def full_queue():
    """A reviewer with a hundred seats still to be scored."""
    from reviews.models import Review, Reviewer

    reviewer = Reviewer.objects.order_by("pk").first()
    mine = reviewer.reviews.values("submission")
    seats = Review.objects.open().exclude(submission__in=mine).order_by("submission", "pk")
    first = {seat.submission_id: seat.pk for seat in seats}
    count = ROWS - reviewer.reviews.open().count()
    Review.objects.filter(pk__in=list(first.values())[:count]).update(reviewer=reviewer)
    assert reviewer.reviews.open().count() == ROWS
    return reviewer.user


def table(browser, bare, pages):
    """Measure pages beside the bare view; return how many times as long each takes."""
    times = fastest(bare, *(browser.page(address, accept) for _label, address, accept in pages))
    line("page", "bytes", "queries", "ms", "CPU ms", "x bare")
    line("bare view", 2, 0, f"{times[0].ms:.3f}", f"{times[0].cpu:.3f}", 1)
    found = {}
    for (label, address, accept), one in zip(pages, times[1:], strict=True):
        size, queries = len(browser.get(address, accept)), browser.queries(address, accept)
        found[label] = one.cpu / times[0].cpu, queries, one.cpu
        line(label, f"{size:,}", queries, f"{one.ms:.2f}", f"{one.cpu:.2f}", f"{found[label][0]:.1f}")
    return found


def visitors(module):
    """What a visitor is shown."""
    from badges.models import Assertion
    from catalog.models import Stack

    browser = Browser(module)
    badge = Assertion.objects.order_by("pk").first()
    html, json = "text/html", "application/ld+json"
    stack = Stack.objects.with_counts().order_by("-count").first()
    micro = stack.items.first().micro_certification
    shipped = [
        ("hosted assertion, JSON", badge.get_absolute_url(), json),
        ("plain list, 100 rows", "/list100", html),
        ("catalogue as shipped, 24 rows", "/micro-certifications/", html),
        (f"stack, {stack.count} rows", stack.get_absolute_url(), html),
        ("micro-certification", micro.get_absolute_url(), html),
        ("front page", "/", html),
    ]
    found = table(browser, browser.page("/bare"), shipped)
    for count in (70, ROWS):
        with rows_on_a_page(count):
            label = f"catalogue, {count} rows on one page"
            found |= table(
                browser,
                browser.page("/bare"),
                [("plain list, 100 rows", "/list100", html), (label, "/micro-certifications/", html)],
            )
    return found


def signed_in(module):
    """What an educator and a reviewer are shown."""
    from submissions.models import Attempt

    attempt = Attempt.objects.filter(status="in_progress").order_by("pk").last()
    educator, reviewer = Browser(module, attempt.educator), Browser(module, full_queue())
    html = "text/html"
    found = table(
        educator,
        Browser(module).page("/bare"),
        [("requirements page", attempt.get_absolute_url(), html), ("my work", "/my/", html)],
    )
    return found | table(
        reviewer, Browser(module).page("/bare"), [("reviewer's queue, 100 rows", "/reviews/", html)]
    )


def judge(found):
    """The goals of reference/PERFORMANCE.md that these pages belong to."""
    full = f"catalogue, {ROWS} rows on one page"
    ratio, queries, cpu = found[full]
    plain = found["plain list, 100 rows"]
    goal(1, "catalogue, CPU beside a plain list", f"{cpu / plain[2]:.2f}x", "<= 2.0x", is_met=cpu <= 2 * plain[2])
    goal(2, "catalogue, rate beside bare", f"{1 / ratio:.3f}", ">= 0.03", is_met=1 / ratio >= 0.03)
    most = max(found[name][1] for name in found if name.startswith(("catalogue", "stack", "micro")))
    goal(3, "queries of catalogue, stack, detail", most, "<= 4", is_met=most <= 4)
    goal(4, "catalogue beside pretalx", f"{PRETALX_SCHEDULE / ratio:.0f}x", ">= 10x", is_met=PRETALX_SCHEDULE / ratio >= 10)
    ratio, queries, _cpu = found["reviewer's queue, 100 rows"]
    goal(5, "queue: queries", queries, "<= 12", is_met=queries <= 12)
    goal(5, "queue beside pretalx", f"{PRETALX_REVIEWS / ratio:.0f}x", ">= 10x", is_met=PRETALX_REVIEWS / ratio >= 10)
    ratio, queries, _cpu = found["hosted assertion, JSON"]
    goal(6, "assertion: rate beside bare", f"{1 / ratio:.2f}", ">= 0.2", is_met=1 / ratio >= 0.2)
    goal(6, "assertion: queries", queries, "1", is_met=queries == 1)


def main():
    with portal(educators=600, attempts=1800):
        more_micro_certifications()
        module = addresses()
        booted = resident()
        found = visitors(module) | signed_in(module)
        judge(found)
        print(f"  memory: {booted:.0f} MB after set-up, {resident():.0f} MB after all pages")


if __name__ == "__main__":
    main()
