"""Addresses of budgets."""

from django.urls import path

from anzhi.management.budgets import views

app_name = "budgets"
urlpatterns = [
    path("", views.BudgetList.as_view(), name="index"),
    path("new/", views.BudgetNew.as_view(), name="new"),
    path("expenses/", views.ExpenseList.as_view(), name="expenses"),
    path("expenses/<int:pk>/", views.ExpensePage.as_view(), name="expense"),
    path("expenses/<int:pk>/agree/", views.ExpenseAgree.as_view(), name="expense_agree"),
    path("expenses/<int:pk>/refuse/", views.ExpenseRefuse.as_view(), name="expense_refuse"),
    path("expenses/<int:pk>/withdraw/", views.ExpenseWithdraw.as_view(), name="expense_withdraw"),
    path("expenses/<int:pk>/pay/", views.ExpensePay.as_view(), name="expense_pay"),
    path("lines/<int:pk>/", views.LinePage.as_view(), name="line"),
    path("lines/<int:pk>/drop/", views.LineDrop.as_view(), name="line_drop"),
    path("lines/<int:pk>/adjust/", views.LineAdjust.as_view(), name="line_adjust"),
    path("lines/<int:pk>/ask/", views.ExpenseNew.as_view(), name="expense_new"),
    path("<int:pk>/", views.BudgetPage.as_view(), name="budget"),
    path("<int:pk>/line/", views.LineNew.as_view(), name="line_new"),
    path("<int:pk>/ceilings/", views.BudgetAnswer.as_view(), name="answer"),
    path("<int:pk>/refine/", views.BudgetRefine.as_view(), name="refine"),
    path("<int:pk>/approve/", views.BudgetApprove.as_view(), name="approve"),
    path("<int:pk>/close/", views.BudgetClose.as_view(), name="close"),
]
