"""Who sees published statistics, and who adds to them: every role at every address, by every method."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from intake_sample import client_of
from published_sample import CAT2, OWNER, ambulance_csv, hold, make_importer, months, owner
from web_sample import check_security_headers

from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.intake import worker
from trigpoint.web.published import urls
from trigpoint.web.published.models import Batch, PublishedFile, Sending

NAMES = [pattern.name for pattern in urls.urlpatterns]
# What is there for those alone whom it belongs to; of a measure everybody learns at least that it can be held.
THEIRS = {"published-file", "published-organisation", "published-picture"}
TOLD = ("ambsys.csv", "North Ambulance", "2,160")
# Who → what adding answers, what was added, what is held, and every other page.
ROLES = {
    "nobody signed in": (302, 302, 302, 302),
    "a colleague who may import": (200, 200, 200, 200),
    "a colleague who may only read": (403, 404, 200, 200),
    "one who may import for another organisation": (200, 404, 404, 200),
    "a member of no organisation": (403, 404, 404, 403),
    "one whose account was closed": (302, 302, 302, 302),
}


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)


@pytest.fixture
def held(db: None) -> PublishedFile:
    hold(ambulance_csv(months(14)))
    return PublishedFile.objects.get()


@pytest.fixture
def batch(held: PublishedFile) -> Batch:
    return Batch.objects.create(owner=owner(), by=make_importer("sender@example.org"), at=held.at)


def client_as(role: str) -> Client:
    if role == "nobody signed in":
        return Client()
    if role == "a member of no organisation":
        return client_of(User.objects.create_user("role@example.org", "correct horse battery"))
    elsewhere = "another organisation" in role
    name = "Another ICB" if elsewhere else OWNER
    user = make_importer(
        "role@example.org", name, role=Role.VIEWER if role == "a colleague who may only read" else Role.PLANNER
    )
    client = client_of(user)
    if role == "one whose account was closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


def address(name: str, held: PublishedFile, batch: Batch) -> str:
    known: dict[str, Any] = {"mid": CAT2, "code": "RX6", "release": "ambulance"}
    known["pk"] = batch.pk if name == "published-added" else held.pk
    wanted = next(pattern for pattern in urls.urlpatterns if pattern.name == name).pattern.converters
    return reverse(name, kwargs={key: known[key] for key in wanted})


def expected(name: str, answers: tuple[int, int, int, int]) -> int:
    adding, added, theirs, other = answers
    if name == "published-source":
        return 302  # the publisher's page is everybody's; without a sign-in the way is that to sign in
    if other == 403 and name != "published-file":  # who belongs to nobody is refused before anything is looked for
        theirs = other
    return {"published-add": adding, "published-added": added}.get(name, theirs if name in THEIRS else other)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("role", "answers"), ROLES.items(), ids=ROLES.keys())
def test_who_may_see_what(
    held: PublishedFile, batch: Batch, role: str, answers: tuple[int, int, int, int], name: str
) -> None:
    client, path = client_as(role), address(name, held, batch)
    response = client.get(path)
    assert response.status_code == expected(name, answers)
    assert client.head(path).status_code == response.status_code
    check_security_headers(response.headers)
    if response.status_code == 302:
        away = answers[3] == 302 or name != "published-source"
        assert response["Location"].startswith("/sign-in/?next=" if away else "https://")
    if "colleague" not in role:
        told = response.content.decode(errors="replace")
        assert not [words for words in TOLD if words in told]
    for method in ("put", "patch", "delete", *(() if name == "published-add" else ("post",))):
        assert getattr(client, method)(path).status_code in {302, 403, 405}, method


@pytest.mark.parametrize("role", [role for role in ROLES if role != "a colleague who may import"])
def test_nobody_else_adds_for_the_organisation(held: PublishedFile, role: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_as(role)
    sent = {"files": [SimpleUploadedFile("a.csv", b"x")], "organisation": owner().pk}
    client.post("/published/add/", sent)
    assert not Sending.objects.filter(batch__owner__name=OWNER).exists()


def test_nothing_of_others_is_asked_for_by_name(held: PublishedFile) -> None:
    client = client_as("one who may import for another organisation")
    for path in (f"/published/?for={owner().pk}", f"/published/{CAT2}/?org=RX6", f"/published/files/?for={owner().pk}"):
        assert client.get(path).status_code == 404, path


def test_reading_goes_with_membership(held: PublishedFile) -> None:
    client = client_as("a colleague who may only read")
    assert "2,160" in client.get(f"/published/{CAT2}/?org=RX6").content.decode()
    Membership.objects.filter(user__email="role@example.org").delete()
    Membership.objects.create(
        user=User.objects.get(email="role@example.org"), organisation=Organisation.objects.create(name="Third ICB")
    )
    assert client.get(f"/published/{CAT2}/?org=RX6").status_code == 404
