"""Addresses of badges; those of a badge, a badge class and an issuer are ids for life."""

from django.urls import path

from badges.views import holder, hosted, pages, staff

urlpatterns = [
    path("badges/<uuid:public_id>/", hosted.badge, name="badge"),
    path("badges/<uuid:public_id>.json", hosted.badge_json, name="badge-json"),
    path("badges/<uuid:public_id>.png", hosted.badge_png, name="badge-png"),
    path("badges/<uuid:public_id>/certificate.pdf", holder.certificate, name="badge-certificate"),
    path("badges/<uuid:public_id>/record.pdf", holder.record, name="badge-record"),
    path("badges/classes/<uuid:public_id>/", hosted.badge_class, name="badge-class"),
    path("badges/classes/<uuid:public_id>.png", hosted.badge_class_png, name="badge-class-png"),
    path(
        "badges/classes/<uuid:public_id>/preview.png",
        hosted.badge_class_preview,
        name="badge-class-preview",
    ),
    path("badges/issuers/<slug:slug>/", hosted.issuer, name="issuer"),
    path("badges/issuers/<slug:slug>.png", hosted.issuer_png, name="issuer-png"),
    path("verify/", pages.verify, name="verify"),
    path("showcase/<slug:handle>/", pages.showcase, name="showcase"),
    path("my/showcase/", holder.my_showcase, name="my-showcase"),
    path("my/showcase/<uuid:public_id>/", holder.arrange, name="showcase-arrange"),
    path("staff/badges/", staff.badges, name="staff-badges"),
    path("staff/badges/<uuid:public_id>/name/", staff.name, name="staff-badge-name"),
    path("staff/badges/<uuid:public_id>/revoke/", staff.revoke, name="staff-badge-revoke"),
]
