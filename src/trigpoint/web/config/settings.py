"""Settings of the server. All that differs between places comes from the environment, listed in ``docs/server.md``.

``trigpoint serve`` sets the environment itself; a permanent installation sets it in its service file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from trigpoint.errors import InputError
from trigpoint.web.config.database import database, sqlite

WEB = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    key = os.environ.get("TRIGPOINT_SECRET_KEY", "")
    if len(key) < 32:
        raise InputError(
            "TRIGPOINT_SECRET_KEY is not set, or shorter than 32 characters",
            remedy="set it to a long random text and keep it secret",
        )
    return key


def _flag(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("TRIGPOINT_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]

# Only for a server that nobody but this machine can reach: plain http, so cookies cannot be marked secure.
LOOPBACK = _flag("TRIGPOINT_LOOPBACK")
DEMONSTRATION = LOOPBACK and _flag("TRIGPOINT_DEMONSTRATION")
# The date all pages report at, where the reader asks for no other ("" = the plan's own, else today).
REPORTING_DATE = os.environ.get("TRIGPOINT_AT", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "trigpoint.web.accounts",
    "trigpoint.web.audit",
    "trigpoint.web.register",
    "trigpoint.web.dashboards",
    "trigpoint.web.intake",
    "trigpoint.web.published",
    "trigpoint.web.activity",
    "trigpoint.web.finance",
    "trigpoint.web.editing",
    "trigpoint.web.delivery",
    "trigpoint.web.editions",
    "trigpoint.web.assurance",
    "trigpoint.web.safety",
    "trigpoint.web.papers",
    "trigpoint.web.api",
]

MIDDLEWARE = [
    # Before everything that may answer by itself, so that redirects and static files carry the headers as well.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "trigpoint.web.config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trigpoint.web.accounts.demonstration.DemonstrationMiddleware",
    # Deny by default: a view that nobody thought about needs a signed-in user.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "trigpoint.web.config.urls"
WSGI_APPLICATION = "trigpoint.web.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "trigpoint.web.config.jinja.environment",
            "undefined": "jinja2.ChainableUndefined",  # the design system's macros ask for what may not be there
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "trigpoint.web.config.jinja.site",
            ],
        },
    },
]

_url = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": database(_url) if _url else sqlite(os.environ.get("TRIGPOINT_DATABASE", "trigpoint.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "plans"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_USERNAME_FORM_FIELD = "username"  # the form's name for it; axes would look for the model's, and count nothing
AXES_USERNAME_CALLABLE = "trigpoint.web.accounts.views.attempted_name"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "trigpoint.web.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- sessions and cookies: a working day at most, gone when the browser closes
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # until the browser closes, as well
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOOPBACK
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "trigpoint.web.config.errors.csrf_failure"

# --- headers
SECURE_HSTS_SECONDS = 0 if LOOPBACK else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _flag("TRIGPOINT_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

# --- files
STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "trigpoint.web.config.staticfiles.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True  # served from the package as installed: no collecting step
WHITENOISE_MAX_AGE = 31_536_000  # every address carries a hash of the content

# --- post: printed to the console unless a server is named
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("TRIGPOINT_MAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("TRIGPOINT_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("TRIGPOINT_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TRIGPOINT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TRIGPOINT_MAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("TRIGPOINT_MAIL_FROM", "Trigpoint <trigpoint@localhost>")
# Where people reach this server, for links in mail ("https://plans.example"): mail has no request to take it from.
PUBLIC_ADDRESS = os.environ.get("TRIGPOINT_ADDRESS", "http://localhost:8000").rstrip("/")

# --- language and time
LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "Europe/London"
USE_TZ = True

# What is uploaded goes to disk as it arrives, and stops at the readers' own limit.
FILE_UPLOAD_HANDLERS = ["trigpoint.web.intake.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # the scenario editor has five or six for each assumption

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler", "level": "ERROR"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # Every scanner on the internet asks for other hosts and sends nonsense: each gets its 400, and no traceback.
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
