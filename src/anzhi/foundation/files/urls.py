"""Addresses of files: by link, never by hash."""

from django.urls import path

from anzhi.foundation.files import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.Download.as_view(), name="file"),
    path("<int:pk>/<int:size>/", views.Download.as_view(), name="thumb"),
]
