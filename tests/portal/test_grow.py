"""``manage.py grow`` on the whole library: rules hold, a seed tells the rows, pages still open.

The library is loaded once for this module, in a transaction that is undone at the end; what the
tests compare is seen on the way and told as plain data.
"""

import io
import json
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from badges import tasks
from badges.models import Assertion
from portal import growing
from portal.accounts.growth import HOST
from portal.accounts.models import Association, Membership, User
from portal.duties import Step, registry
from portal.growing import Tally
from portal.models import Entry
from reviews.models import Exhibit, Review, Reviewer, Score
from submissions.models import Attempt, Evidence, Response, Submission, SubmittedPart
from tests.factories import StaffFactory
from tests.grown import grow as grow_rows
from tests.grown import make_world, statements

TODAY = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PEOPLE, ATTEMPTS = 60, 240
SLOW = "badges to bake"  # draws a picture for each of the library's badges
LISTS = {
    "educator": ("my", "my-showcase", "my-credits", "charges"),
    "reviewer": ("reviews",),
    "staff": ("staff", "memberships", "staff-charges", "staff-reviews", "staff-badges"),
    "more staff": ("staff-credits", "staff-evidence", "staff-help", "staff-sessions"),
}
PLAIN = (
    (User, ("public_id", "handle", "email", "name", "school", "district")),
    (Membership, ("public_id", "number", "status")),
    (Attempt, ("public_id", "status", "started_at", "due_at", "closed_at", "reminded")),
    (Response, ("text",)),
    (Evidence, ("public_id", "url", "status", "received_at")),
    (Submission, ("public_id", "round", "status", "outcome", "submitted_at", "decided_at")),
    (SubmittedPart, ("answers", "is_carried", "passed")),
    (Review, ("public_id", "seat", "status", "verdict", "due_on", "submitted_at")),
    (Exhibit, ("token", "number")),
    (Score, ("comment", "level__label")),
    (Assertion, ("public_id", "salt", "identity", "issued_on", "created_at")),
)


def grow(seed=5, educators=PEOPLE, attempts=ATTEMPTS, **options):
    """What the command prints."""
    out = io.StringIO()
    call_command("grow", educators=educators, attempts=attempts, seed=seed, stdout=out, **options)
    return out.getvalue()


def contents():
    """Every row that growth makes, without database keys."""
    return {
        model.__name__: Counter(map(repr, model.objects.values_list(*fields)))
        for model, fields in PLAIN
    }


def census():
    """How many rows there are of each kind."""
    return {name: sum(rows.values()) for name, rows in contents().items()}


def told(*command):
    """What a command prints, and the sentence it stops with."""
    out = io.StringIO()
    try:
        call_command(*command, stdout=out)
    except CommandError as stopped:
        return out.getvalue(), str(stopped)
    return out.getvalue(), ""


def broken_rules():
    """The names of the rules that do not hold, with the breaches."""
    report = json.loads(told("invariants")[0])
    return {name: rule["breaches"] for name, rule in report.items() if not rule["holds"]}


def undone(work):
    """What some work leads to, undone again."""
    with transaction.atomic():
        seen = work()
        transaction.set_rollback(True)
    return seen


def swept():
    """Every sweep but the slow one, run twice; three badges are baked in its place."""
    sweeps = [sweep for sweep in registry.sweeps if sweep.name != SLOW]
    for assertion in Assertion.objects.order_by("pk")[:3]:
        tasks.bake(assertion.pk)
    return [{sweep.name: sweep.run() for sweep in sweeps} for _time in range(2)]


def visit(user, *names):
    """For each page, its code and how many queries it took this person."""
    client = Client()
    client.force_login(user)
    seen = {}
    for name in names:
        address = name if name.startswith("/") else reverse(name)
        with CaptureQueriesContext(connection) as queries:
            seen[name] = client.get(address).status_code
        seen[f"{name} queries"] = len(queries.captured_queries)
    return seen


def busiest_reviewer():
    """A synthetic reviewer with open seats and sheets handed in."""
    return max(Reviewer.objects.with_load(), key=lambda one: one.load).user


