"""Every page by axe (WCAG 2.2 AA and good practice), on a desk and on a phone, and its reflow at 320 pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser_steps import AXE, sign_in, violations
from playwright.sync_api import BrowserContext, Page

PAGES = {
    "plans": "/",
    "plan": "/plans/{dudley}/",
    "plan by quarter": "/plans/{worcestershire}/",
    "objective by year": "/plans/{dudley}/objectives/o2-3/",
    "objective by quarter": "/plans/{worcestershire}/objectives/o1-1/",
    "search": "/plans/{dudley}/search/",
    "search with nothing found": "/plans/{dudley}/search/?q=nowhere-at-all",
    "search with mistakes": "/plans/{dudley}/search/?due_after=soon",
    "measures": "/plans/{dudley}/measures/",
    "measure": "/plans/{dudley}/measures/breastfeeding-initiation/",
    "coverage": "/plans/{dudley}/coverage/",
    "coverage with mistakes": "/plans/{dudley}/coverage/?framework=none",
    "checks": "/plans/{dudley}/checks/",
    "papers": "/plans/{dudley}/papers/",
    "published statistics": "/published/",
    "not found": "/nothing/",
    "paper": "/plans/{dudley}/papers/paper.html?committee=A%26E+Delivery+Board",
}
WIDTHS = {"desk": 1280, "phone": 320}


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def wide(request: pytest.FixtureRequest, watched: Callable[..., BrowserContext], plans: dict[str, int]) -> Page:
    """A signed-in page of one width. Only for axe, which is not the page's own, the policy is set aside."""
    context = watched(bypass_csp=True, viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    sign_in(opened)
    return opened


@pytest.mark.skipif(not AXE.is_file(), reason="axe is not installed (npm ci)")
def test_axe_finds_nothing(wide: Page, plans: dict[str, int]) -> None:
    found = {}
    for name, path in PAGES.items():
        wide.goto(path.format(**plans))
        found[name] = violations(wide)
    wide.goto(PAGES["plan"].format(**plans))
    wide.get_by_role("button", name="Sign out").click()
    found["sign in"] = violations(wide)
    wide.get_by_role("button", name="Sign in").click()
    found["sign in with mistakes"] = violations(wide)
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_nothing_is_wider_than_a_phone(watched: Callable[..., BrowserContext], plans: dict[str, int]) -> None:
    """WCAG 2.2, 1.4.10: no scrolling in two directions, but inside a table's own frame."""
    opened = watched(viewport={"width": 320, "height": 640}).new_page()
    sign_in(opened)
    widths = {}
    for name, path in PAGES.items():
        opened.goto(path.format(**plans))
        widths[name] = opened.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in widths.items() if width > 320} == {}


def test_text_twice_as_large_still_fits(watched: Callable[..., BrowserContext], plans: dict[str, int]) -> None:
    """WCAG 2.2, 1.4.4: text at 200 per cent; a browser does it by halving the pixels of the page."""
    opened = watched(viewport={"width": 640, "height": 512}, device_scale_factor=2).new_page()
    sign_in(opened)
    for path in PAGES.values():
        opened.goto(path.format(**plans))
        assert opened.evaluate("document.documentElement.scrollWidth") <= 640, path
