"""Addresses of plans."""

from django.urls import path

from anzhi.management.plans import views

app_name = "plans"
urlpatterns = [path("allocations/", views.AllocationList.as_view(), name="allocations")]
