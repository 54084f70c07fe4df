"""An analyst reads how the measures stand, and takes the figures along: with and without JavaScript, and by axe."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_steps import AXE, sign_in, violations
from playwright.sync_api import BrowserContext, Page, expect

from trigpoint.checks.finding import Finding
from trigpoint.plans.workspace import Workspace

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "dudley-2017-19"
PAGES = {
    "list": "",
    "list by tag": "?by=tag&missed=1",
    "list with mistakes": "?tag=nothing",
    "nothing found": "?q=nowhere-at-all",
    "measure": "ae-4-hour/",
    "measure with practices": "dementia-diagnosis/",
    "measure along deprivation": "smoking-prevalence/",
    "measure in another place": "ae-4-hour/?place=RNA",
    "committees": "committees/",
    "committee": "committees/?committee=A%26E+Delivery+Board",
    "objective": "../objectives/o4-1/",
    "coverage": "../coverage/?year=2018/19",
    "coverage of nothing": "../coverage/?framework=nhs-2025-26&show=doubtful",
    "paper": "../papers/paper.html?committee=A%26E+Delivery+Board",
}


@pytest.fixture
def measures(plans: dict[str, int], examples: dict[str, tuple[Workspace, tuple[Finding, ...]]]) -> str:
    """The Dudley plan loaded again with its figures; the address of its measures."""
    from trigpoint.measures.book.reading import read_book
    from trigpoint.web.dashboards.codec import tables_of
    from trigpoint.web.register.services import load_workspace

    space, findings = examples["dudley-2017-19"]
    reading = read_book(FOLDER, places=space.register())
    assert reading.problems == ()
    tables = tables_of(reading.book, ("measurement/actuals.csv, line 9: “n/a” is no number.",), space.register())
    load_workspace(space, by=None, findings=findings, attached=tables)
    return f"/plans/{plans['dudley']}/measures/"


def test_find_what_is_missed_read_why_and_take_the_figures(page: Page, measures: str, tmp_path: Path) -> None:
    page.goto(measures)
    expect(page.get_by_role("heading", level=1)).to_have_text("Measures")
    everything = page.locator(".app-table--performance tbody tr:not(.app-table__group)")
    total = everything.count()
    page.get_by_label("Missed targets only").check()
    page.get_by_role("button", name="Show").click()
    missed = everything.count()
    assert 0 < missed < total
    expect(page.get_by_role("heading", level=2)).to_have_text(f"{missed} measures found")
    expect(page.get_by_label("Missed targets only")).to_be_checked()

    page.get_by_role("link", name="A&E within four hours").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A&E within four hours")
    expect(page.locator(".app-lede")).to_contain_text("November 2017")
    expect(page.locator(".app-standing")).to_contain_text("Red")
    chart = page.locator("section", has=page.get_by_role("heading", name="Control chart"))
    expect(chart.locator("p").first).to_contain_text("the latest value")
    picture = chart.get_by_role("img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("alt", re.compile("chart"))
    table = chart.get_by_role("table")
    expect(table).to_be_hidden()
    chart.get_by_text("Figures").first.click()
    expect(table).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download as CSV")).click()
    download.value.save_as(tmp_path / "figures.csv")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    latest = [row for row in rows if row["Period"] == "November 2017" and row["Code"] == "05C"]
    assert [row["As printed"] for row in latest] == [re.search(r"[\d.]+%", page.locator(".app-lede").inner_text())[0]]  # type: ignore[index]


def test_see_the_funnel_of_practices_and_one_locality(page: Page, measures: str) -> None:
    page.goto(f"{measures}dementia-diagnosis/")
    funnel = page.locator("section", has=page.get_by_role("heading", name=re.compile("^Funnel: .* practices")))
    image = funnel.get_by_role("img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True) if _runs_scripts(page) else expect(image).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("localities side by side"))).to_be_visible()
    page.get_by_label("Place", exact=True).select_option(label="Halesowen & Quarry Bank")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halesowen & Quarry Bank")
    expect(page.get_by_label("Place", exact=True).locator("option[selected]")).to_have_text("Halesowen & Quarry Bank")


def _runs_scripts(page: Page) -> bool:
    return page.locator("body.js-enabled").count() > 0


def test_bring_the_measures_of_a_committee_in_one_picture(page: Page, measures: str) -> None:
    page.goto(measures)
    page.get_by_role("link", name="All measures of a committee in one picture").click()
    page.get_by_role("navigation", name="Committees").get_by_role("link", name="A&E Delivery Board").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A&E Delivery Board")
    image = page.locator("figure img")
    expect(image).to_have_attribute("alt", re.compile("A&E Delivery Board"))
    expect(page.locator(".app-table--performance")).to_contain_text("A&E within four hours")
    page.get_by_role("link", name="Filter and sort these measures").click()
    expect(page.get_by_label("Committee")).to_have_value("A&E Delivery Board")


def test_problems_of_the_figures_can_be_unfolded(page: Page, measures: str) -> None:
    page.goto(measures)
    box = page.locator(".app-notice-box")
    box.get_by_text("1 problem with the figures").click()
    expect(box.get_by_text("“n/a” is no number")).to_be_visible()


def test_from_the_objective_to_its_measure_and_what_the_plan_leaves_unanswered(
    page: Page, measures: str, tmp_path: Path
) -> None:
    page.goto(f"{measures}../objectives/o4-1/")
    stands = page.locator("section", has=page.get_by_role("heading", name="How the measures stand"))
    expect(stands).to_contain_text("90.9%")
    stands.get_by_role("link", name="A&E within four hours").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A&E within four hours")

    page.goto(f"{measures}../coverage/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What the plan answers")
    page.get_by_label("Show").select_option("What is not answered")
    page.get_by_role("button", name="Show").click()
    rows = page.locator(".app-table--coverage tbody tr")
    assert rows.count() > 0
    expect(rows.locator("td:nth-child(3)").first).to_have_text("–")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download as CSV").click()
    file = tmp_path / "coverage.csv"
    started.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        assert {row["Answered"] for row in csv.DictReader(text)} == {"not answered"}


@pytest.mark.skipif(not AXE.is_file(), reason="axe is not installed (npm ci)")
@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_axe_finds_nothing_and_no_page_is_too_wide(
    watched: Callable[..., BrowserContext], measures: str, width: int
) -> None:
    context = watched(bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    sign_in(opened)
    found = {}
    for name, path in PAGES.items():
        opened.goto(f"{measures}{path}")
        found[name] = violations(opened)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, name
    assert {name: broken for name, broken in found.items() if broken} == {}
