"""Every lifecycle, written a second time from DESIGN section 6, against the tables on the models.

The code and the intention are written twice on purpose: whoever changes one is asked about the
other. Where the design says "any", it means any status in which there is work to speak of.
"""

import re
from itertools import product

import pytest
from django.conf import settings

from portal.duties import registry
from portal.refusal import Refused

MODELS = {model.__name__: model for model in registry.lifecycles}

INTENDED = {
    "Assertion": ["issued > revoked"],
    "Attempt": [
        "fee_due > in_progress withdrawn",
        "in_progress > in_review withdrawn reset denied",
        "in_review > passed not_yet returned denied",
        "not_yet > in_review withdrawn reset denied",
        "returned > in_review withdrawn reset denied",
        "passed > denied",
    ],
    "Charge": ["due > paid waived", "paid > refunded"],
    "Edition": ["draft > in_review", "in_review > draft published", "published > retired"],
    "EnrollmentBatch": ["open > exported", "exported > confirmed"],
    "Evidence": [
        "received > cleaning removed deleted",
        "cleaning > clean refused held removed",
        "clean > removed deleted",
        "refused > removed deleted",
        "held > cleaning refused removed deleted",
        "removed > received clean deleted",
    ],
    "HoursEntry": [
        "pending > issued void",
        "issued > reported void",
        "reported > accepted error",
        "error > reported void",
    ],
    "Membership": [
        "claimed > active refused",
        "active > lapsed",
        "lapsed > claimed active",
        "refused > claimed active",
    ],
    "Question": ["open > answered", "answered > closed"],
    "Review": [
        "assigned > accepted scoring declined recused lapsed",
        "accepted > scoring declined recused lapsed",
        "scoring > submitted declined recused lapsed",
    ],
    "Submission": [
        "waiting > scoring returned",
        "scoring > waiting adjudication decided returned",
        "adjudication > decided returned",
    ],
    "UnitApplication": [
        "draft > submitted withdrawn",
        "submitted > verified rejected withdrawn",
        "verified > paid withdrawn",
        "paid > batched",
        "batched > enrolled",
        "enrolled > graded",
    ],
}
FINAL = {
    "Assertion": {"revoked"},
    "Attempt": {"withdrawn", "reset", "denied"},
    "Charge": {"waived", "refunded"},
    "Edition": {"retired"},
    "EnrollmentBatch": {"confirmed"},
    "Evidence": {"deleted"},
    "HoursEntry": {"accepted", "void"},
    "Membership": set(),
    "Question": {"closed"},
    "Review": {"submitted", "declined", "recused", "lapsed"},
    "Submission": {"decided", "returned"},
    "UnitApplication": {"graded", "rejected", "withdrawn"},
}
BEGINS = {
    "Assertion": "issued",
    "Attempt": "in_progress",
    "Charge": "due",
    "Edition": "draft",
    "EnrollmentBatch": "open",
    "Evidence": "received",
    "HoursEntry": "pending",
    "Membership": "claimed",
    "Question": "open",
    "Review": "assigned",
    "Submission": "waiting",
    "UnitApplication": "draft",
}
PAIRS = [
    (name, origin, goal)
    for name, model in sorted(MODELS.items())
    for origin, goal in product(model.Status.values, repeat=2)
]


def legal(name):
    """The moves of a model as they are meant: pairs of statuses."""
    lines = [line.split(" > ") for line in INTENDED[name]]
    return {(origin, goal) for origin, goals in lines for goal in goals.split()}


def test_every_lifecycle_of_the_portal_is_written_down_here():
    assert set(MODELS) == set(INTENDED) == set(FINAL) == set(BEGINS)


@pytest.mark.parametrize("name", sorted(INTENDED))
def test_the_intention_speaks_of_statuses_that_exist(name):
    spoken = {status for pair in legal(name) for status in pair}

    assert spoken == set(MODELS[name].Status.values)


@pytest.mark.parametrize(("name", "origin", "goal"), PAIRS)
def test_a_status_may_go_where_it_is_meant_to_and_nowhere_else(name, origin, goal):
    assert MODELS[name].lifecycle.allows(origin, goal) == ((origin, goal) in legal(name))


@pytest.mark.parametrize("name", sorted(INTENDED))
def test_nothing_leads_out_of_a_final_status(name):
    statuses = set(MODELS[name].Status.values)
    moving = {origin for origin, _goal in legal(name)}

    assert statuses - moving == FINAL[name]
    assert {s for s in statuses if not MODELS[name].lifecycle.moves.get(s)} == FINAL[name]


@pytest.mark.parametrize("name", sorted(INTENDED))
def test_a_record_begins_where_it_is_meant_to(name):
    assert MODELS[name]._meta.get_field("status").default == BEGINS[name]


@pytest.mark.parametrize("name", sorted(INTENDED))
def test_every_status_can_be_reached_from_the_beginning(name):
    reached, before = {BEGINS[name]} | ({"fee_due"} if name == "Attempt" else set()), set()

    while reached != before:
        before = set(reached)
        reached |= {goal for origin, goal in legal(name) if origin in reached}

    assert reached == set(MODELS[name].Status.values)


@pytest.mark.parametrize(
    ("name", "origin", "goal"), [pair for pair in PAIRS if pair[1:] not in legal(pair[0])]
)
def test_an_illegal_move_is_refused_before_the_database_is_asked(name, origin, goal):
    record = MODELS[name](status=origin)
    now = record.get_status_display().lower()

    with pytest.raises(Refused) as refused:
        MODELS[name].lifecycle.move(record, goal)

    assert refused.value.words == f"This can’t be done any more: it is now “{now}”."
    assert record.status == origin


@pytest.mark.parametrize("name", sorted(INTENDED))
def test_the_drawing_in_the_docs_shows_exactly_the_intended_moves(name):
    page = (settings.BASE_DIR / "docs" / "lifecycles.md").read_text()
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]

    drawn = re.findall(r"^    (\S+) --> (\S+)$", section, re.MULTILINE)

    inner = {(origin, goal) for origin, goal in drawn if "[*]" not in (origin, goal)}
    assert inner == legal(name)
    assert {origin for origin, goal in drawn if goal == "[*]"} == FINAL[name]
