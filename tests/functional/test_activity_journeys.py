"""A planner reads the activity of a plan, tries, saves and compares a scenario: with and without JavaScript, by axe."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_steps import AXE, EMAIL, sign_in, violations
from playwright.sync_api import BrowserContext, Page, expect

from trigpoint.checks.finding import Finding
from trigpoint.plans.workspace import Workspace

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "dudley-2017-19"
PAGES = {
    "overview": "",
    "overview of a scenario": "?scenario=slow-start",
    "point of delivery": "pods/A%26E/",
    "point of delivery of one provider": "pods/A%26E/?provider=RNA&year=2017/18",
    "schemes": "schemes/",
    "editor": "editor/",
    "scenarios": "scenarios/",
    "comparison": "scenarios/compare/?with=plan&with=slow-start",
    "nothing to compare": "scenarios/compare/",
    "outturn": "outturn/",
    "back-test": "back-test/",
    "plan and actual": "monitor/",
    "assumptions": "assumptions/",
    "sending": "assumptions/send/",
}

pytestmark = pytest.mark.skipif(
    not (FOLDER / "activity" / "settings.toml").is_file(), reason="the example has no activity model"
)


@pytest.fixture
def activity(plans: dict[str, int], examples: dict[str, tuple[Workspace, tuple[Finding, ...]]]) -> str:
    """The Dudley plan loaded again with its activity model, and the right to import; the address of its activity."""
    from trigpoint.web.accounts.access import Role
    from trigpoint.web.accounts.models import Membership
    from trigpoint.web.activity.loading import tables_of_folder
    from trigpoint.web.register.services import load_workspace

    space, findings = examples["dudley-2017-19"]
    load_workspace(space, by=None, findings=findings, attached=tables_of_folder(FOLDER))
    Membership.objects.filter(user__email=EMAIL).update(role=Role.PLANNER)
    return f"/plans/{plans['dudley']}/activity/"


def runs_scripts(page: Page) -> bool:
    return page.locator("body.js-enabled").count() > 0


def test_from_the_overview_to_a_month_and_a_scheme(page: Page, activity: str, tmp_path: Path) -> None:
    page.goto(activity)
    expect(page.get_by_role("heading", level=1)).to_have_text("Activity")
    expect(page.get_by_role("navigation", name="Plan").locator("[aria-current]")).to_have_text("Activity")
    page.get_by_role("heading", level=2).get_by_role("link", name="A&E", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A&E")
    bridge = page.locator("section", has=page.get_by_role("heading", name=re.compile("^From outturn to plan")))
    image = bridge.get_by_role("img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_attribute("alt", re.compile("A&E"))
    page.get_by_label("Year", exact=True).select_option("2017/18")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="From outturn to plan, 2017/18")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download as CSV")).click()
    download.value.save_as(tmp_path / "months.csv")
    with (tmp_path / "months.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["month"] for row in rows][:1] == ["2017-04"]
    months = page.locator("section", has=page.get_by_role("heading", name="Every month"))
    printed = months.get_by_role("row", name=re.compile("^April 2017")).get_by_role("cell").nth(2).inner_text()
    assert float(printed.replace(",", "")) == pytest.approx(float(rows[0]["do_something"]), abs=0.51)

    page.get_by_role("navigation", name="Activity").get_by_role("link", name="Schemes").click()
    scheme = page.locator("table", has_text="Reached first").get_by_role("rowheader").get_by_role("link").first
    name = scheme.inner_text().split(",")[0]
    scheme.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.get_by_role("heading", name="What is assumed")).to_be_visible()


def test_try_save_and_compare_a_scenario(page: Page, activity: str) -> None:
    page.goto(f"{activity}editor/")
    said = page.locator("#said")
    expect(said).to_contain_text("as planned")
    lever = page.locator("fieldset[data-lever]", has_text="IHAM growth: A&E")
    field = lever.get_by_label(re.compile("^Growth a year"), exact=False).first
    if runs_scripts(page):
        slider = lever.get_by_role("slider")
        slider.focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        expect(field).not_to_have_value("1.9")
    else:
        field.fill("5")
        page.get_by_role("button", name="Calculate").click()
    expect(said).to_contain_text("beside the plan")
    expect(lever).to_contain_text("Changed; plan: 1.9%")
    expect(page.locator("#answer table").first).to_contain_text("A&E")
    image = page.locator("#answer img").first
    expect(image).to_have_attribute("src", re.compile("trial="))
    entered = field.input_value()

    page.get_by_role("button", name="Save scenario").click()
    expect(page.get_by_role("alert")).to_contain_text("has no name")
    expect(field).to_have_value(entered)
    page.get_by_label("Name", exact=True).fill("More A&E")
    page.get_by_role("button", name="Save scenario").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scenarios")
    card = page.locator("li.app-panel", has_text="More A&E")
    expect(card).to_contain_text(f"IHAM growth: A&E: growth a year {entered}% (plan: 1.9%)")
    expect(card).to_contain_text("Pat Planner")

    page.get_by_role("link", name="Compare scenarios").click()
    page.get_by_label("As planned").check()
    page.get_by_label("More A&E").check()
    page.get_by_role("button", name="Compare").click()
    row = page.get_by_role("row", name=re.compile(r"^A&E 2018.19 More A&E"))
    expect(row.get_by_role("cell").nth(1)).to_contain_text("+")

    page.goto(f"{activity}scenarios/")
    page.get_by_role("button", name="Withdraw More A&E").click()
    expect(page.locator("li.app-panel", has_text="More A&E")).to_have_count(0)


def test_a_mistake_in_the_editor_is_told_at_its_field(page: Page, activity: str) -> None:
    page.goto(f"{activity}editor/")
    lever = page.locator("fieldset[data-lever]", has_text="IHAM growth: A&E")
    field = lever.get_by_label(re.compile("^Growth a year")).first
    field.fill("lots")
    if not runs_scripts(page):
        page.get_by_role("button", name="Calculate").click()
    expect(lever.locator(".nhsuk-error-message").first).to_contain_text("is no number")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("lots")
    field.fill("1.9")
    if not runs_scripts(page):
        page.get_by_role("button", name="Calculate").click()
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_filled_template_is_looked_at_and_accepted(page: Page, activity: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    page.goto(f"{activity}assumptions/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as an Excel template").click()
    file = tmp_path / "template.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = next(each for each in book.worksheets if each.title.lower().startswith("growth"))
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value in (0.019, "1.9%"))
    cell.value = "2.1%"
    book.save(file)

    page.get_by_role("link", name="Send a filled template").click()
    page.get_by_label("Choose the filled template").set_input_files(file)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What it would change")
    expect(page.get_by_role("row", name=re.compile("^Now"))).to_contain_text("2.1%")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Assumptions")
    growth = page.locator("section", has=page.get_by_role("heading", name="Growth", exact=True))
    expect(growth).to_contain_text("2.1% a year")


@pytest.mark.skipif(not AXE.is_file(), reason="axe is not installed (npm ci)")
@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_axe_finds_nothing_and_no_page_is_too_wide(
    watched: Callable[..., BrowserContext], activity: str, width: int
) -> None:
    context = watched(bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    sign_in(opened)
    found = {}
    for name, path in PAGES.items():
        opened.goto(f"{activity}{path}")
        found[name] = violations(opened)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, name
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_what_is_moved_is_large_enough_to_touch(
    watched: Callable[..., BrowserContext], activity: str, width: int
) -> None:
    opened = watched(viewport={"width": width, "height": 800}).new_page()
    sign_in(opened)
    opened.goto(f"{activity}editor/")
    sizes = opened.locator(".app-lever__input, .app-lever__slider").evaluate_all(
        "found => found.map(each => each.getBoundingClientRect().height)"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 44


def test_a_slider_is_moved_and_undone_by_keyboard_alone(page: Page, activity: str) -> None:
    page.goto(f"{activity}editor/")
    lever = page.locator("fieldset[data-lever]", has_text="IHAM growth: A&E")
    field, said = lever.locator(".app-lever__input").first, page.locator("#said")
    undo = lever.get_by_role("button", name=re.compile("^Back to the plan"))
    expect(undo).to_be_hidden()
    if runs_scripts(page):
        slider = lever.get_by_role("slider")
        slider.focus()
        page.keyboard.press("ArrowRight")
        expect(said).to_contain_text("beside the plan")
        expect(slider).to_be_focused()
        expect(slider).to_have_attribute("aria-valuetext", "2%")
        expect(page.locator("#told")).to_have_text(said.inner_text())  # read out once nothing moves any more
    else:
        field.fill("2")
        field.press("Enter")
    expect(page.locator("#answer")).to_contain_text("1 assumption differs from the plan")
    undo.focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("as planned")
    expect(field).to_have_value("1.9")
    expect(undo).to_be_hidden()
    if runs_scripts(page):
        expect(field).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(640, 450), (320, 640)], ids=["twice as large", "phone"])
def test_on_a_small_screen_the_result_is_in_view_and_hides_nothing_that_has_the_focus(
    watched: Callable[..., BrowserContext], activity: str, width: int, height: int
) -> None:
    opened = watched(viewport={"width": width, "height": height}).new_page()
    sign_in(opened)
    opened.goto(f"{activity}editor/")
    field = opened.locator("#scheme-2-value")
    field.fill("25")
    said = opened.locator("#said")
    expect(said).to_contain_text("beside the plan")
    expect(said).to_be_in_viewport()
    expect(field).to_be_in_viewport()
    for _ in range(12):
        opened.keyboard.press("Tab")
        apart = opened.evaluate(
            "document.getElementById('said').getBoundingClientRect().top"
            " - document.activeElement.getBoundingClientRect().bottom"
        )
        assert apart >= -1
