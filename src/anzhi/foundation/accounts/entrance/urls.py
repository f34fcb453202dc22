"""Addresses of the entrance; the names are those allauth asks for."""

from django.urls import path

from anzhi.foundation.accounts.entrance import views

urlpatterns = [
    path("login/", views.Login.as_view(), name="account_login"),
    path("login/passkey/", views.LoginByPasskey.as_view(), name="mfa_login_webauthn"),
    path("login/second/", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("login/closed/", views.Inactive.as_view(), name="account_inactive"),
    path("logout/", views.Logout.as_view(), name="account_logout"),
    path("me/confirm/", views.ConfirmByPassword.as_view(), name="account_reauthenticate"),
    path("me/confirm/code/", views.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("me/confirm/passkey/", views.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("me/password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("me/factors/", views.Factors.as_view(), name="mfa_index"),
    path("me/factors/totp/", views.AddTotp.as_view(), name="mfa_activate_totp"),
    path("me/factors/totp/remove/", views.RemoveTotp.as_view(), name="mfa_deactivate_totp"),
    path("me/factors/passkeys/", views.Factors.as_view(), name="mfa_list_webauthn"),
    path("me/factors/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("me/factors/passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("me/factors/codes/", views.ShowCodes.as_view(), name="mfa_view_recovery_codes"),
    path("me/factors/codes/new/", views.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
]
