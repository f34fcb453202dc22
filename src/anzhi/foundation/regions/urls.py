"""Addresses of regions."""

from django.urls import path

from anzhi.foundation.regions import views

app_name = "regions"
urlpatterns = [
    path("", views.RegionList.as_view(), name="regions"),
    path("files/", views.ImportList.as_view(), name="files"),
    path("files/<int:pk>/", views.ImportPage.as_view(), name="file"),
    path("<slug:code>/", views.RegionPage.as_view(), name="region"),
]
