"""Addresses: one's own account, offices, people."""

from django.urls import path

from anzhi.foundation.accounts.views import me, offices, people

app_name = "accounts"
urlpatterns = [
    path("me/", me.Me.as_view(), name="me"),
    path("me/language/", me.Language.as_view(), name="language"),
    path("me/sessions/end/", me.EndOthers.as_view(), name="end-others"),
    path("me/sessions/<int:pk>/end/", me.EndSession.as_view(), name="end-session"),
    path("accounts/agencies/", offices.AgencyList.as_view(), name="agencies"),
    path("accounts/agencies/<code>/", offices.AgencyPage.as_view(), name="agency"),
    path("accounts/agencies/<code>/edit/", offices.AgencyEdit.as_view(), name="agency-edit"),
    path("accounts/agencies/<code>/divisions/add/", offices.AddDivision.as_view(), name="add-division"),
    path("accounts/agencies/<code>/people/add/", people.OpenAccount.as_view(), name="open-account"),
    path("accounts/people/", people.PeopleList.as_view(), name="people"),
    path("accounts/people/<username>/", people.PersonPage.as_view(), name="person"),
    path("accounts/people/<username>/post/", people.Move.as_view(), name="move"),
    path("accounts/people/<username>/roles/add/", people.GrantRole.as_view(), name="grant"),
    path("accounts/people/<username>/password/", people.IssuePassword.as_view(), name="issue-password"),
    path("accounts/people/<username>/unlock/", people.Unlock.as_view(), name="unlock"),
    path("accounts/people/<username>/close/", people.CloseAccount.as_view(), name="close"),
    path("accounts/people/<username>/reopen/", people.Reopen.as_view(), name="reopen"),
    path("accounts/grants/<int:pk>/withdraw/", people.WithdrawRole.as_view(), name="withdraw"),
]
