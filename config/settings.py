"""Settings, all from the environment; docs/operators.md lists the variables.

BONDBOOK_MODE is `production` unless said otherwise. `demo` and `test` are for one machine: they allow
default secrets and plain HTTP, and `make demo` and `make test` set them.
"""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy

from config.log import logging_settings
from config.patience import MIGRATION, patience_of
from config.safety import SECRET_KEY_FOR_TRYING_OUT, refuse_unsafe_start

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("BONDBOOK_MODE", default="production")
PRODUCTION = MODE == "production"
TESTING = MODE == "test"
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else SECRET_KEY_FOR_TRYING_OUT)
# What was signed with an earlier key is still believed, and signed anew with the present one.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
DATABASE_URL = env.str("DATABASE_URL", default="")
# Of the role that owns the tables. Only `migrate` needs it; who serves and works had better not know it.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")

refuse_unsafe_start(
    mode=MODE,
    debug=DEBUG,
    secret_key=SECRET_KEY,
    allowed_hosts=ALLOWED_HOSTS,
    database_url=DATABASE_URL,
)

# Demonstration sign-ins are shown on the sign-in page only where nothing real is kept.
SHOW_DEMO_SIGN_INS = MODE == "demo"

INSTALLED_APPS = [
    # First, because its `changepassword` goes before Django's.
    "registry.apps.RegistryConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "simple_history",
    "template_partials.apps.SimpleAppConfig",
    "ledger.apps.LedgerConfig",
    "documents.apps.DocumentsConfig",
    "customs.apps.CustomsConfig",
    "bonded.apps.BondedConfig",
    "fuel.apps.FuelConfig",
    "reports.apps.ReportsConfig",
]

if TESTING and find_spec("django_migration_linter"):
    INSTALLED_APPS.append("django_migration_linter")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.UserPreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.middleware.LoggedRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_template_loaders = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry.context.navigation",
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _template_loaders if DEBUG else [("django.template.loaders.cached.Loader", _template_loaders)],
                )
            ],
        },
    }
]
FORM_RENDERER = "config.forms.BondbookFormRenderer"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("Any")

# Database. In a demonstration or a test the launcher, or tests/conftest.py, names the server it started.

_database = env.db_url_config(DATABASE_URL or "postgres://bondbook@127.0.0.1:5432/bondbook")
# The role that `migrate` lets read and write rows; none where the application's role owns the tables.
DATABASE_ROLE = _database["USER"] if DATABASE_OWNER_URL else ""
PATIENCE_OF_OWNER = MIGRATION
DATABASES = {
    # Tests make databases, and look behind guards.
    "default": (env.db_url_config(DATABASE_OWNER_URL) if TESTING and DATABASE_OWNER_URL else _database)
    | {
        "ENGINE": "config.postgres",
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": env.int("DATABASE_CONNECTION_SECONDS", default=60),
    }
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"]["patience"] = patience_of(env)
# Only the web server's threads gain from a pool; a pool does not survive the fork of a Celery worker. One more is for
# /healthz, which asks from a thread of its own.
if _pool_size := env.int("DATABASE_POOL_SIZE", default=0):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _pool_size + 1, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jobs

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="memory://" if TESTING else "redis://127.0.0.1:6379/0")
# Whoever hands a job over waits a moment for the broker, once; what is not handed over is taken up by the timetable.
BROKER_SECONDS = env.int("BROKER_SECONDS", default=2)
CELERY_BROKER_CONNECTION_TIMEOUT = BROKER_SECONDS
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS}
    # The tests' own broker is named later, and is a Redis too.
    if CELERY_BROKER_URL.startswith(("redis", "memory"))
    else {"connect_timeout": BROKER_SECONDS, "read_timeout": BROKER_SECONDS, "write_timeout": BROKER_SECONDS}
)
CELERY_TASK_ALWAYS_EAGER = TESTING
CELERY_TASK_EAGER_PROPAGATES = TESTING
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_TRACK_STARTED = True
CELERY_BEAT_SCHEDULE = {
    "forget-answered-requests": {
        "task": "registry.tasks.forget_answered_requests",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget-kept-files": {
        "task": "registry.tasks.forget_kept_files",
        "schedule": crontab(hour=3, minute=25),
    },
    "mail-notices": {
        "task": "documents.tasks.mail_notices",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "resume-statement-runs": {
        "task": "fuel.tasks.resume_statement_runs",
        "schedule": timedelta(minutes=1),
        # The next one does the same: without a worker they must not pile up.
        "options": {"expires": 50},
    },
}

# People

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
AXES_ENABLED = not TESTING
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Without this, attempts on accounts named by e-mail address are counted for nobody.
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "config.sign_in.username_as_counted"
AXES_LOCKOUT_CALLABLE = "config.sign_in.locked_out"
AXES_HANDLER = "config.sign_in_guard.SignInGuard"
AXES_CLIENT_IP_CALLABLE = "config.clients.counted_address"
# How many proxies of the operator's stand in front; see config/clients.py.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# Language, time and numbers: the browser's wish first, the user's own setting above it.

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "static_collected")
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / ".data" / "media")
_static_storage = {
    "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "demo": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": _static_storage["demo" if MODE == "demo" and not DEBUG else "test" if not PRODUCTION else MODE]
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Every client of a test starts the middleware anew; it must not read all static files each time.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.uploads.BoundedFileUploadHandler",
]

