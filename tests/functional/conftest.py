"""A browser, a server with both examples, and a person who may read them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from browser_steps import EMAIL, PASSWORD
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from trigpoint.checks.finding import Finding
from trigpoint.plans.workspace import Workspace, read_workspace, write_workspace
from trigpoint.web import assets

ROOT = Path(__file__).parents[2]
EXAMPLES = ("dudley-2017-19", "worcestershire-2016-17")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Nothing is fetched from anywhere but the server under test.
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

# Playwright keeps an event loop running in this thread; the tests' own use of the database is not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = None
    if CHROMIUM is None:
        missing = "Chromium is not installed (apt-get install chromium)"
    elif not assets.STYLE_SHEET.is_file():
        missing = "the style sheets are not built (make assets)"
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def examples() -> dict[str, tuple[Workspace, tuple[Finding, ...]]]:
    from trigpoint.checks import check_workspace

    found = {}
    for name in EXAMPLES:
        space = read_workspace(ROOT / "examples" / name)
        found[name] = (space, check_workspace(space, today=date(2026, 4, 1)))
    return found


@pytest.fixture
def plans(
    django_db_reset_sequences: None, examples: dict[str, tuple[Workspace, tuple[Finding, ...]]]
) -> dict[str, int]:
    """Name of the example → number of its plan; one person may read both.

    The numbers are those of the test before: a run of the activity model, which is kept under number, revision, digest
    and content of the scenario, is made once for all tests. What may depend on the number of a saved scenario is not.
    """
    from trigpoint.web.accounts.models import Organisation, User
    from trigpoint.web.register.presenters.measures import pictures
    from trigpoint.web.register.services import load_workspace
    from trigpoint.web.register.store import shelf

    shelf.clear()
    pictures.clear()
    loaded = {name: load_workspace(*parts[:1], by=None, findings=parts[1]) for name, parts in examples.items()}
    user = User.objects.create_user(EMAIL, PASSWORD, name="Pat Planner")
    user.organisations.set(Organisation.objects.all())
    return {name.split("-")[0]: each.edition.pk for name, each in loaded.items()}


@pytest.fixture
def address(live_server: object) -> str:
    return str(live_server)


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Make a browser context; afterwards nothing may have been refused by the policy or asked of another host."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(base_url=address, locale="en-GB", **options)
        context.on("console", lambda message: _note_error(message, complaints))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", lambda request: _note_stranger(request.url, address, complaints))
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _note_error(message: ConsoleMessage, complaints: list[str]) -> None:
    asked_for_nothing = message.location["url"].endswith("/nothing/")
    if message.type == "error" and not asked_for_nothing:
        complaints.append(message.text)


def _note_stranger(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((address, "http://127.0.0.1:", "data:", "blob:")):
        complaints.append(f"asked of another host: {url}")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(
    request: pytest.FixtureRequest, watched: Callable[..., BrowserContext], plans: dict[str, int], address: str
) -> Page:
    """A page of a person who has signed in, once with and once without JavaScript."""
    from django.conf import settings
    from django.test import Client

    from trigpoint.web.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=EMAIL), backend=settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    context = watched(java_script_enabled=request.param)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context.new_page()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is, as `trigpoint serve` starts it, with one example plan and a database of its own."""
    folder = tmp_path_factory.mktemp("served")
    write_workspace(read_workspace(ROOT / "examples" / EXAMPLES[0]), folder / "plan")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TRIGPOINT", "DJANGO", "DATABASE"))}
    command = [sys.executable, "-m", "trigpoint.cli.main", "serve", str(folder / "plan"), "--demo", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept)
    try:
        assert server.stdout
        told = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert told
        yield told.group()
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def opened(request: pytest.FixtureRequest, watched: Callable[..., BrowserContext]) -> Page:
    """A page in either kind of browser; a journey of its own on one server says which (``callspec.id``)."""
    return watched(java_script_enabled=request.param).new_page()
