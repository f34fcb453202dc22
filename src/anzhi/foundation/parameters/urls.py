"""Addresses of the parameters' pages."""

from django.urls import path

from anzhi.foundation.parameters import views

app_name = "parameters"
urlpatterns = [
    path("", views.ParameterList.as_view(), name="parameters"),
    path("<int:number>/", views.ParameterPage.as_view(), name="parameter"),
    path("<int:number>/set/", views.ParameterSet.as_view(), name="set"),
]
