"""Addresses of funds."""

from django.urls import path

from anzhi.supervision.funds.views import accounts, files, filing, rows

app_name = "funds"
urlpatterns = [
    path("accounts/", accounts.AccountList.as_view(), name="accounts"),
    path("accounts/register/", filing.AccountFile.as_view(), name="account_file"),
    path("accounts/<int:pk>/record/", filing.AccountRecord.as_view(), name="account_record"),
    path("accounts/<int:pk>/confirm/", filing.AccountConfirm.as_view(), name="account_confirm"),
    path("accounts/<int:pk>/withdraw/", filing.AccountWithdraw.as_view(), name="account_withdraw"),
    path("accounts/<int:pk>/change/", filing.AccountChange.as_view(), name="account_change"),
    path("accounts/<int:pk>/suspend/", filing.AccountSuspend.as_view(), name="account_suspend"),
    path("accounts/<int:pk>/resume/", filing.AccountResume.as_view(), name="account_resume"),
    path("accounts/<int:pk>/close/", filing.AccountClose.as_view(), name="account_close"),
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
