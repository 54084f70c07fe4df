"""From published files to a figure of one organisation, in a browser, on a server of its own that reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_steps import AXE, violations
from playwright.sync_api import BrowserContext, Page, expect

ITEMS = ("A0", "A1", "A3", "A7", "A8", "A24", "A25", "A26", "A10", "A30", "A31", "A32")
SERVICES = (("Eng", "Eng", "England"), ("Y63", "RX6", "NORTH AMBULANCE"), ("Y59", "RYD", "SOUTH AMBULANCE"))
READING_MILLISECONDS = 60_000


def ambulance_file(path: Path, months: int, *, first: int = 0, faster: int = 0) -> Path:
    """Ambulance indicators as they are published."""
    lines = [",".join(("Year", "Month", "Region", "Org Code", "Org Name", *ITEMS))]
    for at in range(first, first + months):
        for number, (region, code, name) in enumerate(SERVICES):
            mean = 2_000 + 10 * ((at - first) % 7) + 100 * number - faster
            items = (9_000, 8_000, 5, 7_000, 100, 50_000, 500, 900, 1_000, mean * 1_000, mean, 2 * mean)
            lines.append(",".join(map(str, (2024 + at // 12, at % 12 + 1, region, code, name, *items))))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def address(served: str) -> str:
    return served


def send(page: Page, *files: Path) -> None:
    """From the list of plans to what became of the files."""
    page.goto("/")
    page.get_by_role("link", name="Published statistics").click()
    page.goto("/published/files/")  # on a phone the way there is folded away
    page.get_by_role("main").get_by_role("button", name="Add files").click()
    page.get_by_label("Choose files").set_input_files(list(files))
    page.get_by_role("button", name="Upload and read them").click()
    page.get_by_role("heading", name="What was read", level=1).wait_for(timeout=READING_MILLISECONDS)


def test_from_files_to_the_figure_of_an_organisation(
    opened: Page, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    first = 24 * ("without" in request.node.callspec.id)  # both journeys are on one server: months of their own
    good = ambulance_file(tmp_path / "ambsys.csv", 13, first=first)
    page_saved = tmp_path / "month.csv"
    page_saved.write_text("<!DOCTYPE html><html><head><title>Not found</title></head></html>", encoding="utf-8")
    send(opened, good, page_saved)
    main = opened.get_by_role("main")
    expect(main).to_contain_text("2 files: 1 added, 1 refused.")
    expect(main).to_contain_text("this is a web page saved under the name of a data file")

    send(opened, ambulance_file(tmp_path / "revised.csv", 13, first=first, faster=500))
    expect(main).to_contain_text("Replaced an older one")
    expect(main).to_contain_text("it takes the place of ambsys.csv", ignore_case=True)
    opened.get_by_role("link", name="revised.csv").click()
    expect(opened.get_by_role("heading", name="Where it comes from")).to_be_visible()
    expect(main).to_contain_text("Open Government Licence v3.0")

    opened.get_by_role("navigation", name="Published statistics").get_by_role(
        "link", name="Organisations", exact=True
    ).click()
    opened.get_by_label("Code or words of the name").fill("north")
    opened.get_by_role("button", name="Find").click()
    opened.get_by_role("link", name="North Ambulance RX6").click()
    opened.get_by_role("link", name="Ambulance Category 2: mean response time").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("North Ambulance (RX6)")
    expect(main).to_contain_text("1,650 seconds in January")
    expect(opened.get_by_role("img", name=re.compile("control chart of Ambulance Category 2"))).to_be_visible()

    opened.get_by_role("link", name="Compare organisations").click()
    expect(main).to_contain_text("North Ambulance is number 2 of 2 from the highest")
    expect(opened.locator("tr[aria-current]")).to_contain_text("RX6")
    with opened.expect_download() as download:
        opened.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename == "ambulance-cat2-mean-compared.csv"


@pytest.mark.skipif(not AXE.is_file(), reason="axe is not installed (npm ci)")
@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    watched: Callable[..., BrowserContext], tmp_path: Path, width: int
) -> None:
    context = watched(bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    name = f"ambulance-systems-indicators-as-they-were-published-by-the-publisher-{width}.csv"
    later = ambulance_file(tmp_path / "b.csv", 13, first=100, faster=width)
    send(page, ambulance_file(tmp_path / name, 13, first=100), later)
    added = page.url
    page.get_by_role("link", name="b.csv").click()
    measure = "/published/ambulance-cat2-mean/"
    paths = {
        "measures": "/published/",
        "measure": measure,
        "measure of a service": f"{measure}?org=RX6",
        "compared": f"{measure}compare/?org=RX6",
        "organisations": "/published/organisations/",
        "nobody found": "/published/organisations/?q=nowhere",
        "organisation": "/published/organisations/RX6/",
        "files": "/published/files/",
        "file": page.url,
        "add": "/published/add/",
        "added": added,
    }
    found: dict[str, list[str]] = {}
    wide: dict[str, int] = {}

    def look(name: str) -> None:
        found[name] = violations(page)
        wide[name] = page.evaluate("document.documentElement.scrollWidth")

    for title, path in paths.items():
        page.goto(path)
        look(title)
    page.goto("/published/add/")
    page.get_by_role("button", name="Upload and read them").click()
    look("nothing chosen")
    assert {title: broken for title, broken in found.items() if broken} == {}
    assert {title: pixels for title, pixels in wide.items() if pixels > width} == {}
