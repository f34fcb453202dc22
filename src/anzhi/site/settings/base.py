"""What is the same everywhere. Secrets and places come from the environment, set by `./anzhi`."""

import os
from pathlib import Path

from csp.constants import NONCE, SELF

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parents[1]
VAR = Path(os.environ.get("ANZHI_VAR", ROOT / "var"))

SECRET_KEY = os.environ["ANZHI_SECRET_KEY"]
FIELD_KEY = os.environ["ANZHI_FIELD_KEY"]
INDEX_KEY = os.environ["ANZHI_INDEX_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ANZHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "anzhi.foundation.access",
    "anzhi.foundation.jobs",
    "anzhi.foundation.web",
    "anzhi.foundation.audit",
    "anzhi.foundation.parameters",
    "anzhi.foundation.calendar",
    "anzhi.foundation.regions",
    "anzhi.foundation.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "anzhi.foundation.files",
    "anzhi.foundation.search",
    "anzhi.foundation.live",
    "anzhi.foundation.workflow",
    "anzhi.network.projects",
    "anzhi.network.sites",
    "anzhi.network.indicators",
    "anzhi.network.maps",
    "anzhi.network.board",
    "anzhi.management.annual",
    "anzhi.management.plans",
    "anzhi.management.budgets",
    "anzhi.supervision.funds",
    "anzhi.supervision.alerts",
    "anzhi.sample",
    "anzhi.site",
]
MIDDLEWARE = [
    "anzhi.site.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "anzhi.foundation.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anzhi.foundation.accounts.entrance.idle.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "anzhi.foundation.accounts.middleware.ActorMiddleware",
    "anzhi.foundation.accounts.entrance.hurdles.HurdleMiddleware",
    "anzhi.foundation.web.middleware.ErrorMiddleware",
]
CSRF_FAILURE_VIEW = "anzhi.foundation.web.errors.csrf_failure"
ROOT_URLCONF = "anzhi.site.urls"
WSGI_APPLICATION = "anzhi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DB_ROLE = os.environ.get("ANZHI_DB_ROLE", "app")
DATABASES = {
    "default": {
        "ENGINE": "anzhi.foundation.access.backend",
        "NAME": os.environ.get("ANZHI_PGDATABASE", "anzhi"),
        "HOST": os.environ["ANZHI_PGHOST"],
        "USER": f"anzhi_{DB_ROLE}",
        "PASSWORD": os.environ["ANZHI_OWNER_PW" if DB_ROLE == "owner" else "ANZHI_APP_PW"],
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c timezone=UTC"},
    }
}
# shared by all web processes: used codes of the second factor, counted guesses
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR / "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MFA_REQUIRED_ROLES = tuple(filter(None, os.environ.get("ANZHI_MFA_ROLES", "").split(",")))  # none in a demo
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "anzhi.foundation.accounts.entrance.backend.StandingBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "anzhi.foundation.accounts.validators.LengthValidator"},
    {"NAME": "anzhi.foundation.accounts.validators.KindsValidator"},
    {"NAME": "anzhi.foundation.accounts.validators.NotOneselfValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "anzhi.foundation.accounts.validators.HistoryValidator"},
]

# --- allauth: the log-in page, second factors, sessions; no sign-up, no e-mail
ACCOUNT_ADAPTER = "anzhi.foundation.accounts.entrance.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "anzhi.foundation.accounts.entrance.forms.LoginForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/login/"
# locking out is axes' alone; `login_failed` stays for codes of the second factor
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "anzhi.foundation.accounts.entrance.adapter.MfaAdapter"
MFA_FORMS = {
    "login_webauthn": "anzhi.foundation.accounts.entrance.passkeys.LogInForm",
    "authenticate_webauthn": "anzhi.foundation.accounts.entrance.passkeys.SecondForm",
    "reauthenticate_webauthn": "anzhi.foundation.accounts.entrance.passkeys.ConfirmForm",
    "add_webauthn": "anzhi.foundation.accounts.entrance.passkeys.AddForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Anzhi"

# --- axes: some wrong passwords lock a name for some minutes, whether or not anybody has that name
AXES_HANDLER = "anzhi.foundation.accounts.entrance.lockout.Handler"
AXES_FAILURE_LIMIT = "anzhi.foundation.accounts.limits.failures"  # dated parameters
AXES_COOLOFF_TIME = "anzhi.foundation.accounts.limits.lock"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "anzhi.foundation.accounts.entrance.lockout.fingerprint"
AXES_CLIENT_IP_CALLABLE = "anzhi.foundation.accounts.entrance.clients.address"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the trail keeps log-ins
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "anzhi.site.static.HashedFiles"},
}
MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    ("vendor/tabler", MODULES / "@tabler/core/dist"),
    ("vendor/icons", MODULES / "@tabler/icons/icons/outline"),
    ("vendor/icons-filled", MODULES / "@tabler/icons/icons/filled"),
    ("vendor/htmx", MODULES / "htmx.org/dist"),
    ("vendor/echarts", MODULES / "echarts/dist"),
    ("vendor/maplibre", MODULES / "maplibre-gl/dist"),
]
FILES_ROOT = VAR / "files"
FILES_ACCEL = os.environ.get("ANZHI_FILES_ACCEL") == "1"  # nginx stands in front and sends files itself
INBOX_ROOT = VAR / "inbox"
SEALS_ROOT = Path(os.environ.get("ANZHI_SEALS", VAR / "seals"))  # the trail's seals, outside the database
# whose files they are that come in by themselves, until their accounts are known
HOME_REGION = os.environ.get("ANZHI_HOME_REGION", "530000000000")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # the jobs app finds every app's tasks itself

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# commands that load reference data, in order: each idempotent, each owned by its app
REFERENCE_LOADERS: list[str] = [
    "load_parameters",
    "load_holidays",
    "load_regions",
    "load_boundaries",
    "load_agencies",
    "load_banks",
    "load_rules",
]

NAV_COUNT_SECONDS = 10  # how old a figure beside a navigation entry may be
MAP_APPROVAL = os.environ.get("ANZHI_MAP_APPROVAL", "")
SILENCED_SYSTEM_CHECKS = [
    "gis.W001",  # Debian's GDAL; no user-given path or SRS ever reaches it in the web process
    "axes.W006",  # counting by name alone is stricter than by address, and there is one address behind a proxy
    "axes.W002",  # our log-in form speaks the lock-out itself; axes' middleware would replace the page
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
