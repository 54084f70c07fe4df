"""What the tests of the server share: a loaded plan, people who may and may not see it, a page that checks itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from web_sample import FINDINGS, check_headers, check_page, make_plan, signed_in

from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.register import store
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    store.shelf.clear()
    yield
    store.shelf.clear()


@pytest.fixture(scope="session")
def migrated(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A file with every table and nothing in it, taken from the tests' own database; none on PostgreSQL."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            return None
        file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
    return file


@pytest.fixture
def database(migrated: Path | None, tmp_path: Path) -> Path:
    """Where a command of its own process keeps its plans; the tables are there already, to save their making.

    Tests that give no database, and those of the start, have the command make them.
    """
    file = tmp_path / "plans.sqlite3"
    if migrated:
        shutil.copyfile(migrated, file)
    return file


@pytest.fixture
def edition(db: None) -> Edition:
    return load_workspace(Workspace(make_plan()), by=None, findings=FINDINGS).edition


@pytest.fixture
def member(edition: Edition) -> User:
    user = User.objects.create_user("planner@example.org", "correct horse battery", name="Pat Planner")
    Membership.objects.create(user=user, organisation=edition.organisation)
    return user


@pytest.fixture
def outsider(db: None) -> User:
    user = User.objects.create_user("else@example.org", "correct horse battery")
    Membership.objects.create(user=user, organisation=Organisation.objects.create(name="Another ICB"))
    return user


@pytest.fixture
def reader(member: User) -> Client:
    return signed_in(member)


Page = Callable[..., LexborHTMLParser]


@pytest.fixture
def page(reader: Client) -> Page:
    """Fetch a page as a member of the organisation and check all that holds of every page."""

    def fetch(path: str, status: int = 200, client: Client = reader) -> LexborHTMLParser:
        response = client.get(path)
        assert response.status_code == status
        check_headers(response.headers)
        tree = LexborHTMLParser(response.content.decode())
        check_page(tree)
        return tree

    return fetch
