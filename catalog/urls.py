"""Addresses of the catalog. The front pages of associations come last: they shadow nothing."""

from django.urls import path

from catalog import views

urlpatterns = [
    path("", views.home, name="home"),
    path("stacks/", views.stacks, name="stacks"),
    path("stacks/<slug:slug>/", views.stack, name="stack"),
    path("stacks/<slug:slug>.svg", views.stack_emblem, name="stack-emblem"),
    path("micro-certifications/", views.micro_certifications, name="micro-certifications"),
    path(
        "micro-certifications/<slug:slug>/", views.micro_certification, name="micro-certification"
    ),
    path(
        "micro-certifications/<slug:slug>.pdf",
        views.micro_certification_pdf,
        name="micro-certification-pdf",
    ),
    path("collections/<slug:slug>/", views.collection, name="collection"),
    path("<slug:slug>/", views.association, name="association"),
]
