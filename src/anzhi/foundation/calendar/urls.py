"""Addresses of the calendar's pages."""

from django.urls import path

from anzhi.foundation.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.YearPage.as_view(), name="today"),
    path("<int:year>/", views.YearPage.as_view(), name="year"),
    path("notice/", views.NoticePage.as_view(), name="notice"),
]
