"""What people come to do, done in a browser, with and without JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_steps import sign_in
from playwright.sync_api import BrowserContext, Locator, Page, expect

EXAMPLE = Path(__file__).parents[2] / "examples" / "dudley-2017-19"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_sign_in_read_the_plan_and_sign_out(
    watched: Callable[..., BrowserContext], plans: dict[str, int], *, scripts: bool
) -> None:
    page = watched(java_script_enabled=scripts).new_page()
    sign_in(page)
    page.get_by_role("link", name="Operational Plan 2017").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Operational Plan 2017/18")
    expect(page.get_by_text(re.compile(r"At 30 November 2017, \d+ of \d+ commitments are complete"))).to_be_visible()
    expect(page.get_by_role("heading", name="4 Urgent and emergency care")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read a plan")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read a plan")


def objective_link(page: Page, name: str) -> Locator:
    """The objective in its theme's table; one in trouble is named above as well."""
    return page.locator(".app-table--objectives").get_by_role("link", name=name)


def test_see_what_is_in_trouble_and_who_says_so(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    worst = page.locator(".app-trouble li").first
    expect(worst).to_contain_text("off track")
    said = page.locator(".app-reported").get_by_role("link", name="off track")
    count = int(said.inner_text().split()[0])
    said.click()
    rows = page.locator(".app-table--results tbody tr")
    expect(rows).to_have_count(count)
    for row in rows.all():
        expect(row).to_contain_text("Off track")
        expect(row).to_contain_text("illustrative")
    rows.first.get_by_role("link").click()
    expect(page.locator(".app-lede")).to_contain_text("off track")
    expect(page.get_by_text("Illustrative progress.")).to_be_visible()


def test_find_what_is_overdue_for_my_committee(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    page.get_by_role("navigation", name="Plan").get_by_role("link", name="Search").click()
    page.get_by_label("State").select_option("Overdue")
    page.get_by_label("Committee").select_option("A&E Delivery Board")
    page.get_by_role("button", name="Search").click()
    rows = page.locator(".app-table--results tbody tr")
    expect(page.get_by_role("heading", level=2)).to_contain_text(re.compile(r"^\d+ commitments? found$"))
    assert rows.count() >= 1
    for row in rows.all():
        expect(row).to_contain_text("Overdue")
        expect(row).to_contain_text("days late")
    rows.first.get_by_role("link").click()
    expect(page.locator(".app-facts")).to_contain_text("A&E Delivery Board")


def test_read_the_grid_of_an_objective_and_the_figures_of_its_chart(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    objective_link(page, "2.3 Support self-care and prevention").click()
    grid = page.locator(".app-grid")
    expect(grid.locator("thead")).to_contain_text("2017/18")
    expect(grid.locator("thead")).to_contain_text("2018/19")
    image = page.locator("figure img").first
    image.scroll_into_view_if_needed()
    expect(image).to_have_attribute("alt", re.compile("chart"))
    figure = page.locator("figure").first
    table = figure.get_by_role("table")
    expect(table).to_be_hidden()
    figure.get_by_text("Figures").first.click()
    expect(table).to_be_visible()
    expect(table).to_contain_text("%")


def test_search_by_locality_and_put_in_order(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['worcestershire']}/search/")
    choices = page.get_by_label("Locality").locator("option").all_inner_texts()
    page.get_by_label("Locality").select_option(choices[1])
    page.get_by_role("button", name="Search").click()
    rows = page.locator(".app-table--results tbody tr")
    for row in rows.all():
        expect(row.locator(".app-place")).to_have_text(choices[1])
    page.get_by_role("link", name=re.compile("^State")).click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("State")
    assert "area=" in page.url
    page.get_by_role("link", name="Clear the search").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("in the plan")


def test_a_search_with_a_bad_date_says_what_to_write(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/search/?due_before=soon")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("“Due on or before” must be a date, such as 31/12/2017")
    summary.get_by_role("link").click()
    assert page.url.endswith("#id_due_before")


def test_read_the_plan_as_it_stood_on_another_day(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    page.get_by_label("Show the plan as it stood on").fill("2018-04-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("At 1 April 2018")).to_be_visible()
    objective_link(page, "2.3 Support self-care and prevention").click()
    assert "at=2018-04-01" in page.url


def test_see_what_the_checks_object_to(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    page.locator(".app-checked a").first.click()
    expect(page.locator(".app-filters [aria-current]")).to_contain_text("Errors")
    expect(page.locator(".app-finding").first).to_be_visible()


def test_get_the_paper_for_a_committee(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/papers/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word document for A&E Delivery Board").click()
    assert download.value.suggested_filename == "committee-paper-2017-11-30.docx"
    page.get_by_role("link", name="Read the paper of A&E Delivery Board").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A&E Delivery Board")


def test_print_view_has_the_plan_and_no_navigation(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Plan")).to_be_hidden()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(objective_link(page, "9.1")).to_be_visible()
    expect(page.get_by_role("heading", name="What is in trouble")).to_be_visible()
    cut = page.locator(".app-scroll").evaluate_all(
        "nodes => nodes.filter(n => getComputedStyle(n).overflowX !== 'visible').length"
    )
    assert cut == 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_keyboard_reaches_the_content_first(page: Page, plans: dict[str, int]) -> None:
    page.goto(f"/plans/{plans['dudley']}/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#maincontent")


def test_on_a_phone_the_menu_still_leads_everywhere(
    watched: Callable[..., BrowserContext], plans: dict[str, int]
) -> None:
    opened = watched(viewport={"width": 320, "height": 640}).new_page()
    sign_in(opened)
    opened.goto(f"/plans/{plans['dudley']}/")
    opened.get_by_role("button", name="More").click()
    opened.get_by_role("link", name="Papers").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Committee papers")


def test_the_demonstration_opens_without_signing_in(watched: Callable[..., BrowserContext], tmp_path: Path) -> None:
    """A server of its own, started as the guide says; every visitor is the demonstration user."""
    command = [sys.executable, "-m", "trigpoint.cli.main", "serve", str(EXAMPLE), "--demo", "--port", "0"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TRIGPOINT", "DJANGO", "DATABASE"))}
    server = subprocess.Popen(
        [*command, "--database", str(tmp_path / "demo.sqlite3")], stdout=subprocess.PIPE, text=True, env=kept
    )
    try:
        assert server.stdout
        told = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert told
        opened = watched().new_page()
        opened.goto(told.group())
        expect(opened.get_by_role("heading", level=1)).to_have_text("Plans")
        expect(opened.get_by_role("banner")).to_contain_text("Demonstration")
        opened.get_by_role("link", name="Operational Plan 2017").click()
        expect(opened.get_by_text(re.compile("At 30 November 2017"))).to_be_visible()
    finally:
        server.terminate()
        server.communicate(timeout=20)