def lists(staff):
    """All list pages as their people see them."""
    educator = Attempt.objects.filter(status="passed").order_by("pk").first().educator
    return {
        **visit(educator, *LISTS["educator"]),
        **visit(busiest_reviewer(), *LISTS["reviewer"]),
        **visit(staff, *LISTS["staff"], *LISTS["more staff"]),
    }


def details():
    """One page of each kind that shows a single synthetic row."""
    seen = {}
    for status in Attempt.Status.values:
        attempt = Attempt.objects.filter(status=status).order_by("pk").first()
        seen |= visit(attempt.educator, attempt.get_absolute_url())
    part = Attempt.objects.filter(status="in_review").first()
    seen |= visit(part.educator, *(reverse("part", args=[part.public_id, n]) for n in range(4)))
    for status in ("scoring", "submitted"):
        review = Review.objects.filter(status=status).first()
        seen |= visit(review.reviewer.user, review.get_absolute_url())
    badge = Assertion.objects.first()
    document = reverse("badge-json", args=[badge.public_id])
    return seen | visit(badge.recipient, badge.get_absolute_url(), document)


def load_library():
    """The library without its pictures: what waits for the commit never comes."""
    for step in sorted(registry.library, key=lambda step: step.order):
        step.run()


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """What was seen of growing once, twice, and with another seed."""
    folder, seen = tmp_path_factory.mktemp("growth"), SimpleNamespace()
    places = {"MEDIA_ROOT": folder / "media", "EMAIL_FILE_PATH": folder / "mail"}
    with (
        django_db_blocker.unblock(),
        override_settings(DEBUG=True, **places),
        time_machine.travel(TODAY, tick=False),
        transaction.atomic(),
    ):
        load_library()
        staff = StaffFactory(association=Association.objects.first())
        seen.same = [undone(lambda: grow() and contents()) for _time in range(2)]
        seen.other = undone(lambda: grow(seed=6) and contents())
        see_growth(seen, staff)
        transaction.set_rollback(True)
    return seen


def see_growth(seen, staff):
    """Grow for good, look at everything, grow more, look again."""
    seen.out, seen.first = grow(), census()
    seen.pages, seen.details = lists(staff), details()
    seen.rules = [broken_rules()]
    seen.stored = json.loads(told("reconcile")[0])
    seen.more, seen.second = grow(), census()
    seen.again, seen.third = grow(educators=0, attempts=50), census()
    seen.pages_again = lists(staff)
    seen.rules.append(broken_rules())
    seen.swept = swept()
    seen.rules.append(broken_rules())
    seen.journal = told("verify_journal")[1]
    seen.entries = Counter(Entry.objects.filter(event__endswith="grown").values_list("event"))
    grown = User.objects.filter(email__endswith=HOST)
    seen.passwords = {user.has_usable_password() for user in grown}
    seen.statuses = set(Attempt.objects.values_list("status", flat=True))
    seen.early = Attempt.objects.filter(started_at__gt=TODAY).count()


def test_every_rule_holds_after_growing_growing_more_and_the_sweep(story):
    after_growing, after_more, after_the_sweep = story.rules

    assert (after_growing, after_more, after_the_sweep) == ({}, {}, {})


def test_no_file_is_missing_and_none_is_left_over(story):
    nothing = {"rows_without_files": [], "files_without_rows": []}

    assert story.stored == nothing


def test_the_journal_tells_of_growth_and_its_chain_is_whole(story):
    grown_thrice = {("people grown",): 2, ("attempts grown",): 3}

    assert (story.journal, story.entries) == ("", grown_thrice)


def test_the_sweep_finds_nothing_to_reset_replace_or_delete(story):
    first, second = story.swept
    left_alone = (
        "overdue attempts",
        "reminders",
        "what was kept for its time",
        "reviewers who left",
        "reviews to replace",
        "free seats",
        "reviews due",
        "unfinished uploads",
    )

    assert {name: first[name] for name in left_alone} == dict.fromkeys(left_alone, 0)
    assert {name for name, count in second.items() if count} == {"mail"}  # of the first sweep


def test_the_same_seed_makes_the_same_rows_and_another_one_others(story):
    first, second = story.same
    shared = first["User"] & story.other["User"]

    assert first == second
    assert sum(shared.values()) == 1  # the staff, who was there before


