"""Django's settings of the office. What a deployment changes comes from the environment (see configuration.py)."""

from __future__ import annotations

import os
from datetime import timedelta

from evenhand.office.configuration import configuration, django_database, django_mail, secret
from evenhand.office.people import oidc

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
    "django_htmx",
    "django_tasks_db",
    "evenhand.office.events",
    "evenhand.office.people",
    "evenhand.office.ui",
    "evenhand.office.jobs",
    "evenhand.office.cases",
    "evenhand.office.correspondence",
    "evenhand.office.intake",
    "evenhand.office.reviewers",
    "evenhand.office.records",
    "evenhand.office.reviews",
    "evenhand.office.issuing",
    "evenhand.office.publishing",
    "evenhand.office.site",
    # Behind ours, so that our pages stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
AUTH_USER_MODEL = "people.User"
MIDDLEWARE = [
    "evenhand.office.site.headers.SecurityHeaders",
    "evenhand.office.site.errors.ErrorPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand.office.people.sessions.SessionLimits",
    "evenhand.office.people.second_factor.SecondFactorMiddleware",
    "evenhand.office.people.access.AccessMiddleware",
    "evenhand.office.site.access.RefusalPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
if os.environ.get("EVENHAND_TIMING") == "1":
    MIDDLEWARE.insert(0, "evenhand.office.site.timing.Timing")
ROOT_URLCONF = "evenhand.office.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "evenhand.office.site.context.organisation",
                "evenhand.office.site.account.context.demonstration",
                "evenhand.office.site.staff.navigation.navigation",
            ]
        },
    }
]
FORM_RENDERER = "evenhand.office.ui.forms.Renderer"
WSGI_APPLICATION = "evenhand.office.wsgi.application"
DATABASES = {"default": django_database(_places.database_url)}
# Jobs are rows of the office's own database: there if and only if the act is that asked for them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
globals().update(django_mail())
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
# An application with forty items and everybody whose ties are screened has more fields than Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
CSRF_FAILURE_VIEW = "evenhand.office.site.errors.csrf_failed"
# Errors go to standard error with the path of the page, never with what somebody searched for.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
    },
}
# Sign-in. Why it is so: docs/decisions/0013-sign-in.md; how it is used: docs/accounts.md.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
# Long and not common, no rules of composition (NIST SP 800-63B).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "evenhand.office.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Wrong passwords and codes are counted by axes, in the database: this counter would be each worker's own.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None, "reauthenticate": None}
ACCOUNT_FORMS = {"login": "evenhand.office.people.forms.LoginForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("EVENHAND_PROXIES") or 0)
MFA_ADAPTER = "evenhand.office.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_PERIOD, MFA_TOTP_TOLERANCE = 30, 1
MFA_FORMS = {
    "authenticate": "evenhand.office.people.forms.SecondFactorForm",
    "reauthenticate": "evenhand.office.people.forms.ConfirmForm",
    "add_webauthn": "evenhand.office.people.forms.AddPasskeyForm",
    "authenticate_webauthn": "evenhand.office.people.forms.AnsweringPasskeyForm",
    "login_webauthn": "evenhand.office.people.forms.PasskeyLoginForm",
    "reauthenticate_webauthn": "evenhand.office.people.forms.ConfirmPasskeyForm",
    "activate_totp": "evenhand.office.people.forms.SetUpAppForm",
}
SOCIALACCOUNT_ADAPTER = "evenhand.office.people.adapters.DirectoryAdapter"
SOCIALACCOUNT_PROVIDERS = oidc.providers(oidc.directories(os.environ))
# The button is a link: the policy of our pages lets no form go elsewhere, and state and PKCE protect the way back.
SOCIALACCOUNT_LOGIN_ON_GET = True
AXES_HANDLER = "evenhand.office.people.lockout.Handler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("EVENHAND_LOCKOUT_MINUTES") or 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "evenhand.office.people.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "evenhand.office.people.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "evenhand.office.site.account.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "password", "code", "credential"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Counted apart: our handler looks at addresses itself.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
DEMONSTRATION = os.environ.get("EVENHAND_DEMO") == "1"

# Sessions end when nothing was done for a while, when they are old, and when the browser is closed.
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("EVENHAND_SESSION_IDLE_MINUTES") or 30)
SESSION_COOKIE_AGE = 3600 * int(os.environ.get("EVENHAND_SESSION_HOURS") or 12)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Whoever deploys behind TLS sets EVENHAND_TLS=1.
if os.environ.get("EVENHAND_TLS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(os.environ.get("EVENHAND_HSTS_SECONDS") or 31_536_000)
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
