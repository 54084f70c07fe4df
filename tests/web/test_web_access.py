"""Who gets in, and whose plans they see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from web_sample import check_security_headers, signed_in

from trigpoint.errors import InputError
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.accounts.services import add_user
from trigpoint.web.activity import urls as activity
from trigpoint.web.audit.models import Event
from trigpoint.web.audit.services import first_broken
from trigpoint.web.finance import urls as finance
from trigpoint.web.intake import urls as imports
from trigpoint.web.published import urls as published
from trigpoint.web.register.models import Edition

OPEN = {"sign-in", "sign-out", "icon"}
# The pages of imports have a right, a state and a matrix of their own, test_web_intake_access; those of published
# statistics belong to no plan: test_web_published_access; those of activity and finance need files:
# test_activity_access, test_finance_access.
_APPS = (imports, published, activity, finance)
ELSEWHERE = {pattern.name for app in _APPS for pattern in app.urlpatterns}
ARGUMENTS: dict[str, Any] = {"oid": "o1", "mid": "i1", "which": "0"}


def _patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _addresses(pk: int) -> dict[str, str]:
    """Every address there is, by name."""
    found = {}
    for pattern in _patterns():
        if pattern.name in ELSEWHERE:
            continue
        names = pattern.pattern.regex.groupindex
        values = {name: pk if name == "pk" else ARGUMENTS[name] for name in names}
        found[pattern.name] = reverse(pattern.name, kwargs=values)
    return found


# Who → what every address of a plan answers. Nobody but a member learns so much as that the plan exists.
ROLES = {
    "nobody signed in": 302,
    "a member of the organisation": 200,
    "a member of another organisation": 404,
    "a member of no organisation": 404,
    "one who was a member": 404,
    "a member whose account was closed": 302,
    "a member whose session has run out": 302,
}
NAMES = sorted(pattern.name for pattern in _patterns() if pattern.name not in OPEN | ELSEWHERE)


def _client_of(role: str, edition: Edition) -> Client:
    if role == "nobody signed in":
        return Client()
    user = User.objects.create_user("role@example.org", "correct horse battery")
    if role == "a member of another organisation":
        Membership.objects.create(user=user, organisation=Organisation.objects.create(name="Another ICB"))
    elif role != "a member of no organisation":
        Membership.objects.create(user=user, organisation=edition.organisation)
    client = signed_in(user)
    if role == "one who was a member":
        Membership.objects.filter(user=user).delete()
    if role == "a member whose account was closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if role == "a member whose session has run out":
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    return client


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("role", "answer"), ROLES.items(), ids=ROLES.keys())
def test_who_may_read_what(edition: Edition, role: str, answer: int, name: str) -> None:
    """Every role at every address there is, by every method; a page added later is covered without a thought."""
    client = _client_of(role, edition)
    address = _addresses(edition.pk)[name]
    response = client.get(address)
    allowed_list = name == "plans" and answer == 404
    assert response.status_code == (200 if allowed_list else answer)
    assert client.head(address).status_code == response.status_code
    check_security_headers(response.headers)
    if answer == 302:
        assert response["Location"].startswith("/sign-in/?next=")
    if answer != 200:
        assert edition.title not in response.content.decode(errors="replace")
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address).status_code in {302, 405}, method


def test_there_are_as_many_addresses_as_we_know() -> None:
    assert len(NAMES) >= 13, "the matrix is generated; a shorter one would prove less"


ANSWERS = {
    "a page": ("/plans/{pk}/", 200),
    "a redirect to the slash": ("/plans/{pk}", 301),
    "a redirect of the icon": ("/favicon.ico", 302),
    "a style sheet": ("/static/trigpoint/trigpoint.css", 200),
    "a style sheet that is not there": ("/static/none.css", 404),
    "nothing": ("/nothing/", 404),
    "a bad request": ("/plans/{pk}/?at=soon", 400),
    "a picture": ("/plans/{pk}/measures/i1/chart-0.svg", 200),
    "figures": ("/plans/{pk}/measures/i1/figures.csv", 200),
    "what is covered": ("/plans/{pk}/coverage/coverage.csv", 200),
    "results": ("/plans/{pk}/search/commitments.csv", 200),
    "a paper": ("/plans/{pk}/papers/paper.html", 200),
    "a Word document": ("/plans/{pk}/papers/paper.docx", 200),
}


@pytest.mark.parametrize(("path", "status"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answer_carries_the_headers(edition: Edition, reader: Client, path: str, status: int) -> None:
    response = reader.get(path.format(pk=edition.pk))
    assert response.status_code == status
    check_security_headers(response.headers)
    response.close()  # a file that is served stays open until then


def test_a_request_for_another_host_is_refused_with_the_headers_too(db: None) -> None:
    response = Client().get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    check_security_headers(response.headers)


def test_a_fault_of_ours_carries_the_headers_and_tells_nothing(
    edition: Edition, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("trigpoint.web.register.views.overview", fail)
    reader.raise_request_exception = False
    response = reader.get(f"/plans/{edition.pk}/")
    assert response.status_code == 500
    check_security_headers(response.headers)
    assert "secret of the inside" not in response.content.decode()
    assert "Something went wrong" in response.content.decode()


def test_a_redirect_to_https_carries_the_headers(db: None, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/")
    assert response["Location"].startswith("https://")
    check_security_headers(response.headers)


def test_https_is_remembered(db: None, settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get("/sign-in/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


def test_the_list_of_plans_holds_none_of_others(edition: Edition, outsider: User) -> None:
    text = signed_in(outsider).get("/").content.decode()
    assert edition.title not in text
    assert "There is no plan that you may see" in text


def test_signing_out_needs_the_form_of_our_own_page(member: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/sign-out/").status_code == 403
    assert SESSION_KEY in client.session


def test_a_session_lasts_eight_hours_and_is_not_prolonged(member: User, edition: Edition) -> None:
    client = signed_in(member)
    ends = Session.objects.get().expire_date
    assert abs(ends - timezone.now() - timedelta(hours=8)) < timedelta(minutes=1)
    client.get(f"/plans/{edition.pk}/")
    assert Session.objects.get().expire_date == ends


def test_signing_in_gives_a_new_session(member: User) -> None:
    client = Client()
    given = {"username": member.email, "password": "correct horse battery"}
    client.post("/sign-in/", given)
    before = client.cookies["sessionid"].value
    client.post("/sign-out/")
    client.post("/sign-in/", given)
    assert client.cookies["sessionid"].value != before


def test_signing_in_and_out_is_recorded(member: User) -> None:
    client = Client()
    client.post("/sign-in/", {"username": member.email, "password": "correct horse battery"})
    client.post("/sign-out/")
    told = [(event.actor, event.action) for event in Event.objects.filter(subject=member.email)]
    assert told == [(member.email, "signed in"), (member.email, "signed out")]
    assert first_broken() is None


def test_a_closed_door_is_recorded_once_and_nothing_that_was_typed(member: User) -> None:
    for name in [member.email] * 9 + ["my-secret-phrase"] * 9:
        Client().post("/sign-in/", {"username": name, "password": "wrong"})
    told = [(event.actor, event.action, event.subject) for event in Event.objects.filter(action="sign-in locked")]
    assert told == [("visitor", "sign-in locked", member.email)]
    assert not Event.objects.filter(subject__contains="secret").exists()


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
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


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
