"""A finance lead reads a plan's money, tries an activity, sends a template: with and without JavaScript, by axe.

One server for the whole module, as `trigpoint serve --demo` starts it: the plan is loaded and computed once.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser_steps import AXE, violations
from playwright.sync_api import BrowserContext, Page, expect

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "dudley-2017-19"
FINANCE = "/plans/1/finance/"
PAGES = {
    "position": "",
    "second year": "?year=2018/19",
    "rules": "rules/",
    "schemes": "schemes/",
    "schemes of one stage": "schemes/?stage=live&rag=red",
    "scheme": "schemes/telemedicine/",
    "risks": "risks/",
    "contracts": "contracts/",
    "contract": "contracts/dgft-acute-1718/",
    "another activity": "contracts/dgft-acute-1718/?activity=180m",
    "no activity": "contracts/dgft-acute-1718/?activity=lots",
    "peers": "peers/",
    "triangulation": "triangulation/",
    "triangulation narrowed": "triangulation/?weight=error",
    "files": "files/",
    "sending": "files/send/",
}
FEW = {"activity": "draws = 200", "finance": "draws = 2000"}

pytestmark = pytest.mark.skipif(
    not (FOLDER / "finance" / "settings.toml").is_file(), reason="the example has no finance"
)


@pytest.fixture(scope="module")
def financed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server shows the Dudley plan with its finance and activity, in few draws."""
    plan = tmp_path_factory.mktemp("financed") / "plan"
    shutil.copytree(FOLDER, plan)
    for folder, draws in FEW.items():
        settings = plan / folder / "settings.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(re.sub(r"^draws = .*$", draws, text, flags=re.MULTILINE), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TRIGPOINT", "DJANGO", "DATABASE"))}
    command = [sys.executable, "-m", "trigpoint.cli.main", "serve", str(plan), "--demo", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept)
    try:
        assert server.stdout
        told = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert told
        yield told.group()
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture
def address(financed: str) -> str:
    return financed


def runs_scripts(page: Page) -> bool:
    return page.locator("body.js-enabled").count() > 0


def panel(page: Page, heading: str | re.Pattern[str]):
    return page.locator("section", has=page.get_by_role("heading", name=heading))


