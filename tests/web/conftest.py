"""What the tests of the server share: a loaded plan, people who may and may not see it, a page that checks itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
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