# Browser safety. No page needs a script or a style inside its HTML.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "config.refusals.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", default=12 * 60 * 60)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
    # The header is believed only when the operator says that a proxy of theirs sets it.
    if env.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsers.ExactJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "config.pagination.BondbookCursorPagination",
    "DEFAULT_SCHEMA_CLASS": "config.schema.BondbookSchema",
    "EXCEPTION_HANDLER": "config.problem.problem_exception_handler",
    "DEFAULT_THROTTLE_RATES": {"sign_in": None if TESTING else "10/min"},
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=env.int("API_TOKEN_DAYS", default=90)),
    "TOKEN_PREFIX": "bb_",
    "AUTH_HEADER_PREFIX": "Token",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Bondbook API",
    "DESCRIPTION": "Bonded goods on one append-only ledger. Quantities and money are strings of decimal digits.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    # Fields of one name whose choices differ.
    "ENUM_NAME_OVERRIDES": {
        "AdmissionStateEnum": "bonded.models.AdmissionState",
        "WithdrawalStateEnum": "bonded.models.WithdrawalState",
        "StockCountStateEnum": "bonded.models.StockCountState",
        "ReversalStateEnum": "documents.models.ReversalState",
        "AdmissionSourceEnum": "bonded.models.AdmissionSource",
        "ConsignmentStateEnum": "fuel.models.ConsignmentState",
        "TicketStateEnum": "fuel.models.TicketState",
        "DefuelStateEnum": "fuel.models.DefuelState",
        "StatementStateEnum": "fuel.models.StatementState",
        "StatementRunStateEnum": "fuel.models.RunState",
        "ChargeKindEnum": "fuel.models.ChargeKind",
        "PriceUnitEnum": "fuel.models.PriceUnit",
        "DisputeStateEnum": "fuel.models.DisputeState",
        "DisputeGroundEnum": "fuel.models.DisputeGround",
        "FuelSourceEnum": "fuel.models.FuelSource",
        "StatusChangeStateEnum": "fuel.models.StatusChangeState",
        "ManualChargeStateEnum": "fuel.models.ManualChargeState",
        "TankMovementStateEnum": "fuel.models.TankMovementState",
        "SuspenseStateEnum": "bonded.models.SuspenseState",
        "TicketExceptionKindEnum": "fuel.models.ExceptionKind",
        "BaseTemperatureEnum": "fuel.models.measuring.BaseTemperature",
        "TankReconciliationStateEnum": "fuel.models.ReconciliationState",
        "MeterKindEnum": "fuel.models.MeterKind",
        "GaugePurposeEnum": "fuel.models.GaugePurpose",
        "WithdrawalPurposeEnum": "bonded.models.WithdrawalPurpose",
        "DutyStatusEnum": "fuel.models.tickets.DUTY_STATUSES",
        "CustomsStatusEnum": "ledger.models.CustomsStatus",
        "LotIdentificationEnum": "customs.models.LotIdentification",
        "AccountBookKindEnum": "customs.models.AccountBookKind",
        "DeclarationStateEnum": "customs.models.DeclarationState",
        "MovementKindEnum": "ledger.models.MovementKind",
        "OrganisationKindEnum": "registry.models.OrganisationKind",
        "PlaceKindEnum": "registry.models.PlaceKind",
        "SiteKindEnum": "registry.models.SiteKind",
    },
}

# Letters, such as what was decided, to those who chose them; without a mail server nobody is offered the choice.

EMAIL_URL = env.str("EMAIL_URL", default="memorymail:" if TESTING else "")
SENDS_MAIL = bool(EMAIL_URL)
globals().update(env.email_url_config(EMAIL_URL or "dummymail:"))
EMAIL_TIMEOUT = env.int("EMAIL_SECONDS", default=10)
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="bondbook@localhost")
# Where people find this installation, for the links in letters: https://bondbook.example.org
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")

# What the system says about itself

LOGGING = logging_settings(mode=MODE, level=env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# The one history row per change is written by the operations with actor and reason; bulk edits by nobody.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_EDIT = False

# A first migration has nobody to be compatible with; later ones must let the old code run beside the new schema.
MIGRATION_LINTER_OPTIONS = {"ignore_initial_migrations": True}
