"""The switchboard: the only module that looks up."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from portal import views

# The catalogue comes last: its front pages answer to /<association>/.
APPS = (
    "portal.accounts",
    "portal.payments",
    "portal.support",
    "submissions",
    "reviews",
    "badges",
    "credits",
    "catalog",
)

urlpatterns = [
    path("health", views.alive, name="health"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *(path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")),
]
