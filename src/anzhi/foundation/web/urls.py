"""Addresses that belong to no app: language, gallery."""

from django.conf import settings
from django.urls import path

from anzhi.foundation.web import views

app_name = "web"
urlpatterns = [path("i18n/setlang/", views.setlang, name="setlang")]
if getattr(settings, "DEMO", False) or settings.DEBUG:
    urlpatterns.append(path("components/", views.Gallery.as_view(), name="components"))
