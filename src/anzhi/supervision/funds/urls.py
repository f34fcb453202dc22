"""Addresses of funds."""

from django.urls import path

from anzhi.supervision.funds import views

app_name = "funds"
urlpatterns = [
    path("accounts/", views.AccountList.as_view(), name="accounts"),
    path("accounts/<int:pk>/", views.AccountPage.as_view(), name="account"),
    path("accounts/<int:pk>/reveal/", views.AccountReveal.as_view(), name="account_reveal"),
    path("transactions/", views.TransactionList.as_view(), name="transactions"),
    path("transactions/<int:pk>/", views.TransactionPage.as_view(), name="transaction"),
    path("statements/", views.FileList.as_view(), name="files"),
    path("statements/upload/", views.Upload.as_view(), name="upload"),
    path("statements/<int:pk>/", views.FilePage.as_view(), name="file"),
    path("statements/<int:pk>/again/", views.FileAgain.as_view(), name="file_again"),
    path("banks/", views.BankList.as_view(), name="banks"),
]
