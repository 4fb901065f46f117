"""What an installation for real people is started with, asked in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ASK = """
import django, json; django.setup()
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
print(json.dumps({"hasher": get_hasher().algorithm, "rates": settings.ACCOUNT_RATE_LIMITS} | {
    name: getattr(settings, name) for name in (
        "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
        "SECURE_HSTS_SECONDS", "SECURE_CONTENT_TYPE_NOSNIFF", "X_FRAME_OPTIONS", "SECURE_PROXY_SSL_HEADER",
        "ALLAUTH_TRUSTED_PROXY_COUNT", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")}))
"""


def started(folder: Path, **environment: str) -> dict[str, object]:
    """Start the settings as an installation does; return what they say."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("BRIDGEWORK_")}
    given |= {"DJANGO_SETTINGS_MODULE": "bridgework.config.settings", "BRIDGEWORK_DATA": str(folder)}
    argv = [sys.executable, "-P", "-c", ASK]
    done = subprocess.run(argv, env=given | environment, capture_output=True, text=True, check=True)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def test_passwords_are_hashed_by_argon2_and_cookies_travel_encrypted_only(tmp_path: Path) -> None:
    said = started(tmp_path, BRIDGEWORK_PUBLIC_URL="https://refer.example.org", BRIDGEWORK_PROXIES="1")
    assert said["hasher"] == "argon2"
    assert said["DEBUG"] is False
    assert said["SESSION_COOKIE_SECURE"] is said["CSRF_COOKIE_SECURE"] is said["SESSION_COOKIE_HTTPONLY"] is True
    assert said["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert said["SECURE_HSTS_SECONDS"] == 31_536_000
    assert said["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert said["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert "*" not in str(said["ALLOWED_HOSTS"])
    assert said["CSRF_TRUSTED_ORIGINS"] == ["https://refer.example.org"]


def test_without_a_proxy_nobody_is_believed_about_themselves(tmp_path: Path) -> None:
    said = started(tmp_path)
    assert (said["SECURE_PROXY_SSL_HEADER"], said["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (None, 0)
    assert (said["SESSION_COOKIE_SECURE"], said["SECURE_HSTS_SECONDS"]) == (False, 0), "signing in works without https"
    assert (said["SECURE_CONTENT_TYPE_NOSNIFF"], said["X_FRAME_OPTIONS"]) == (True, "DENY")
    assert set(said["rates"]) >= {"login", "login_failed", "reset_password"}  # type: ignore[call-overload]
