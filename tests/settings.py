"""The portal's settings for the suite: development secrets, fast passwords, tasks at once."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("PUBLIC_BASE_URL", "http://testserver")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop shares the thread
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from portal.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # rows change all the time
}
STAFF_MFA_REQUIRED = False
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]

if os.environ.get("SQLITE_ON_A_FILE"):  # as in life: in memory a live server's threads share one
    NAME = Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(NAME)}

if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # nobody misses a row after a crash here
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
