"""Steps that several journeys take."""

from __future__ import annotations

from playwright.sync_api import Page

EMAIL, PASSWORD = "planner@example.org", "correct horse battery"


def sign_in(page: Page) -> None:
    """From any page to the list of plans."""
    page.goto("/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Plans", level=1).wait_for()
