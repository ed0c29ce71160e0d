"""The switchboard: the only module that looks up."""

from django.contrib import admin
from django.urls import include, path

from portal import views
from portal.takeout import takeout

urlpatterns = [
    path("health", views.alive, name="health"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    # Machines ask for badges more often than people for pages, so these are looked at first.
    path("", include("badges.urls")),
    path("my/takeout/", takeout, name="takeout"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("portal.accounts.urls")),
    path("", include("portal.payments.urls")),
    path("", include("portal.support.urls")),
    path("", include("submissions.urls")),
    path("", include("reviews.urls")),
    path("", include("credits.urls")),
    # The catalog comes last: its front pages answer to /<association>/.
    path("", include("catalog.urls")),
]
