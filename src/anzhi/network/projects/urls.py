"""Addresses of projects."""

from django.urls import path

from anzhi.network.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.ProjectList.as_view(), name="index"),
    path("new/", views.ProjectNew.as_view(), name="new"),
    path("gaps/", views.GapList.as_view(), name="gaps"),
    path("<str:code>/", views.ProjectPage.as_view(), name="project"),
    path("<str:code>/change/", views.ProjectChange.as_view(), name="change"),
    path("<str:code>/milestone/", views.MilestoneSet.as_view(), name="milestone"),
    path("<str:code>/milestone/<str:step>/remove/", views.MilestoneRemove.as_view(), name="milestone_remove"),
    path("<str:code>/milestone/<str:step>/document/", views.DocumentAdd.as_view(), name="document"),
    path("<str:code>/photo/", views.PhotoAdd.as_view(), name="photo"),
]
