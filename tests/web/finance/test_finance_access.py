"""Who sees the finance of a plan, and who changes it: every role at every address, by every method."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from finance_sample import ORGANISATION, load_financed, make_member
from web_sample import check_security_headers, make_plan, signed_in

from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.finance import services, urls
from trigpoint.web.finance.models import FinanceProposal
from trigpoint.web.proposals.services import propose
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace

NAMES = [pattern.name for pattern in urls.urlpatterns]
CHANGING = {"finance-send", "finance-proposal"}
# Who → what a page answers, and one that changes something.
ROLES = {
    "nobody signed in": (302, 302),
    "a colleague who may import": (200, 200),
    "a colleague who may only read": (200, 403),
    "one who may import for another organisation": (404, 404),
    "a member of no organisation": (404, 404),
    "one whose account was closed": (302, 302),
}


@pytest.fixture
def financed(db: None) -> Edition:
    return load_financed()


@pytest.fixture
def proposal(financed: Edition) -> FinanceProposal:
    sender = make_member(financed, "sender@example.org")
    return propose(
        services.TEMPLATES, financed, name="filled.xlsx", data=b"x", texts={"gates.csv": "scheme,gate\n"}, by=sender
    )


def client_as(role: str, edition: Edition) -> Client:
    if role == "nobody signed in":
        return Client()
    if role == "a member of no organisation":
        return signed_in(User.objects.create_user("role@example.org", "correct horse battery"))
    if "another organisation" in role:
        user = User.objects.create_user("role@example.org", "correct horse battery")
        other = Organisation.objects.create(name="Another ICB")
        Membership.objects.create(user=user, organisation=other, role=Role.PLANNER)
    else:
        user = make_member(edition, role=Role.VIEWER if role == "a colleague who may only read" else Role.PLANNER)
    client = signed_in(user)
    if role == "one whose account was closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


def address(name: str, edition: Edition, proposal: FinanceProposal) -> str:
    known: dict[str, Any] = {
        "pk": edition.pk, "sid": "front-door", "cid": "north", "number": proposal.pk, "name": "position",
    }  # fmt: skip
    wanted = next(pattern for pattern in urls.urlpatterns if pattern.name == name).pattern.converters
    path = reverse(name, kwargs={key: known[key] for key in wanted})
    return f"{path}?kind=curve&of=north" if name == "finance-picture" else path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_what(financed: Edition, proposal: FinanceProposal, role: str, name: str) -> None:
    reading, changing = ROLES[role]
    client, path = client_as(role, financed), address(name, financed, proposal)
    answer = changing if name in CHANGING else reading
    response = client.get(path)
    assert response.status_code == answer
    assert client.head(path).status_code == answer
    check_security_headers(response.headers)
    if answer == 302:
        assert response["Location"].startswith("/sign-in/?next=")
    if answer in {302, 403, 404}:
        assert "Front door streaming" not in response.content.decode(errors="replace")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_change_what(financed: Edition, proposal: FinanceProposal, role: str, name: str) -> None:
    reading, changing = ROLES[role]
    client, path = client_as(role, financed), address(name, financed, proposal)
    expected = {405}
    if reading == 302:
        expected = {302}
    elif name in CHANGING:
        expected = {changing} if changing != 200 else {200}
    response = client.post(path)
    assert response.status_code in expected
    check_security_headers(response.headers)
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(path).status_code in {302, 405}
    before = financed.revision
    financed.refresh_from_db()
    assert financed.revision == before


def test_what_was_sent_for_one_plan_is_not_found_under_another(financed: Edition, proposal: FinanceProposal) -> None:
    other = load_financed("Another ICB")
    client = signed_in(make_member(other))
    path = reverse("finance-proposal", kwargs={"pk": other.pk, "number": proposal.pk})
    assert client.get(path).status_code == 404
    assert client.post(path, {"action": "accept"}).status_code == 404


@pytest.mark.parametrize("name", sorted(set(NAMES) - CHANGING))
def test_without_files_every_page_says_how_to_add_them_and_nothing_breaks(db: None, name: str) -> None:
    edition = load_workspace(Workspace(make_plan(ORGANISATION)), by=None).edition
    sender = make_member(edition, "sender@example.org")
    sent = propose(services.TEMPLATES, edition, name="filled.xlsx", data=b"x", texts={}, by=sender)
    response = signed_in(make_member(edition)).get(address(name, edition, sent))
    page = "html" in response["Content-Type"]
    assert response.status_code in ({200} if page and response.status_code != 404 else {200, 404})
    if page and response.status_code == 200:
        assert "Download the Excel template" in response.content.decode()
