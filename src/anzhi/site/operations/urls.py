"""Addresses of operations."""

from django.urls import path

from anzhi.site.operations import views

app_name = "operations"
urlpatterns = [path("jobs/", views.Jobs.as_view(), name="jobs")]
