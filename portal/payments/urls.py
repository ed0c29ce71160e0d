"""Addresses of payments."""

from django.urls import path

from portal.payments import views

urlpatterns = [
    path("my/charges/", views.charges, name="charges"),
    path("staff/charges/", views.staff_charges, name="staff-charges"),
    path("staff/charges/<uuid:public_id>/", views.charge_settle, name="charge-settle"),
    path("staff/charges/<uuid:public_id>/waive/", views.charge_waive, name="charge-waive"),
]
