"""Addresses of the parameters pages."""

from django.urls import URLPattern

app_name = "parameters"
urlpatterns: list[URLPattern] = []
