"""All settings, read from the environment; what is not set is closed.

The README has the table of variables. Nothing here depends on the machine: a trial, the tests
and production differ only in the environment they give.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from drafting import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("DRAFTING_DATA_DIR", BASE_DIR / ".data")

# --- Who is served ------------------------------------------------------------------------

DEBUG = env.flag("DRAFTING_DEBUG", default=False)
SECRET_KEY = env.required("DRAFTING_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("DRAFTING_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("DRAFTING_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("DRAFTING_CSRF_TRUSTED_ORIGINS")
# On unless said otherwise: a site that forgets the variable is closed, not open.
HTTPS = env.flag("DRAFTING_HTTPS", default=True)

# --- What it is made of -------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "drafting",
    "channels",
    "simple_history",
    "allauth",
    "allauth.account",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "drafting.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Closed by default: a view is public only if it says so itself.
    "drafting.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "drafting.urls"
ASGI_APPLICATION = "drafting.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- PostgreSQL ---------------------------------------------------------------------------

DATABASE_URL = env.text("DATABASE_URL", "postgresql:///drafting")
# Celery forks, and a pool does not survive a fork: workers set this to 0.
DATABASE_POOL_MAX = env.number("DRAFTING_DB_POOL_MAX", 10)
# Milliseconds; 0 is no limit, which only migrations should have.
STATEMENT_TIMEOUT = env.number("DRAFTING_DB_STATEMENT_TIMEOUT", 30_000)
LOCK_TIMEOUT = env.number("DRAFTING_DB_LOCK_TIMEOUT", 5_000)
IDLE_TIMEOUT = env.number("DRAFTING_DB_IDLE_TIMEOUT", 60_000)

DATABASES = {
    "default": env.database(
        DATABASE_URL,
        pool_max=DATABASE_POOL_MAX,
        timeouts={
            "statement_timeout": STATEMENT_TIMEOUT,
            "lock_timeout": LOCK_TIMEOUT,
            "idle_in_transaction_session_timeout": IDLE_TIMEOUT,
        },
    ),
}

# Sign-in limits are counted here, in PostgreSQL: they hold while the broker is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "drafting_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

# --- Valkey -------------------------------------------------------------------------------

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")

# There is no channel layer: `drafting.wire` posts to Valkey and `drafting.live` listens, one
# subscription a draft and process, where Channels would have one message a socket.

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "drafting"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Longer than the longest job: a shorter one hands a running job out a second time.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_keepalive": True}
CELERY_TIMEZONE = "UTC"
# Finds work whose message was lost; cheap when there is none. An unsent one is worth nothing
# once the next is due.
SWEEP_SECONDS = env.number("DRAFTING_SWEEP_SECONDS", 10)
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "drafting.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
}

# --- Signing in ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

# Argon2 resists guessing on graphics cards best; the others only read older passwords.
PASSWORD_HASHERS = [
    env.text("DRAFTING_PASSWORD_HASHER", "django.contrib.auth.hashers.Argon2PasswordHasher"),
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The secretariat makes the accounts and vouches for the addresses.
ACCOUNT_EMAIL_VERIFICATION = "none"
# No letter to an address nobody here has: we are not a way to write to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# For as long as SESSION_COOKIE_AGE says: a day in the room, with no box to tick.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"login": "accounts.sign_in.SignInForm"}
# A whole conference sits behind one address, so limits per address alone are wide, and the
# narrow ones count by account and address together (see `accounts.adapter`).
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
    "signup": "20/m/ip",
    # More than one address can spend within the limit above, so that no single stranger
    # locks anyone out.
    "account_attacked": "200/h/key",
}
# Reverse proxies before us; each appends one address to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("DRAFTING_TRUSTED_PROXIES", 0)

SESSION_COOKIE_AGE = env.number("DRAFTING_SESSION_HOURS", 14) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- Transport and headers ----------------------------------------------------------------

SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Health checks come from inside, in the clear.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = env.flag("DRAFTING_HSTS_PRELOAD", default=False)
# Only a proxy may say that the request came by TLS, and only where there is one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# No inline script, no inline style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

# --- Files --------------------------------------------------------------------------------

UPLOAD_MAX_BYTES = 25 * 1024 * 1024
# The upload and the fields around it.
REQUEST_MAX_BYTES = UPLOAD_MAX_BYTES + 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640

STATIC_URL = "/static/"
STATIC_ROOT = env.path("DRAFTING_STATIC_ROOT", BASE_DIR / ".static")
# Named one by one, so that sources and node_modules are never served.
STATICFILES_DIRS = [
    (name, BASE_DIR / "static" / name)
    for name in ("dist", "fonts", "img")
    if (BASE_DIR / "static" / name).is_dir()
]
# Off in tests and while developing, where files are served as they lie.
STATIC_MANIFEST = env.flag("DRAFTING_STATIC_MANIFEST", default=not DEBUG)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# --- Languages and time -------------------------------------------------------------------

LANGUAGE_CODE = "en"
# French and Arabic join this list when their catalogues in `locale/` are complete.
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("DRAFTING_TIME_ZONE", "UTC")

# --- Mail ---------------------------------------------------------------------------------

EMAIL_HOST = env.text("DRAFTING_EMAIL_HOST", "")
EMAIL_PORT = env.number("DRAFTING_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("DRAFTING_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("DRAFTING_EMAIL_PASSWORD", "")
# At port 465 the line is encrypted from the first byte; elsewhere it is asked to be.
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = env.flag("DRAFTING_EMAIL_TLS", default=True) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DRAFTING_EMAIL_FROM", "drafting@localhost")
# Without a mail server, letters are printed where the server runs.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)

# --- History ------------------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- Logging ------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "drafting.logs.OneLine",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": env.text("DRAFTING_LOG_LEVEL", "INFO")},
    "loggers": {
        # One place decides what is printed; Django's own handlers would double it.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
