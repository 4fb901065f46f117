"""Django settings. What differs between installations comes from `env.py`; everything here is the same everywhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from bridgework.config import env

ENVIRONMENT = env.read()
ROOT = Path(__file__).resolve().parents[1]
MODE = ENVIRONMENT.mode
IS_PRETEND = MODE in ("demo", "training")  # the sandbox phone answers instead of patients

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
PUBLIC_URL = ENVIRONMENT.public_url
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
WSGI_APPLICATION = "bridgework.config.wsgi.application"
ROOT_URLCONF = "bridgework.config.urls"

# One alias, two addresses: the app role by default, the owner for migrate (ADR 0005).
DATABASE_AS_OWNER = ENVIRONMENT.is_owner
APP = env.database_settings(ENVIRONMENT.database_url, pool=True)
OWNER = env.database_settings(ENVIRONMENT.database_owner_url, pool=False)
APP_ROLE = str(APP.get("USER") or "bridgework_app")
DATABASES = {"default": dict(OWNER if DATABASE_AS_OWNER else APP)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "bridgework.access",
    "bridgework.accounts",
    "bridgework.audit",
    "bridgework.network",
    "bridgework.files",
    "bridgework.deliveries",
    "bridgework.patients",
    "bridgework.scheduling",
    "bridgework.referrals",
    "bridgework.worklist",
    "bridgework.intake",
    "bridgework.correspondence",
    "bridgework.outreach",
    "bridgework.web",
    "bridgework.ops",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bridgework.web.trouble.explain_wrong_method",
    "bridgework.web.legible.Legible",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bridgework.web.setup.gate.FirstRun",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [ROOT / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bridgework.web.frame.frame",
            ],
            "builtins": [
                "bridgework.web.components.templatetags.bridgework_ui",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["bridgework.accounts.backend.Backend"]
PASSWORD_HASHERS = [
    # Tests make hundreds of people; argon2 takes half a second each, by design.
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if MODE == "test"
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, not by sign-up
ACCOUNT_ADAPTER = "bridgework.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "bridgework.accounts.forms.SignInForm",
    "reset_password": "bridgework.accounts.forms.ForgottenForm",
    "reset_password_from_key": "bridgework.accounts.forms.ChosenForm",
    "change_password": "bridgework.accounts.forms.ChangedForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to because somebody else typed their address
ACCOUNT_RATE_LIMITS = {  # by address of the network, or by the account that is tried
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies  # with none, X-Forwarded-For is anybody's word and is not read

# Shared by all processes, so that sign-in rate limits count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # at the usual 300 many attempts would push out the count of the first
    }
}

# Sessions end with the working day; shared desks are common.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# Uploads: read from memory or a spooled temporary file, kept only by `bridgework.files`.
FILES_FOLDER = ENVIRONMENT.data / "files"
UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
# Tests serve assets from where they lie; everything else collects and hashes them first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = MODE == "test"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("es", "Spanish")]
TIME_ZONE = "UTC"
USE_TZ = True

# E-mail leaves only through bridgework.channels.email; password links use the same server.
EMAIL_SERVER = ENVIRONMENT.email
DEFAULT_FROM_EMAIL = ENVIRONMENT.from_email
if EMAIL_SERVER is not None:
    EMAIL_HOST, EMAIL_PORT = EMAIL_SERVER.host, EMAIL_SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_SERVER.user, EMAIL_SERVER.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SERVER.security == "starttls", EMAIL_SERVER.security == "tls"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# What is wired to what. Lower rooms read these tables through their dotted names and import nothing above them.
REACTIONS = "bridgework.config.reactions.REACTIONS"
CHANNELS = "bridgework.config.channels.CHANNELS"
GUARDS = "bridgework.config.channels.GUARDS"
DUE_WORK = "bridgework.config.jobs.DUE_WORK"
WORK_EVERYTHING_DUE = "bridgework.config.jobs.work_everything_due"  # at a simulated time, for the demo
PROCRASTINATE_IMPORT_PATHS = ["bridgework.config.jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": ENVIRONMENT.heartbeat_seconds,
    "stalled_worker_timeout": 3 * ENVIRONMENT.heartbeat_seconds,
}
DUE_LEASE = timedelta(seconds=ENVIRONMENT.lease_seconds)  # how long a worker keeps what it claimed, if it dies

LOGGING_CONFIG = None
