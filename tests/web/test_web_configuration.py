"""Settings, database addresses, examples in docstrings, and migrations that are complete."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys

import pytest
from django.core.management import call_command

import trigpoint.web
from trigpoint.errors import InputError
from trigpoint.web.config.database import database

SECRET = "x" * 40


@pytest.mark.parametrize(
    "url", ["", "mysql://host/name", "postgres://host", "postgres://u:secret@host:port/name", "nonsense"]
)
def test_a_database_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(InputError, match="DATABASE_URL cannot be read") as told:
        database(url)
    assert "secret" not in str(told.value)


def test_sqlite_writers_wait_for_each_other() -> None:
    found = database("sqlite:///plans.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def settings_say(expression: str, **environment: str) -> str:
    code = f"from trigpoint.web.config import settings as s; print({expression})"
    given = {key: value for key, value in os.environ.items() if not key.startswith(("TRIGPOINT", "DJANGO", "DATABASE"))}
    run = subprocess.run(
        [sys.executable, "-c", code], env=given | environment, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


def test_production_settings_are_strict() -> None:
    asked = (
        "s.DEBUG, s.DEMONSTRATION, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, "
        "s.SECURE_CONTENT_TYPE_NOSNIFF, s.PASSWORD_HASHERS[0].rpartition('.')[2]"
    )
    assert settings_say(asked, TRIGPOINT_SECRET_KEY=SECRET) == ("False False True True True True Argon2PasswordHasher")


def test_a_demonstration_is_only_for_the_loopback_address() -> None:
    alone = settings_say("s.DEMONSTRATION", TRIGPOINT_SECRET_KEY=SECRET, TRIGPOINT_DEMONSTRATION="1")
    local = settings_say(
        "s.DEMONSTRATION", TRIGPOINT_SECRET_KEY=SECRET, TRIGPOINT_DEMONSTRATION="1", TRIGPOINT_LOOPBACK="1"
    )
    assert (alone, local) == ("False", "True")


def test_without_a_secret_the_server_does_not_start() -> None:
    assert "TRIGPOINT_SECRET_KEY is not set" in settings_say("1")
    assert "shorter than 32 characters" in settings_say("1", TRIGPOINT_SECRET_KEY="short")


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_system_checks_find_nothing(db: None) -> None:
    call_command("check", fail_level="WARNING")


MODULES = [
    module.name
    for module in pkgutil.walk_packages(trigpoint.web.__path__, "trigpoint.web.")
    if not module.name.endswith("wsgi") and ".settings" not in module.name
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
