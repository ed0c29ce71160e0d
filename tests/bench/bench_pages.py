"""Pages beside a view that answers two bytes and a plain page of as many rows, in one process.

    python tests/bench/bench_pages.py         DATABASE_URL=postgres://... for PostgreSQL

Every request goes through the whole stack of middleware, as the web server would hand it over.
"""

import io
import types
from contextlib import contextmanager

from measuring import fastest, goal, line, portal, resident

ROWS = 100
SHIPPED = 24  # rows on a page of the catalogue
EMPTY = 30  # micro-certifications beside the library's 70
# of the same rows by others, in units of the bare view of their run (reference/PERFORMANCE.md)
PRETALX_SCHEDULE, PRETALX_REVIEWS = 883, 5366

PLAIN = """<!DOCTYPE html><html><head><title>Plain</title></head><body><ul>
{% for micro in rows %}<li>
<h2><a href="/micro-certifications/{{ micro.slug }}/">{{ micro.title }}</a></h2>
<p>{{ micro.summary }}</p><p>{{ micro.evidence_summary }}</p></li>
{% endfor %}</ul></body></html>"""
HTML, JSON_LD = "text/html", "application/ld+json"
KEPT = {True: "kept", False: "drawn"}
TURNS = ((SHIPPED, True), (SHIPPED, False), (70, False), (ROWS, False), (ROWS, True))


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
    module.urlpatterns = [
        path("bare", bare),
        path("list100", list100),
        path("", include("portal.urls")),
    ]
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
        StackItem.objects.create(stack=item.stack, micro_certification=copy, position=100 + number)
        Edition.objects.create(
            micro_certification=copy, number=1, status="published", competency=old.title
        )


@contextmanager
def rows_on_a_page(count, *, is_kept):
    """The catalogue with so many rows on one page; kept for a minute, or drawn for each visitor."""
    from django.core.cache import caches

    from catalog import kept, pages

    shipped = pages.PAGE_SIZE, kept.LONGEST
    pages.PAGE_SIZE, kept.LONGEST = count, kept.LONGEST if is_kept else 0
    caches[kept.PAGES].clear()
    try:
        yield
    finally:
        pages.PAGE_SIZE, kept.LONGEST = shipped
        caches[kept.PAGES].clear()


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
        times_bare = f"{found[label][0]:.1f}"
        line(label, f"{size:,}", queries, f"{one.ms:.2f}", f"{one.cpu:.2f}", times_bare)
    return found


def visitors(module):
    """What a visitor is shown."""
    from badges.models import Assertion
    from catalog.models import Stack

    browser = Browser(module)
    badge = Assertion.objects.order_by("pk").first()
    stack = Stack.objects.with_counts().order_by("-count").first()
    micro = stack.items.first().micro_certification
    found = table(
        browser,
        browser.page("/bare"),
        [
            ("hosted assertion, JSON", badge.get_absolute_url(), JSON_LD),
            (f"stack, {stack.count} rows", stack.get_absolute_url(), HTML),
            ("micro-certification", micro.get_absolute_url(), HTML),
            ("front page", "/", HTML),
        ],
    )
    for count, is_kept in TURNS:
        with rows_on_a_page(count, is_kept=is_kept):
            label = f"catalogue, {count} rows, {KEPT[is_kept]}"
            shown = (label, "/micro-certifications/", HTML)
            rows = [("plain list, 100 rows", "/list100", HTML), shown]
            found |= table(browser, browser.page("/bare"), rows)
    return found


def signed_in(module):
    """What an educator and a reviewer are shown."""
    from submissions.models import Attempt

    attempt = Attempt.objects.filter(status="in_progress").order_by("pk").last()
    educator, reviewer = Browser(module, attempt.educator), Browser(module, full_queue())
    found = table(
        educator,
        Browser(module).page("/bare"),
        [("requirements page", attempt.get_absolute_url(), HTML), ("my work", "/my/", HTML)],
    )
    return found | table(
        reviewer, Browser(module).page("/bare"), [("reviewer's queue, 100 rows", "/reviews/", HTML)]
    )


def judge(found):
    """The goals of reference/PERFORMANCE.md that these pages belong to."""
    plain = found["plain list, 100 rows"][2]
    for label in [name for name in found if name.startswith("catalogue")]:
        ratio, _queries, cpu = found[label]
        times, rate, others = cpu / plain, 1 / ratio, PRETALX_SCHEDULE / ratio
        goal(1, f"{label}: CPU beside a plain list", f"{times:.2f}x", "<= 2.0x", times <= 2)
        goal(2, f"{label}: rate beside bare", f"{rate:.3f}", ">= 0.03", rate >= 0.03)
        goal(4, f"{label}: beside pretalx", f"{others:.0f}x", ">= 10x", others >= 10)
    most = max(found[name][1] for name in found if name.startswith(("catalogue", "stack", "micro")))
    goal(3, "queries of catalogue, stack, detail", most, "<= 4", most <= 4)
    ratio, queries, _cpu = found["reviewer's queue, 100 rows"]
    goal(5, "queue: queries", queries, "<= 12", queries <= 12)
    others = PRETALX_REVIEWS / ratio
    goal(5, "queue beside pretalx", f"{others:.0f}x", ">= 10x", others >= 10)
    ratio, queries, _cpu = found["hosted assertion, JSON"]
    goal(6, "assertion: rate beside bare", f"{1 / ratio:.2f}", ">= 0.2", 1 / ratio >= 0.2)
    goal(6, "assertion: queries", queries, "1", queries == 1)


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
