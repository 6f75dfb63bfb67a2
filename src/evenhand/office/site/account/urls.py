"""Addresses below `/account/`. Only what this office uses of django-allauth, each with its access rule."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as directory
from allauth.usersessions import views as usersessions
from django.urls import path

from evenhand.office.people.access import public, signed_in
from evenhand.office.site.account import views

urlpatterns = [
    path("", views.home, name="account_home"),
    path("role/", views.choose_role, name="choose_role"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    # Named because django-allauth links to it; the page says that accounts are opened by the office.
    path("signup/", public(account.signup), name="account_signup"),
    path("confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("sessions/", signed_in(usersessions.list_usersessions), name="usersessions_list"),
    path("second-factor/", signed_in(mfa.index), name="mfa_index"),
    path("second-factor/code/", public(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/recovery/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-factor/recovery/new/", signed_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "second-factor/recovery/file/", signed_in(recovery.download_recovery_codes), name="mfa_download_recovery_codes"
    ),
    path("passkeys/", signed_in(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/confirm/", signed_in(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("passkeys/login/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", signed_in(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", signed_in(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("directory/cancelled/", public(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("directory/error/", public(social.login_error), name="socialaccount_login_error"),
    path("directory/<str:provider_id>/", public(directory.login), name="openid_connect_login"),
    path("directory/<str:provider_id>/back/", public(directory.callback), name="openid_connect_callback"),
]
