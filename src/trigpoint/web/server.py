"""The server as the command line starts it: an embedded database beside a workspace, or the one that is named.

Only ``prepare`` may be called before Django is set up; every other function needs it to have run.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from trigpoint.errors import InputError
from trigpoint.staging import staged

if TYPE_CHECKING:
    from trigpoint.plans.workspace import Workspace
    from trigpoint.web.dashboards.codec import Tables
    from trigpoint.web.register.models import Edition
    from trigpoint.web.register.services import Loaded

HIDDEN = ".trigpoint"
THREADS = 6
# What a database says of a change of its tables that another process has made in the meantime.
_CHANGED_MEANWHILE = ("already exists", "unique", "no such", "does not exist", "duplicate column")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("plans.example")
    (True, True, False, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def embedded_database(workspace: Path) -> Path:
    """Where the database of a workspace stands: in a hidden folder that git is told to ignore."""
    return workspace / HIDDEN / "trigpoint.sqlite3"


def _make_hidden(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"the database cannot be written ({error.strerror})",
            where=str(folder),
            remedy="name another with --database",
        ) from error


def _secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, readable by its owner alone; of two that make it at once, one wins."""
    path = folder / "secret-key"
    if not os.path.lexists(path):
        try:
            with staged(path) as stage:
                made = stage / path.name
                made.touch(mode=0o600)
                made.write_text(secrets.token_urlsafe(48), encoding="ascii")
                _put(made, path)
        except OSError as error:
            what = f"the key that signs sessions cannot be written ({error.strerror})"
            raise InputError(what, where=str(path), remedy="make room, or name a database with --database") from error
    try:
        key = path.read_text(encoding="ascii") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        key = ""
    if not re.fullmatch(r"[!-~]{32,200}", key):
        remedy = "delete it: a new one is made, and everybody signs in again"
        raise InputError("the key that signs sessions is damaged", where=str(path), remedy=remedy)
    return key


def _put(made: Path, path: Path) -> None:
    """Give a file its name unless another has it already; not every disk knows links."""
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:
        made.replace(path)


def prepare(
    database: Path | None, *, host: str = "localhost", demonstration: bool = False, at: date | None = None
) -> None:
    """Set the environment of the settings, set Django up and bring the database up to date.

    ``database`` is an SQLite file; ``None`` leaves the choice to ``DATABASE_URL``. Raises ``InputError`` when the
    server part is not installed, or the database cannot be opened or is not ours.
    """
    try:
        import django
    except ModuleNotFoundError as error:
        raise InputError("this command needs the server part", remedy="install trigpoint[web]") from error
    environment = os.environ
    if database is not None:
        _make_hidden(database.parent) if database.parent.name == HIDDEN else _require_folder(database.parent)
        environment["TRIGPOINT_DATABASE"] = str(database)
        environment.pop("DATABASE_URL", None)
        if database.parent.name == HIDDEN:
            environment.setdefault("TRIGPOINT_SECRET_KEY", _secret_key(database.parent))
    environment.setdefault("TRIGPOINT_SECRET_KEY", secrets.token_urlsafe(48))
    environment["TRIGPOINT_LOOPBACK"] = "1" if is_loopback(host) else ""
    environment["TRIGPOINT_DEMONSTRATION"] = "1" if demonstration else ""
    environment["TRIGPOINT_AT"] = at.isoformat() if at else ""
    if not is_loopback(host):
        environment.setdefault("TRIGPOINT_HOSTS", host if host not in {"0.0.0.0", "::"} else socket.getfqdn())  # noqa: S104
    environment["DJANGO_SETTINGS_MODULE"] = "trigpoint.web.config.settings"
    django.setup()
    _migrate(str(database or "DATABASE_URL"))


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise InputError("there is no such folder for the database", where=str(folder), remedy="make it first")


def _migrate(name: str) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        _refuse_newer(name)
        _bring_up_to_date()
        call_command("clearsessions", verbosity=0)
    except DatabaseError as error:
        why = str(error).splitlines()[0]
        raise InputError(
            f"the database cannot be used ({why})",
            where=name,
            remedy="check that it is Trigpoint's and that you may write it",
        ) from error