def test_from_the_position_to_a_rule_that_passes_only_when_rounded(opened: Page) -> None:
    opened.goto("/plans/1/")
    opened.get_by_role("navigation", name="Plan").get_by_role("link", name="Finance").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text(re.compile("Finance"))
    expect(opened.get_by_label("The year in figures")).to_contain_text("£456.2m")
    image = panel(opened, "Spend by commissioning group").get_by_role("img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_attribute("alt", re.compile("."))
    opened.get_by_role("navigation", name="Year").get_by_role("link", name="2018/19").click()
    expect(opened.get_by_label("The year in figures")).to_contain_text("£463.9m")
    opened.get_by_role("navigation", name="Finance").get_by_role("link", name="Business rules").click()
    told = panel(opened, "What a regulator would ask about")
    expect(told).to_contain_text("0.927%")
    told.get_by_role("link", name="Cumulative underspend, 2018/19").click()
    row = opened.locator("#rule-cumulative-underspend-2018-19")
    expect(row).to_contain_text("Met only when rounded")
    expect(row).to_be_in_viewport()


def test_from_the_board_to_a_scheme_and_what_it_rests_on(opened: Page) -> None:
    opened.goto(f"{FINANCE}schemes/")
    opened.get_by_label("Stage").select_option("live")
    opened.get_by_role("button", name="Show").click()
    expect(opened.locator(".app-board__column")).to_have_count(1)
    opened.get_by_role("link", name="Telemedicine in care homes").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Telemedicine in care homes")
    for heading in ("What it saves", "Gates", "What it rests on"):
        expect(opened.get_by_role("heading", name=heading)).to_be_visible()
    panel(opened, "What it rests on").get_by_role("link").first.click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Telemedicine")


def test_another_activity_is_tried_by_keyboard_and_a_mistake_is_told_at_its_field(opened: Page) -> None:
    opened.goto(f"{FINANCE}contracts/")
    opened.get_by_role("link", name="Dudley Group: acute").click()
    field = opened.get_by_label(re.compile("^Activity of the year"))
    field.fill("£185m")
    field.press("Enter")
    tried = panel(opened, "Try another activity")
    expect(tried.get_by_role("status")).to_contain_text("is paid for £185,000,000")
    expect(tried.get_by_role("row", name=re.compile("^Payment"))).to_contain_text("£")
    expect(field).to_have_value("£185m")
    field.fill("lots")
    opened.get_by_role("button", name="Calculate").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(opened.get_by_role("alert")).to_contain_text("cannot be tried")
    expect(field).to_have_value("lots")


def test_the_risks_and_their_table_to_take_along(opened: Page, tmp_path: Path) -> None:
    opened.goto(f"{FINANCE}risks/")
    expect(opened.locator(".app-lede")).to_contain_text("of the draws")
    with opened.expect_download() as download:
        panel(opened, "Each risk and mitigation").get_by_role("link", name="Download as CSV").click()
    download.value.save_as(tmp_path / "risks.csv")
    with (tmp_path / "risks.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    shown = panel(opened, "Each risk and mitigation").locator(".app-table--money tbody tr")
    assert len(rows) == shown.count()
    expect(shown.first).to_contain_text(rows[0]["name"])


def test_what_does_not_agree_shows_both_figures(opened: Page) -> None:
    opened.goto(f"{FINANCE}triangulation/")
    pair = opened.locator(".app-pair", has_text="£178.7m").first
    expect(pair).to_contain_text("£176.4m")
    expect(pair).to_contain_text("finance/contracts.csv")
    expect(pair).to_contain_text("Difference")


def test_what_does_not_agree_is_narrowed_to_what_is_asked(opened: Page) -> None:
    opened.goto(f"{FINANCE}triangulation/")
    every = opened.locator(".app-pair:visible").count()
    opened.get_by_label("Weight").select_option(label="Error")
    opened.get_by_role("button", name="Show").click()
    expect(opened.get_by_role("status")).to_contain_text("that do not agree are shown")
    shown = opened.locator(".app-pair:visible").count()
    assert 0 < shown < every
    expect(opened.get_by_label("Weight")).to_have_value("error")


def test_mechanisms_are_compared_over_what_the_activity_model_expects(opened: Page) -> None:
    opened.goto(f"{FINANCE}contracts/")
    opened.get_by_role("link", name="Dudley Group: acute").click()
    beside = panel(opened, "Other mechanisms for the same activity")
    expect(beside).to_contain_text("200 draws")
    image = beside.get_by_role("img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_attribute("alt", re.compile("mechanism"))
    rows = beside.locator(".app-table--money tbody tr")
    expect(rows.first).to_contain_text("As contracted")
    expect(rows.filter(has_text="Block at plan")).to_contain_text("0%")
    expect(rows.filter(has_text="Cost per case")).to_contain_text("100%")


def test_from_a_scheme_to_the_deliverable_it_rests_on_and_back(opened: Page) -> None:
    opened.goto(f"{FINANCE}schemes/telemedicine/")
    opened.get_by_role("link", name=re.compile("frailty pathways")).click()
    resting = panel(opened, "What of the finance rests on it")
    resting.get_by_role("link", name="Telemedicine in care homes").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Telemedicine in care homes")


def test_a_filled_template_is_looked_at_and_accepted(opened: Page, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    opened.goto(f"{FINANCE}files/")
    chance = "71%" if runs_scripts(opened) else "72%"
    with opened.expect_download() as download:
        opened.get_by_role("link", name="Download as an Excel template").click()
    file = tmp_path / "template.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = next(each for each in book.worksheets if each.title.lower() == "schemes")
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if any(str(cell.value).strip().lower() == "id" for cell in row))
    at = {str(cell.value).strip().lower(): cell.column - 1 for cell in head if cell.value}
    row = next(row for row in rows if row[at["id"]].value == "telemedicine")
    row[at["probability"]].value = "140%"
    book.save(file)

    opened.get_by_role("link", name="Send a filled template").click()
    opened.get_by_label("Choose the filled template").set_input_files(file)
    opened.get_by_role("button", name="Send").click()
    expect(opened.get_by_role("alert")).to_contain_text("140%")
    expect(opened.get_by_role("alert")).to_contain_text("sheet Schemes")
    row[at["probability"]].value = chance
    book.save(file)
    opened.get_by_label("Choose the filled template").set_input_files(file)
    opened.get_by_role("button", name="Send").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("What it would change")
    expect(opened.get_by_role("row", name=re.compile("^Now"))).to_contain_text(chance)
    opened.get_by_role("button", name="Accept").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Files and tables")
    opened.goto(f"{FINANCE}schemes/telemedicine/")
    expect(panel(opened, "What is entered")).to_contain_text(chance)


@pytest.mark.skipif(not AXE.is_file(), reason="axe is not installed (npm ci)")
@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_axe_finds_nothing_and_no_page_is_too_wide(watched: Callable[..., BrowserContext], width: int) -> None:
    context = watched(bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page, found = context.new_page(), {}
    for name, path in PAGES.items():
        page.goto(f"{FINANCE}{path}")
        found[name] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_what_is_pressed_is_large_enough_to_touch(watched: Callable[..., BrowserContext], width: int) -> None:
    page = watched(viewport={"width": width, "height": 800}).new_page()
    page.goto(FINANCE)
    sizes = page.locator(".app-tabs a").evaluate_all("found => found.map(each => each.getBoundingClientRect().height)")
    assert len(sizes) == 10
    assert min(sizes) >= 44
