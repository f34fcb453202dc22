"""Addresses of the desk and of cases."""

from django.urls import path

from anzhi.foundation.workflow.views import cases, definitions, lists

app_name = "workflow"
urlpatterns = [
    path("desk/", lists.Inbox.as_view(), name="inbox"),
    path("desk/handled/", lists.Handled.as_view(), name="handled"),
    path("desk/started/", lists.Started.as_view(), name="started"),
    path("desk/copies/", lists.Copies.as_view(), name="copies"),
    path("desk/supervised/", lists.Supervised.as_view(), name="supervised"),
    path("desk/queue/", lists.Queue.as_view(), name="queue"),
    path("procedures/", definitions.DefinitionList.as_view(), name="definitions"),
    path("procedures/<slug:key>/<int:version>/", definitions.DefinitionPage.as_view(), name="definition"),
    path("cases/<int:pk>/", cases.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/sheet/", cases.Sheet.as_view(), name="sheet"),
    path("cases/<int:pk>/attach/", cases.AttachPage.as_view(), name="attach"),
    path("cases/<int:pk>/<slug:act>/", cases.ActPage.as_view(), name="act"),
    path("cases/<int:pk>/<slug:act>/<int:task>/", cases.ActPage.as_view(), name="act-task"),
]
