"""Who sees an activity model, and who changes one: every role at every address, by every method."""

from __future__ import annotations

from typing import Any

import pytest
from activity_sample import ORGANISATION, load_modelled, make_member, make_texts
from django.test import Client
from django.urls import reverse
from web_sample import check_security_headers, make_plan, signed_in

from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.activity import services, urls
from trigpoint.web.activity.models import Proposal, ScenarioVersion
from trigpoint.web.proposals.services import propose
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace

NAMES = [pattern.name for pattern in urls.urlpatterns]
CHANGING = {"activity-send", "activity-proposal", "activity-withdraw"}
POSTED = {"activity-answer", "activity-withdraw"}
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
def modelled(db: None) -> Edition:
    return load_modelled()


@pytest.fixture
def proposal(modelled: Edition) -> Proposal:
    sender = make_member(modelled, "sender@example.org")
    return propose(
        services.TEMPLATES, modelled, name="filled.xlsx", data=b"x", texts={"pods.csv": "code,name\n"}, by=sender
    )


def client_as(role: str, edition: Edition) -> Client:
    if role == "nobody signed in":
        return Client()
    if role == "a member of no organisation":
        return signed_in(User.objects.create_user("role@example.org", "correct horse battery"))
    if "another organisation" in role:
        user = User.objects.create_user("role@example.org", "correct horse battery")
        Membership.objects.create(
            user=user, organisation=Organisation.objects.create(name="Another ICB"), role=Role.PLANNER
        )
    else:
        user = make_member(edition, role=Role.VIEWER if role == "a colleague who may only read" else Role.PLANNER)
    client = signed_in(user)
    if role == "one whose account was closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


def address(name: str, edition: Edition, proposal: Proposal) -> str:
    known: dict[str, Any] = {"pk": edition.pk, "sid": "front-door", "pod": "A&E", "number": proposal.pk, "key": "slow"}
    wanted = next(pattern for pattern in urls.urlpatterns if pattern.name == name).pattern.converters
    path = reverse(name, kwargs={key: known[key] for key in wanted})
    return f"{path}?kind=trajectory&pod=A%26E" if name == "activity-picture" else path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_what(modelled: Edition, proposal: Proposal, role: str, name: str) -> None:
    reading, changing = ROLES[role]
    client, path = client_as(role, modelled), address(name, modelled, proposal)
    answer = changing if name in CHANGING else reading
    if name in POSTED and reading != 302:
        answer = 405
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
def test_who_may_change_what(modelled: Edition, proposal: Proposal, role: str, name: str) -> None:
    reading, changing = ROLES[role]
    client, path = client_as(role, modelled), address(name, modelled, proposal)
    before = (modelled.revision, ScenarioVersion.objects.count())
    expected = {405}
    if reading == 302:
        expected = {302}
    elif name in CHANGING:
        expected = {changing} if changing != 200 else {200, 302, 404}
    elif name in {"activity-editor", "activity-answer"}:
        expected = {reading}
    response = client.post(path)
    assert response.status_code in expected
    check_security_headers(response.headers)
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(path).status_code in {302, 405}
    modelled.refresh_from_db()
    assert (modelled.revision, ScenarioVersion.objects.count()) == before


def test_only_who_may_import_saves_a_scenario(modelled: Edition) -> None:
    path, asked = reverse("activity-editor", args=[modelled.pk]), {"action": "save", "name": "Mine", "seen": "0"}
    assert client_as("a colleague who may only read", modelled).post(path, asked).status_code == 403
    assert not ScenarioVersion.objects.exists()
    page = client_as_importer(modelled).post(path, asked)
    assert page.status_code == 302
    assert [row.name for row in ScenarioVersion.objects.all()] == ["Mine"]


def client_as_importer(edition: Edition) -> Client:
    return signed_in(make_member(edition, "importer@example.org"))


def test_what_was_sent_for_one_plan_is_not_found_under_another(modelled: Edition, proposal: Proposal) -> None:
    other = load_modelled("Another ICB", make_texts())
    client = signed_in(make_member(other))
    path = reverse("activity-proposal", kwargs={"pk": other.pk, "number": proposal.pk})
    assert client.get(path).status_code == 404
    assert client.post(path, {"action": "accept"}).status_code == 404


def test_scenarios_of_one_plan_are_not_those_of_another(modelled: Edition) -> None:
    other = load_modelled("Another ICB", make_texts())
    client_as_importer(modelled).post(
        reverse("activity-editor", args=[modelled.pk]), {"action": "save", "name": "Hidden", "seen": "0"}
    )
    page = signed_in(make_member(other)).get(reverse("activity-scenarios", args=[other.pk]))
    assert "Hidden" not in page.content.decode()


@pytest.mark.parametrize("name", sorted(set(NAMES) - CHANGING - POSTED))
def test_without_files_every_page_says_how_to_add_them_and_nothing_breaks(db: None, name: str) -> None:
    edition = load_workspace(Workspace(make_plan(ORGANISATION)), by=None).edition
    sender = make_member(edition, "sender@example.org")
    sent = propose(services.TEMPLATES, edition, name="filled.xlsx", data=b"x", texts={}, by=sender)
    response = signed_in(make_member(edition)).get(address(name, edition, sent))
    page = "html" in response["Content-Type"]
    assert response.status_code in ({200} if page and response.status_code != 404 else {200, 404})
    if page and response.status_code == 200:
        assert "Download the Excel template" in response.content.decode()
