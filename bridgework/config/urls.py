"""Every address of the product."""

from __future__ import annotations

from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from bridgework.web import health, parts

RESET = account.PasswordResetView.as_view(extra_context={"sends_mail": settings.EMAIL_SERVER is not None})
# Of the sign-in library's addresses only these: people change neither their e-mail address nor sign up by themselves.
SIGN_IN: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", RESET, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bridgework.web.worklist.urls")),
    path("referrals/", include("bridgework.web.referrals.urls")),
    path("inbox/", include("bridgework.web.inbox.urls")),
    path("patients/", include("bridgework.web.patients.urls")),
    path("offices/", include("bridgework.web.network.urls")),
    path("settings/", include("bridgework.web.settings.urls")),
    path("setup", include("bridgework.web.setup.urls")),
    path("account/", include(SIGN_IN)),
    path("livez", health.live, name="live"),
    path("readyz", health.ready, name="ready"),
]
if settings.IS_PRETEND or settings.MODE == "test":
    urlpatterns.append(path("phone/", include("bridgework.web.sandbox.urls")))
    urlpatterns.append(path("parts/", parts.parts, name="parts"))

handler500 = "bridgework.web.trouble.failed"
