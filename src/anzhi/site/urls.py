"""The map of the site: one line an app, grouped by platform."""

from django.urls import include, path

from anzhi.site.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("anzhi.foundation.accounts.entrance.urls")),
]
