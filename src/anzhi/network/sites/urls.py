"""Addresses of sites."""

from django.urls import path

from anzhi.network.sites import views

app_name = "sites"
urlpatterns = [
    path("", views.SiteList.as_view(), name="index"),
    path("<str:code>/", views.SitePage.as_view(), name="site"),
]
