"""Settings of the tests: as in production, but quick to hash, and no secret to keep."""

from __future__ import annotations

import os

os.environ.setdefault("TRIGPOINT_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("TRIGPOINT_DATABASE", ":memory:")
os.environ.setdefault("TRIGPOINT_HOSTS", "localhost,127.0.0.1,[::1],testserver")

from trigpoint.web.config.settings import *  # noqa: F403
from trigpoint.web.config.settings import STORAGES, TEMPLATES

LOOPBACK = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False  # the browser of the functional tests speaks plain http
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A name that a template misspells fails the test instead of printing nothing.
TEMPLATES[0]["OPTIONS"]["undefined"] = "trigpoint.web.config.jinja.LoudUndefined"
# The live server of the functional tests serves static files by its own handler.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
