"""A small world for synthetic load: a few editions in a few stacks, programs, and growth in it."""

from contextlib import contextmanager

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal import growing
from tests.credits.factories import Act48Factory, Chapter14Factory, ChicoFactory
from tests.factories import EditionFactory, StackFactory

STACKS = (2, 3, 4)  # how many micro-certifications each has


def make_world():
    """Nine editions, two associations and three programs to grow from."""
    for factory in (ChicoFactory, Act48Factory, Chapter14Factory):
        factory()
    for size in STACKS:
        stack = StackFactory()
        for _number in range(size):
            EditionFactory(stack=stack)


def grow(educators, attempts, seed=1):
    """Grow, and return what was told of each step and the lines of progress."""
    lines = []
    tallies = growing.grow(educators, attempts, seed, lambda *line: lines.append(line))
    return {tally.name: tally.rows for tally in tallies}, lines


def statements(educators, attempts):
    """The statements that growing so much takes, without the INSERTs, which are cut to size."""
    with CaptureQueriesContext(connection) as queries:
        grow(educators, attempts)
    texts = [query["sql"] for query in queries.captured_queries]
    return len([text for text in texts if not text.startswith("INSERT")]), len(texts)


@contextmanager
def shared(blocker, educators, attempts):
    """Growth that all tests of a module share; what a test does to it is undone with the test."""
    with blocker.unblock(), transaction.atomic():
        make_world()
        grow(educators, attempts)
        yield
        transaction.set_rollback(True)
