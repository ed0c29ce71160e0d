"""What staff see of reviews and do about them."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.sites import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.duties import registry
from portal.models import Entry
from reviews import oversight
from reviews.models import Review, Reviewer
from submissions.models import Attempt, Submission
from tests.factories import AssociationFactory, MemberFactory, StaffFactory, submitted_round
from tests.reviews.factories import ReviewerFactory, hand_in, scored_round, seated_round

pytestmark = pytest.mark.django_db

REVIEWERS = "/staff/reviews/reviewers/"
PLAN = "Quality of the plan"


@pytest.fixture
def url():
    return reverse("staff-reviews")


def titles(page):
    return [round_.attempt.micro_certification.title for round_ in page.context["page"]]


def test_staff_see_open_rounds_with_their_seats_but_not_whose_work_it_is(staff_client, url):
    submission, reviews = seated_round(MemberFactory(name="Erin Unseen"))

    page = staff_client.get(url)

    assert titles(page) == [submission.attempt.micro_certification.title]
    body = page.content.decode()
    assert all(review.reviewer.user.name in body for review in reviews)
    assert "Erin Unseen" not in body


@pytest.mark.parametrize("shown", ["waiting", "overdue", "third"])
def test_the_list_can_be_narrowed_to_what_needs_a_look(staff_client, url, shown):
    third = scored_round((PLAN,), (), reviewers=3)
    fine, seats = seated_round(reviewers=3)
    late, (late_seat, _other) = seated_round()
    Reviewer.objects.update(capacity=0)
    waiting = submitted_round()
    Review.objects.filter(submission=fine).update(due_on=timezone.localdate() + timedelta(9))
    Review.objects.filter(pk=late_seat.pk).update(due_on=timezone.localdate() - timedelta(3))

    page = staff_client.get(url, {"show": shown})

    expected = {"waiting": waiting, "overdue": late, "third": third}[shown]
    assert titles(page) == [expected.attempt.micro_certification.title]
    assert page.context["counts"] == {"waiting": 1, "overdue": 1, "third": 1}
    assert len(seats) == 2


def test_an_unknown_filter_shows_all(staff_client, url):
    seated_round()

    page = staff_client.get(url, {"show": "<script>"})

    assert (len(titles(page)), page.context["shown"]) == (1, "")


def test_the_list_asks_the_same_queries_however_long(staff_client, url):
    ReviewerFactory.create_batch(2, capacity=9)
    seated_round()
    staff_client.get(url)
    for_one = queries_of(staff_client, url)
    seated_round()
    seated_round()

    assert queries_of(staff_client, url) == for_one
    assert len(titles(staff_client.get(url))) == 3


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def test_others_do_not_find_the_page(signed_in, url):
    seat = seated_round()[1][0]
    answers = [
        signed_in.get(url),
        signed_in.post(reverse("staff-review-reassign", args=[seat.public_id]), {"reason": "x"}),
        signed_in.post(
            reverse("staff-round-return", args=[seat.submission.public_id]), {"reason": "x"}
        ),
    ]

    seat.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert seat.status == Review.Status.ASSIGNED


def test_staff_of_another_association_see_and_touch_nothing(client, url):
    seat = seated_round()[1][0]
    client.force_login(StaffFactory(association=AssociationFactory(slug="psea")))

    page = client.get(url)
    answer = client.post(reverse("staff-review-reassign", args=[seat.public_id]), {"reason": "x"})

    assert (titles(page), answer.status_code) == ([], 404)


def test_staff_who_are_educators_learn_nothing_about_their_own_round(client, url):
    staff = staff_who_is_a_member()
    ReviewerFactory.create_batch(2)
    client.force_login(staff)
    without = told(client.get(url))

    submission = submitted_round(staff)

    assert told(client.get(url)) == without
    assert oversight.attention(staff) == 0
    seat = submission.reviews.first()
    answers = [
        client.post(reverse("staff-review-reassign", args=[seat.public_id]), {"reason": "x"}),
        client.post(reverse("staff-round-return", args=[submission.public_id]), {"reason": "x"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def staff_who_is_a_member():
    user = MemberFactory()
    user.association.staff.add(user)
    return user


def told(page):
    context = page.context
    rows = page.client.get(reverse("staff-reviewers")).context["page"]
    load = [(one.pk, one.load, one.handed_in, one.stepped_aside) for one in rows]
    return titles(page), context["counts"], context["figures"], load


def test_the_figures_of_ones_own_decided_round_are_left_out_too(client, url):
    staff = staff_who_is_a_member()
    ReviewerFactory.create_batch(2)
    client.force_login(staff)
    without = told(client.get(url))

    scored_round(educator=staff)

    assert told(client.get(url)) == without


def test_staff_who_review_learn_nothing_of_the_round_they_score(client, url):
    staff = StaffFactory()
    ReviewerFactory(user=staff)
    seated_round()
    client.force_login(staff)

    page = client.get(url)

    assert Review.objects.visible_to(staff).count() == 1
    assert titles(page) == []


def test_staff_give_a_seat_to_someone_else_with_a_reason(staff_client, staff):
    submission, (seat, _other) = seated_round(reviewers=3)
    address = reverse("staff-review-reassign", args=[seat.public_id])

    staff_client.post(address, {"reason": ""})
    assert Review.objects.get(pk=seat.pk).status == Review.Status.ASSIGNED
    staff_client.post(address, {"reason": "On sick leave.", "reviewer": seat.reviewer_id})

    seat.refresh_from_db()
    assert (seat.status, seat.reason) == (Review.Status.LAPSED, "On sick leave.")
    assert submission.reviews.seated().count() == 2
    entry = Entry.objects.get(event="seat lapsed")
    assert (entry.by, entry.subject_id) == (str(staff.public_id), str(seat.public_id))


def test_a_seat_that_was_handed_in_can_not_be_taken_away(staff_client):
    seat = seated_round()[1][0]
    hand_in(seat)

    answer = staff_client.post(
        reverse("staff-review-reassign", args=[seat.public_id]), {"reason": "x"}
    )

    seat.refresh_from_db()
    assert (answer.status_code, seat.status) == (404, Review.Status.SUBMITTED)


def test_staff_return_a_round_as_incomplete_with_a_reason(staff_client):
    submission, reviews = seated_round()
    address = reverse("staff-round-return", args=[submission.public_id])

    staff_client.post(address, {"reason": " "})
    assert Submission.objects.get(pk=submission.pk).status == Submission.Status.SCORING
    staff_client.post(address, {"reason": "The video has no sound.", "outcome": "pass"})

    submission.refresh_from_db()
    submission.attempt.refresh_from_db()
    assert (submission.status, submission.outcome) == (Submission.Status.RETURNED, "")
    assert submission.attempt.status == Attempt.Status.RETURNED
    assert not Review.objects.open().filter(pk__in=[review.pk for review in reviews]).exists()


def test_figures_tell_first_time_passes_and_agreement_and_that_few_are_few(staff_client, url):
    ReviewerFactory.create_batch(3, capacity=9)
    scored_round()
    scored_round((PLAN,), (PLAN,))
    split = scored_round((PLAN,), ())
    hand_in(split.reviews.get(seat=3))

    page = staff_client.get(url).content.decode()

    assert "2 of 3 (67 percent)" in page
    assert "2 of 3 (67 percent; beyond chance, Gwet’s AC1: 0.33)" in page
    assert "So few rounds say little" in page


def test_without_rounds_the_figures_say_so(staff_client, url):
    page = staff_client.get(url).content.decode()

    assert "No round is decided yet" in page


def test_the_load_of_reviewers_is_told(staff_client):
    _submission, (seat, _other) = seated_round()

    rows = {one.pk: one for one in staff_client.get(REVIEWERS).context["page"]}

    assert (rows[seat.reviewer_id].load, rows[seat.reviewer_id].handed_in) == (1, 0)


def test_the_staffs_day_counts_rounds_that_lack_a_reviewer_or_are_late(staff):
    submitted_round()
    (line,) = (one for one in registry.staff_lines if one.url_name == "staff-reviews")
    assert line.count(staff) == 1
    ReviewerFactory.create_batch(4)
    seated_round()

    with time_machine.travel(timezone.now() + timedelta(days=12), tick=False):
        assert line.count(staff) == 2


def test_the_back_office_knows_reviewers_but_no_seat_and_no_round():
    known = {model._meta.label for model in site._registry if model._meta.app_label == "reviews"}

    assert known == {"reviews.Reviewer"}


def test_the_back_office_lists_reviewers_without_their_rounds(client):
    submission, reviews = seated_round()
    boss = StaffFactory(is_staff=True, is_superuser=True)
    client.force_login(boss)

    page = client.get(reverse("admin:reviews_reviewer_changelist")).content.decode()
    one = client.get(
        reverse("admin:reviews_reviewer_change", args=[reviews[0].reviewer_id])
    ).content.decode()

    assert reviews[0].reviewer.user.name in page
    assert submission.attempt.micro_certification.title not in page + one
    assert submission.attempt.educator.name not in page + one


def test_without_reviewers_the_list_says_where_they_are_made(staff_client):
    assert "There are no active reviewers yet." in staff_client.get(REVIEWERS).text


def test_reviewers_come_in_pages(staff_client):
    ReviewerFactory.create_batch(26)

    pages = [staff_client.get(REVIEWERS, {"page": number}).context["page"] for number in (1, 2)]

    assert [len(page) for page in pages] == [25, 1]
    assert not set(pages[0]) & set(pages[1])


@pytest.mark.parametrize("sought", ["ivory", " Ivory ", "ivory.key@"])
def test_a_reviewer_is_found_by_name_or_address(staff_client, sought):
    ReviewerFactory()
    wanted = ReviewerFactory(user__name="Ivory Key", user__email="ivory.key@school.example")

    page = staff_client.get(REVIEWERS, {"q": sought})

    assert list(page.context["page"]) == [wanted]


def test_a_search_for_a_reviewer_without_a_match_says_what_to_try(staff_client):
    ReviewerFactory()

    page = staff_client.get(REVIEWERS, {"q": "nobody<b>"})

    assert ("No reviewer found" in page.text, "nobody&lt;b&gt;" in page.text) == (True, True)


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_list_of_reviewers_asks_the_same_queries(
    staff_client, count, django_assert_num_queries
):
    ReviewerFactory.create_batch(count)
    staff_client.get(REVIEWERS)

    with django_assert_num_queries(6):
        page = staff_client.get(REVIEWERS)

    assert len(page.context["page"]) == count