def _bring_up_to_date() -> None:
    """Make or change the tables. Of two processes that begin at once, one finds its change made already: it waits."""
    from django.core.management import call_command
    from django.db import DatabaseError

    for pause_seconds in (0.5, 1, 2, 0):
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as error:
            met_another = any(words in str(error).lower() for words in _CHANGED_MEANWHILE)
            if not (met_another and pause_seconds):
                raise
            time.sleep(pause_seconds)
        else:
            return


def _refuse_newer(name: str) -> None:
    """A database that a later Trigpoint has changed is left alone: what it holds could be misread or lost."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("trigpoint.")}
    unknown = [key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations]
    if unknown:
        remedy = "install that Trigpoint, or load the plan into a new database"
        raise InputError("the database was made by a newer Trigpoint", where=name, remedy=remedy)


def load(workspace: Workspace, *, today: date, folder: Path | None = None) -> Loaded:
    """Check a workspace and put it into the database; unchanged when it is there already.

    ``folder`` is where its measures, its activity model and its finance are read from. A row of theirs that is wrong
    is left out, and kept as a problem that ``problems_of`` tells.
    """
    from trigpoint.checks import check_workspace
    from trigpoint.web.register.services import load_workspace

    findings = check_workspace(workspace, today=today)
    attached = (*_measures(workspace, folder), *_activity(folder), *_finance(folder)) if folder else ()
    return load_workspace(workspace, by=None, findings=findings, attached=attached)


def load_published(folder: Path | None, edition: Edition) -> Mapping[str, int]:
    """Put the published files of a workspace among those of the plan's organisation: outcome → how many files."""
    from trigpoint.releases.store.folder import FOLDER, MANIFEST

    if folder is None or not (folder / FOLDER / MANIFEST).is_file():
        return {}
    from trigpoint.web.published.workspace import load_folder

    return load_folder(folder, edition.organisation)


def _measures(workspace: Workspace, folder: Path) -> Tables:
    from trigpoint.measures.book.reading import read_book
    from trigpoint.web.dashboards.codec import tables_of

    places = workspace.register()
    reading = read_book(folder, places=places)
    return tables_of(reading.book, [str(problem) for problem in reading.problems], places)


def _activity(folder: Path) -> Tables:
    from trigpoint.web.activity.loading import tables_of_folder

    return tables_of_folder(folder)


def _finance(folder: Path) -> Tables:
    from trigpoint.web.finance.loading import tables_of_folder

    return tables_of_folder(folder)


def problems_of(edition: Edition) -> tuple[str, ...]:
    """What was wrong in the files of measures, activity and finance when they were loaded, a sentence each."""
    from trigpoint.web.activity.store import problems_of as activity_problems
    from trigpoint.web.dashboards.store import problems_of as measure_problems
    from trigpoint.web.finance.store import problems_of as finance_problems

    return (*measure_problems(edition), *activity_problems(edition), *finance_problems(edition))


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that holds its port and waits for ``run``."""

    server: Any
    address: str

    def run(self) -> None:
        """Answer requests until interrupted."""
        # What calculates takes most of a second to load: it is ready before anybody asks for a page of it.
        for name in (
            "trigpoint.measures.results.outcome", "trigpoint.activity.simulation.run", "trigpoint.finance.risks.draws",
            "trigpoint.triangulation.engine",
        ):  # fmt: skip
            Thread(target=import_module, args=(name,), daemon=True).start()
        try:
            self.server.run()
        finally:
            self.server.close()


def listen(host: str, port: int) -> Listening:
    """Take the port (0: any free one). Raises ``InputError`` when it is taken or forbidden, or the host is not ours."""
    from waitress import create_server

    from trigpoint.web.config.wsgi import application

    try:
        server = create_server(
            application, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=False
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"port {port} of {host} cannot be used ({why.lower()})", remedy="choose another with --port"
        ) from error
    taken = server.effective_port
    shown = f"[{host}]" if ":" in host else host
    return Listening(server, f"http://{shown}:{taken}/")


def require_free(host: str, port: int) -> None:
    """Raise ``InputError`` at once when the port is taken, before anything slow is begun."""
    if port == 0:
        return
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host “{host[:100]}” is not known", remedy="use --host 127.0.0.1") from error
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            why = "in use" if error.errno in {48, 98, 10048} else f"not available ({(error.strerror or '').lower()})"
            raise InputError(f"port {port} is {why}", remedy="choose another with --port") from error
