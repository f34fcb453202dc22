"""Addresses of plans."""

from django.urls import path

from anzhi.management.plans import views

app_name = "plans"
urlpatterns = [
    path("lines/", views.LineList.as_view(), name="lines"),
    path("lines/<int:pk>/", views.LinePage.as_view(), name="line"),
    path("allocations/", views.AllocationList.as_view(), name="allocations"),
    path("allocations/<int:pk>/", views.AllocationPage.as_view(), name="allocation"),
    path("files/", views.FileList.as_view(), name="files"),
    path("files/give/", views.Upload.as_view(), name="upload"),
    path("files/blank/<slug:kind>/", views.Blank.as_view(), name="blank"),
    path("files/<int:pk>/", views.FilePage.as_view(), name="file"),
]
