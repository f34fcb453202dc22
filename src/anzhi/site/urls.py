"""The map of the site: one line an app, grouped by platform."""

from django.urls import path

from anzhi.site.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
