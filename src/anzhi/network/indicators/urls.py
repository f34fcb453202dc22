"""Addresses of indicators."""

from django.urls import path

from anzhi.network.indicators import views

app_name = "indicators"
urlpatterns = [path("", views.IndicatorList.as_view(), name="index")]
