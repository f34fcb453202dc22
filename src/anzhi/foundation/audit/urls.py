"""Addresses of the trail."""

from django.urls import path

from anzhi.foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.EventList.as_view(), name="events"),
    path("<int:number>/", views.EventPage.as_view(), name="event"),
]
