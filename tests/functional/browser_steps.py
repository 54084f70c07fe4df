"""Steps that several journeys take, and what axe says of a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

EMAIL, PASSWORD = "planner@example.org", "correct horse battery"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule is run; the thousands of places that are in order are not described, which takes most of the time.
RUN_AXE = "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"


def sign_in(page: Page) -> None:
    """From any page to the list of plans."""
    page.goto("/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Plans", level=1).wait_for()


def violations(page: Page) -> list[str]:
    """What axe finds against the page as it is now: the rule and the element, for each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN_AXE, RULES)
    return [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]