def test_growing_again_adds_as_many_rows_and_none_twice(story):
    kinds = ("Attempt", "User")
    added = {kind: story.second[kind] - story.first[kind] for kind in ("Attempt",)}

    assert added == {"Attempt": ATTEMPTS}
    assert all(story.second[kind] > story.first[kind] for kind in kinds)
    assert (story.first["Attempt"], story.third["Attempt"]) == (ATTEMPTS, 2 * ATTEMPTS + 50)


def test_growing_without_educators_takes_those_of_earlier_runs(story):
    reviewers_of_a_small_batch = 12

    assert story.third["User"] - story.second["User"] == reviewers_of_a_small_batch
    assert story.third["Membership"] == story.second["Membership"]


def test_every_standing_is_there_and_nothing_began_in_the_future(story):
    assert story.statuses == set(Attempt.Status.values)
    assert story.early == 0


def test_nobody_who_was_grown_can_sign_in(story):
    assert story.passwords == {False}


def test_every_list_page_opens_for_those_whose_it_is(story):
    codes = {name: code for name, code in story.pages.items() if not name.endswith("queries")}

    assert {name for name, code in codes.items() if code != 200} == set()
    assert len(codes) == sum(map(len, LISTS.values()))


def test_no_list_page_asks_more_when_twice_as_much_is_there(story):
    shared = ("memberships", "staff-charges", "staff-reviews", "staff-badges", "staff-credits")
    names = [f"{name} queries" for name in shared]

    assert {name: story.pages[name] for name in names} == {
        name: story.pages_again[name] for name in names
    }


def test_every_page_of_one_row_opens(story):
    codes = {name: code for name, code in story.details.items() if not name.endswith("queries")}

    assert {name for name, code in codes.items() if code != 200} == set()


def test_progress_is_told_by_batch_and_summed_up_by_step(story):
    lines = story.out.splitlines()
    names = [line.split()[0] for line in lines]

    assert names == ["batch", "people", "attempts", "reviews", "badges", "hours", "all"]
    assert all("rows/s" in line for line in lines[1:])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "only with --yes"),
        ({"yes": True, "attempts": -1}, "must not be negative"),
        ({"yes": True}, "Run manage.py load_library first"),
        ({"yes": True, "educators": 0}, "Name a number of --educators"),
    ],
)
@pytest.mark.django_db
def test_what_can_not_grow_is_refused_in_a_sentence(settings, options, words):
    settings.DEBUG = False

    with pytest.raises(CommandError) as refused:
        grow(**options)

    assert words in str(refused.value)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_too_many_attempts_for_so_few_people_are_refused_and_leave_nothing(settings):
    settings.DEBUG = True
    make_world()

    with pytest.raises(CommandError) as refused:
        grow(educators=10, attempts=50)

    assert "too many attempts for so few people" in str(refused.value)
    assert (User.objects.count(), Attempt.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_number_of_statements_is_that_of_the_batches_and_not_of_the_rows():
    make_world()
    grow_rows(1, 2)  # makes the badge classes
    few = statements(educators=48, attempts=96)
    many = statements(educators=96, attempts=192)

    assert abs(few[0] - many[0]) <= 1  # chance may leave out the one rare kind of rows
    assert many[1] < 2 * 192


@pytest.mark.django_db
def test_a_run_that_is_broken_off_keeps_whole_batches_only(monkeypatch):
    make_world()
    monkeypatch.setattr(growing, "BATCH", 20)
    steps = registry.growth
    breaking = Step(65, "the power is cut", lambda batch: batch.number and 1 / 0)
    monkeypatch.setattr(registry, "growth", [*steps, breaking])

    with pytest.raises(ZeroDivisionError):
        growing.grow(40, 40, 1, lambda *line: None)

    assert Attempt.objects.count() == 20
    assert broken_rules() == {}


def test_both_numbers_are_dealt_out_over_the_batches():
    ample, few, none = growing.shares(2500, 60), growing.shares(1, 2), growing.shares(0, 0)

    assert list(ample) == [(833, 20), (833, 20), (834, 20)]
    assert (list(few), list(none)) == ([(1, 2)], [(0, 0)])


def test_a_step_that_took_no_time_has_no_rate():
    assert (Tally("people").rate, Tally("people", 10, 2.0).rate) == (0.0, 5.0)
