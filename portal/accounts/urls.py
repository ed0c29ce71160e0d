"""Addresses of accounts: one's own pages, and the staff's day."""

from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("my/profile/", views.profile, name="profile"),
    path("my/profile/membership/", views.membership_claim, name="membership-claim"),
    path("staff/", views.staff_day, name="staff"),
    path("staff/memberships/", views.memberships, name="memberships"),
    path("staff/memberships/roster/", views.roster, name="roster"),
    path(
        "staff/memberships/<uuid:public_id>/",
        views.membership_settle,
        name="membership-settle",
    ),
]
