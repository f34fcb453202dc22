"""Addresses of annual plans."""

from django.urls import path

from anzhi.management.annual import views

app_name = "annual"
urlpatterns = [
    path("", views.PlanList.as_view(), name="plans"),
    path("new/", views.PlanNew.as_view(), name="new"),
    path("waiting/", views.ReportList.as_view(), name="waiting"),
    path("<int:pk>/", views.PlanPage.as_view(), name="plan"),
    path("<int:pk>/compare/", views.PlanCompare.as_view(), name="compare"),
    path("<int:pk>/line/", views.LineNew.as_view(), name="line_new"),
    path("<int:pk>/issue/", views.PlanIssue.as_view(), name="issue"),
    path("<int:pk>/adjust/", views.PlanAdjust.as_view(), name="adjust"),
    path("<int:pk>/discard/", views.PlanDiscard.as_view(), name="discard"),
    path("lines/<int:pk>/", views.LineChange.as_view(), name="line"),
    path("lines/<int:pk>/drop/", views.LineDrop.as_view(), name="line_drop"),
    path("tasks/<int:pk>/", views.TaskPage.as_view(), name="task"),
    path("tasks/<int:pk>/report/", views.ReportNew.as_view(), name="report"),
    path("reports/<int:pk>/confirm/", views.ReportConfirm.as_view(), name="confirm"),
    path("reports/<int:pk>/return/", views.ReportReturn.as_view(), name="send_back"),
]
