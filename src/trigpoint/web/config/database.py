"""Where the data lives: one SQLite file by default, PostgreSQL when ``DATABASE_URL`` says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from trigpoint.errors import InputError

# Without IMMEDIATE two writers that both read first would fail with "database is locked" instead of waiting their turn.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
}


def sqlite(path: Path | str) -> dict[str, Any]:
    """The settings of an SQLite file (or ``":memory:"``), in WAL mode."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def database(url: str) -> dict[str, Any]:
    """The settings of the database at ``url``: ``postgres://user:password@host:port/name?option=value`` or ``sqlite:///path``.

    Raises ``InputError`` for any other scheme or a missing name. The url is never repeated in the message, because it
    may hold a password.

    >>> found = database("postgres://planner:s%40fe@db.example:5433/plans?sslmode=require")
    >>> found["NAME"], found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["OPTIONS"]
    ('plans', 'planner', 's@fe', 'db.example', '5433', {'sslmode': 'require'})
    >>> database("sqlite:////srv/plans.sqlite3")["NAME"]
    '/srv/plans.sqlite3'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    name = unquote(parts.path[1:])
    if not name or parts.scheme not in {"postgres", "postgresql", "sqlite"}:
        raise InputError(
            "DATABASE_URL cannot be read",
            remedy="write it as postgres://user:password@host:5432/name or sqlite:////folder/file.sqlite3",
        )
    if parts.scheme == "sqlite":
        return sqlite(name)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
