"""Addresses of alerts and rules."""

from django.urls import path

from anzhi.supervision.alerts import views
from anzhi.supervision.alerts.states import Act

PAGES = {Act.ACKNOWLEDGE: views.AlertTaken, Act.CLOSE: views.AlertEnd, Act.DISMISS: views.AlertEnd}
app_name = "alerts"
urlpatterns = [
    path("", views.AlertList.as_view(), name="alerts"),
    path("rules/", views.RuleList.as_view(), name="rules"),
    path("rules/<slug:code>/", views.RulePage.as_view(), name="rule"),
    path("<slug:number>/", views.AlertPage.as_view(), name="alert"),
    *(
        path(f"<slug:number>/{act.value}/", PAGES.get(act, views.AlertAct).as_view(what=act), name=f"act-{act.value}")
        for act in Act
    ),
]
