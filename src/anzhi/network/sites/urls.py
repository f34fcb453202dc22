"""Addresses of sites."""

from django.urls import path

from anzhi.network.sites import views

app_name = "sites"
urlpatterns = [
    path("", views.SiteList.as_view(), name="index"),
    path("new/<str:project>/", views.SiteNew.as_view(), name="new"),
    path("<str:code>/", views.SitePage.as_view(), name="site"),
    path("<str:code>/change/", views.SiteChange.as_view(), name="change"),
    path("<str:code>/move/", views.SiteMove.as_view(), name="move"),
    path("<str:code>/photo/", views.PhotoAdd.as_view(), name="photo"),
]
