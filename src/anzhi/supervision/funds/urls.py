"""Addresses of funds."""

from django.urls import path

from anzhi.supervision.funds.views import accounts, files, rows

app_name = "funds"
urlpatterns = [
    path("accounts/", accounts.AccountList.as_view(), name="accounts"),
    path("accounts/<int:pk>/", accounts.AccountPage.as_view(), name="account"),
    path("accounts/<int:pk>/reveal/", accounts.AccountReveal.as_view(), name="account_reveal"),
    path("transactions/", rows.TransactionList.as_view(), name="transactions"),
    path("transactions/<int:pk>/", rows.TransactionPage.as_view(), name="transaction"),
    path("statements/", files.FileList.as_view(), name="files"),
    path("statements/upload/", files.Upload.as_view(), name="upload"),
    path("statements/<int:pk>/", files.FilePage.as_view(), name="file"),
    path("statements/<int:pk>/again/", files.FileAgain.as_view(), name="file_again"),
    path("banks/", accounts.BankList.as_view(), name="banks"),
]
