"""The address of search."""

from django.urls import path

from anzhi.foundation.search import views

app_name = "search"
urlpatterns = [path("", views.Search.as_view(), name="index")]
