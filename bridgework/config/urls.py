"""Every address of the product."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from bridgework.web import health, parts

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bridgework.web.worklist.urls")),
    path("referrals/", include("bridgework.web.referrals.urls")),
    path("inbox/", include("bridgework.web.inbox.urls")),
    path("patients/", include("bridgework.web.patients.urls")),
    path("offices/", include("bridgework.web.network.urls")),
    path("settings/", include("bridgework.web.settings.urls")),
    path("setup", include("bridgework.web.setup.urls")),
    path("account/", include("allauth.account.urls")),
    path("livez", health.live, name="live"),
    path("readyz", health.ready, name="ready"),
]
if settings.IS_PRETEND or settings.MODE == "test":
    urlpatterns.append(path("phone/", include("bridgework.web.sandbox.urls")))
    urlpatterns.append(path("parts/", parts.parts, name="parts"))
