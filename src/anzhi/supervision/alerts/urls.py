"""Addresses of alerts and rules."""

from django.urls import path

from anzhi.supervision.alerts.states import Act
from anzhi.supervision.alerts.views import alerts, rules

PAGES = {Act.ACKNOWLEDGE: alerts.AlertTaken, Act.CLOSE: alerts.AlertEnd, Act.DISMISS: alerts.AlertEnd}
app_name = "alerts"
urlpatterns = [
    path("", alerts.AlertList.as_view(), name="alerts"),
    path("rules/", rules.RuleList.as_view(), name="rules"),
    path("rules/<slug:code>/", rules.RulePage.as_view(), name="rule"),
    path("rules/<slug:code>/draft/", rules.RuleDraft.as_view(), name="rule-draft"),
    path("rules/<slug:code>/publish/", rules.RulePublish.as_view(), name="rule-publish"),
    path("<slug:number>/", alerts.AlertPage.as_view(), name="alert"),
    *(
        path(f"<slug:number>/{act.value}/", PAGES.get(act, alerts.AlertAct).as_view(what=act), name=f"act-{act.value}")
        for act in Act
    ),
]
