"""Addresses of reviews: reviewers', educators', staff's."""

from django.urls import path

from reviews.views import educator, evidence, reviewer, staff

urlpatterns = [
    path("reviews/", reviewer.reviews, name="reviews"),
    path("reviews/profile/", reviewer.reviewer_profile, name="reviewer-profile"),
    path("reviews/<uuid:public_id>/", reviewer.review, name="review"),
    path("reviews/<uuid:public_id>/hand-in/", reviewer.review_hand_in, name="review-hand-in"),
    path("reviews/<uuid:public_id>/accept/", reviewer.review_accept, name="review-accept"),
    path("reviews/<uuid:public_id>/decline/", reviewer.review_decline, name="review-decline"),
    path("reviews/<uuid:public_id>/recuse/", reviewer.review_recuse, name="review-recuse"),
    path(
        "reviews/<uuid:public_id>/evidence/<uuid:token>/",
        evidence.review_evidence,
        name="review-evidence",
    ),
    path(
        "reviews/<uuid:public_id>/evidence/<uuid:token>/view/",
        evidence.review_evidence_view,
        name="review-evidence-view",
    ),
    path(
        "my/attempts/<uuid:public_id>/feedback/", educator.attempt_feedback, name="attempt-feedback"
    ),
    path("staff/reviews/", staff.staff_reviews, name="staff-reviews"),
    path("staff/reviews/reviewers/", staff.staff_reviewers, name="staff-reviewers"),
    path(
        "staff/reviews/seats/<uuid:public_id>/reassign/",
        staff.staff_review_reassign,
        name="staff-review-reassign",
    ),
    path(
        "staff/reviews/rounds/<uuid:public_id>/return/",
        staff.staff_round_return,
        name="staff-round-return",
    ),
]
