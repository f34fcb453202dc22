"""Addresses of projects."""

from django.urls import path

from anzhi.network.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.ProjectList.as_view(), name="index"),
    path("<str:code>/", views.ProjectPage.as_view(), name="project"),
]
