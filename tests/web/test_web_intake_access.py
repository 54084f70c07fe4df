"""Who may import, and whose imports they see: every role at every address, by every method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from intake_sample import OWNER, client_of, make_importer, make_review
from web_sample import check_security_headers

from trigpoint.web.accounts.access import Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.intake import urls, worker
from trigpoint.web.intake.models import Proposal, State, Upload

NAMES = [pattern.name for pattern in urls.urlpatterns]
# What a form sends that would change something, if the person might.
SENT: dict[str, dict[str, Any]] = {
    "import-decide": {"position": 1, "seen": 0, "verdict": "accept"},
    "import-decide-all": {"which": "sure", "verdict": "accept"},
    "import-undo": {"turn": 1},
    "import-correct": {"seen": 0, "f-title": "Another title"},
    "import-summary": {"title": "A plan", "edition": ""},
}
ONLY_SENT = {"import-decide", "import-decide-all", "import-undo"}
# Who → what every address of one import answers, and the list of imports.
ROLES = {
    "nobody signed in": (302, 302),
    "a colleague who may import": (200, 200),
    "a colleague who may only read": (404, 403),
    "one who may import for another organisation": (404, 200),
    "one who may import elsewhere and read here": (404, 200),
    "a member of no organisation": (404, 403),
    "one whose right was taken away": (404, 403),
}


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)


@pytest.fixture
def upload(db: None) -> Iterator[Upload]:
    return make_review(make_importer())


def client_as(role: str) -> Client:
    if role == "nobody signed in":
        return Client()
    if role in {"one who may import for another organisation", "one who may import elsewhere and read here"}:
        user = make_importer("role@example.org", "Another ICB")
        if role.endswith("read here"):
            Membership.objects.create(user=user, organisation=Organisation.objects.get(name=OWNER))
    elif role == "a member of no organisation":
        user = User.objects.create_user("role@example.org", "correct horse battery")
    else:
        user = make_importer(
            "role@example.org", role=Role.VIEWER if role == "a colleague who may only read" else Role.PLANNER
        )
    client = client_of(user)
    if role == "one whose right was taken away":
        Membership.objects.filter(user=user).update(role=Role.VIEWER)
    return client


def address(name: str, pk: int) -> str:
    given: dict[str, Any] = {} if name == "imports" else {"pk": pk}
    return reverse(name, kwargs=given | ({"position": 1} if name == "import-correct" else {}))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("role", "answers"), ROLES.items(), ids=ROLES.keys())
def test_who_may_see_and_do_what(upload: Upload, role: str, answers: tuple[int, int], name: str) -> None:
    client, path = client_as(role), address(name, upload.pk)
    expected = answers[1] if name == "imports" else answers[0]
    response = client.get(path)
    assert response.status_code == (405 if name in ONLY_SENT and expected != 302 else expected)
    check_security_headers(response.headers)
    if expected != 200:
        assert upload.name not in response.content.decode()
        sent = client.post(path, SENT.get(name, {}))
        assert sent.status_code in {expected, 405}
        assert not Proposal.objects.filter(verdict__isnull=False).exists()
        assert Upload.objects.get().state is State.REVIEW
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(path).status_code in {302, 405}, method


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"imports", "import", "import-file"}])
def test_a_form_from_elsewhere_changes_nothing(upload: Upload, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address(name, upload.pk), SENT.get(name, {})).status_code in {403, 405}
    assert not Proposal.objects.filter(verdict__isnull=False).exists()


def test_the_list_holds_none_of_others(upload: Upload) -> None:
    client = client_as("one who may import for another organisation")
    assert upload.name not in client.get("/imports/").content.decode()


def test_the_way_to_imports_is_shown_to_those_who_may(upload: Upload) -> None:
    assert "/imports/" in client_of(User.objects.get()).get("/").content.decode()
    assert "/imports/" not in client_as("a colleague who may only read").get("/").content.decode()


def test_a_proposal_of_another_import_is_not_found(upload: Upload) -> None:
    other = make_review(make_importer("other@example.org"))
    client = client_of(User.objects.get(email="other@example.org"))
    last = Proposal.objects.filter(upload=other).count()
    assert client.get(f"/imports/{other.pk}/review/{last + 1}/").status_code == 404
    sent = {"position": last + 1, "seen": 0, "verdict": "accept"}
    assert client.post(f"/imports/{other.pk}/decide/", sent).status_code == 404
