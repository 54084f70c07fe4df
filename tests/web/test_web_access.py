"""Who gets in, and whose plans they see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from trigpoint.errors import InputError
from trigpoint.web.accounts.models import User
from trigpoint.web.accounts.services import add_user
from trigpoint.web.register.models import Edition

OPEN = {"sign-in", "sign-out", "icon"}
ARGUMENTS: dict[str, Any] = {"oid": "o1", "mid": "i1", "which": "0"}


def _patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _addresses(pk: int) -> dict[str, str]:
    """Every address there is, so that a page added later is covered without a thought."""
    found = {}
    for pattern in _patterns():
        names = pattern.pattern.regex.groupindex
        values = {name: pk if name == "pk" else ARGUMENTS[name] for name in names}
        found[pattern.name] = reverse(pattern.name, kwargs=values)
    return found


def test_without_signing_in_every_address_leads_to_the_sign_in_page(edition: Edition) -> None:
    addresses = _addresses(edition.pk)
    assert len(addresses) > 12
    for name, address in addresses.items():
        if name not in OPEN:
            response = Client().get(address)
            assert response.status_code == 302, name
            assert response["Location"].startswith("/sign-in/?next="), name


def test_a_member_reads_every_page(edition: Edition, reader: Client) -> None:
    for name, address in _addresses(edition.pk).items():
        if name not in OPEN:
            assert reader.get(address).status_code == 200, name


def test_the_plan_of_others_is_not_found(edition: Edition, outsider: User) -> None:
    client = Client()
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    for name, address in _addresses(edition.pk).items():
        if name not in OPEN | {"plans"}:
            assert client.get(address).status_code == 404, name
    assert edition.title not in client.get("/").content.decode()
    assert "There is no plan that you may see" in client.get("/").content.decode()


def test_signing_in_leads_on_and_out_again(edition: Edition, member: User) -> None:
    client = Client()
    given = {"username": "Planner@Example.ORG ", "password": "correct horse battery", "next": f"/plans/{edition.pk}/"}
    response = client.post("/sign-in/", given)
    assert response.status_code == 302
    assert response["Location"] == f"/plans/{edition.pk}/"
    assert client.get(f"/plans/{edition.pk}/").status_code == 200
    assert client.get("/sign-out/").status_code == 405, "a link or picture elsewhere must not sign anybody out"
    assert client.post("/sign-out/").status_code == 302
    assert SESSION_KEY not in client.session


def test_signing_in_does_not_lead_to_another_site(member: User) -> None:
    given = {"username": member.email, "password": "correct horse battery", "next": "https://elsewhere.example/"}
    assert Client().post("/sign-in/", given)["Location"] == "/"


@pytest.mark.parametrize(("email", "password"), [("planner@example.org", "wrong"), ("nobody@example.org", "wrong")])
def test_a_failure_does_not_tell_which_accounts_exist(page, member: User, email: str, password: str) -> None:
    response = Client().post("/sign-in/", {"username": email, "password": password})
    text = response.content.decode()
    assert response.status_code == 200
    assert "E-mail address and password do not match an account" in text
    assert "Error: Sign in" in text


def test_five_failures_close_the_door_for_a_while(member: User) -> None:
    client = Client()
    spellings = [member.email, member.email.upper(), f" {member.email}", member.email, member.email.title()]
    answers = [client.post("/sign-in/", {"username": name, "password": "wrong"}).status_code for name in spellings]
    assert answers == [200, 200, 200, 200, 429]
    right = {"username": member.email, "password": "correct horse battery"}
    assert client.post("/sign-in/", right).status_code == 429
    assert "Wait 15 minutes" in client.post("/sign-in/", right).content.decode()


def test_someone_who_left_is_let_in_no_more(member: User, edition: Edition, reader: Client) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert reader.get(f"/plans/{edition.pk}/").status_code == 302


def test_a_form_from_elsewhere_is_refused_in_plain_words(member: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"username": member.email, "password": "x"})
    assert response.status_code == 403
    assert "This form is out of date" in response.content.decode()


def test_sign_in_page_is_well_formed(page, db: None) -> None:
    page("/sign-in/", client=Client())


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(member: User) -> None:
    client = Client()
    client.post("/sign-in/", {"username": member.email, "password": "correct horse battery"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["expires"] == "", "the session ends with the browser"


def test_adding_a_person(edition: Edition) -> None:
    user = add_user(email=" New@Example.org", password="a long enough phrase", organisation="NHS Example ICB", by=None)
    assert user.email == "new@example.org"
    assert user.check_password("a long enough phrase")
    assert list(user.organisations.values_list("name", flat=True)) == ["NHS Example ICB"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"email": "not an address"}, "valid email address"),
        ({"password": "short"}, "too short"),
        ({"password": "passwordpassword", "email": "passwordpassword@example.org"}, "too similar"),
        ({"organisation": "Nobody"}, "no plan of the organisation “Nobody” is loaded; loaded: NHS Example ICB"),
    ],
)
def test_a_person_that_cannot_be_added(edition: Edition, given: dict[str, str], told: str) -> None:
    good = {"email": "new@example.org", "password": "a long enough phrase", "organisation": "NHS Example ICB"}
    with pytest.raises(InputError, match=told):
        add_user(**(good | given), by=None)
    assert not User.objects.exists()
