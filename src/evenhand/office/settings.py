"""Django's settings of the office. What a deployment changes comes from the environment (see configuration.py)."""

from __future__ import annotations

import os

from evenhand.office.configuration import configuration, django_database, secret

_places = configuration()

SECRET_KEY = os.environ.get("EVENHAND_SECRET_KEY") or secret(_places.home / "keys" / "django.key").hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("EVENHAND_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "evenhand.office.events",
    "evenhand.office.people",
    "evenhand.office.ui",
    "evenhand.office.cases",
    "evenhand.office.correspondence",
    "evenhand.office.intake",
    "evenhand.office.reviewers",
    "evenhand.office.records",
    "evenhand.office.reviews",
    "evenhand.office.issuing",
    "evenhand.office.publishing",
    "evenhand.office.site",
]
AUTH_USER_MODEL = "people.User"
MIDDLEWARE = [
    "evenhand.office.site.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "evenhand.office.people.access.AccessMiddleware",
    "evenhand.office.site.access.RefusalPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "evenhand.office.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "evenhand.office.site.context.organisation",
            ]
        },
    }
]
FORM_RENDERER = "evenhand.office.ui.forms.Renderer"
WSGI_APPLICATION = "evenhand.office.wsgi.application"
DATABASES = {"default": django_database(_places.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "America/Los_Angeles"
LANGUAGE_CODE = "en-us"
STATIC_URL = "static/"
# The few files lie in the package and are served from there; nothing has to be collected.
WHITENOISE_USE_FINDERS = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "evenhand.office.site.errors.forbidden"
# Errors go to standard error with the path of the page, never with what somebody searched for.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
# Views are read-only for now; whoever deploys behind TLS sets EVENHAND_TLS=1.
if os.environ.get("EVENHAND_TLS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
