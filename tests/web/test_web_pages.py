"""Every page: found, well-formed, named, and saying what the plan says."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from trigpoint.web.register.models import Edition

PAGES = {
    "plans": "/",
    "plan": "/plans/{pk}/",
    "plan at another date": "/plans/{pk}/?at=2027-04-01",
    "objective by quarter": "/plans/{pk}/objectives/o1/",
    "objective with steps": "/plans/{pk}/objectives/o2/",
    "objective without anything": "/plans/{pk}/objectives/o3/",
    "search": "/plans/{pk}/search/",
    "search for words": "/plans/{pk}/search/?q=hub&state=overdue&sort=objective&down=1",
    "search that finds nothing": "/plans/{pk}/search/?q=nowhere",
    "search that cannot be made": "/plans/{pk}/search/?due_after=soon&lead=Nobody",
    "search beyond the last page": "/plans/{pk}/search/?page=99",
    "measures": "/plans/{pk}/measures/",
    "measure": "/plans/{pk}/measures/i1/",
    "measure without a line": "/plans/{pk}/measures/i2/",
    "risks": "/plans/{pk}/risks/",
    "checks": "/plans/{pk}/checks/",
    "errors alone": "/plans/{pk}/checks/?severity=error",
    "papers": "/plans/{pk}/papers/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_page_is_well_formed(page, edition: Edition, path: str) -> None:
    page(path.format(pk=edition.pk))


def test_plan_page_counts_every_commitment(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/")
    tiles = {node.css_first(".app-tile__label").text(strip=True): node for node in tree.css(".app-tile")}
    counts = {label: int(node.css_first(".app-tile__count").text()) for label, node in tiles.items()}
    assert counts == {
        "Overdue": 1, "Due this quarter": 2, "Due next quarter": 1, "Later": 1, "Undated": 1, "Complete": 2,
    }  # fmt: skip
    assert (
        "At 30 November 2026, 2 of 8 commitments are complete, 1 is overdue and 2 are due by 31 December 2026. Leads"
        in (tree.css_first("main").text())
    )


def test_plan_page_says_what_leads_declare_of_the_plan_its_themes_and_objectives(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/")
    assert [" ".join(node.text().split()) for node in tree.css(".app-reported a")] == ["1 at risk"]
    troubled = [" ".join(node.text().split()) for node in tree.css(".app-trouble li")]
    assert troubled == ["1.1 Fewer waits at the front doorChief Nurse (accountable) 1 overdue 1 at risk"]
    assert "1 at risk" in tree.css_first(".app-themes li").text()
    row = tree.css_first(".app-table--objectives tbody tr")
    assert row.css("td")[1].text(strip=True) == "1 at risk"
    found = page(tree.css_first(".app-reported a").attributes["href"]).css(".app-table--results tbody tr")
    assert len(found) == 1


SHOWS_PROGRESS = ("/plans/{pk}/", "/plans/{pk}/objectives/o1/", "/plans/{pk}/search/", "/plans/{pk}/papers/")


@pytest.mark.parametrize("path", SHOWS_PROGRESS)
def test_invented_progress_is_marked_once_it_is_known(page, edition: Edition, path: str) -> None:
    address = path.format(pk=edition.pk)
    assert "is no record" in page(address).css_first(".app-illustrative").text()
    assert page(f"{address}?at=2026-11-29").css_first(".app-illustrative") is None, "nothing invented was known then"


def test_every_page_has_a_title_of_its_own(page, edition: Edition) -> None:
    paths = [*PAGES.values(), "/plans/{pk}/checks/?severity=warning"]
    same = {"plan at another date", "search for words", "search that finds nothing", "search beyond the last page"}
    titles = [
        page(path.format(pk=edition.pk)).css_first("title").text()
        for path in paths
        if path not in {PAGES[name] for name in same}
    ]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_links_of_one_name_lead_to_one_place(page, edition: Edition, path: str) -> None:
    """WCAG 2.2, 2.4.9: a link makes sense out of its context."""
    places: dict[str, set[str]] = {}
    for node in page(path.format(pk=edition.pk)).css("main a[href]"):
        places.setdefault(" ".join(node.text().split()), set()).add(node.attributes["href"])
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_tile_leads_to_the_commitments_it_counts(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/")
    for tile in tree.css(".app-tile"):
        found = page(tile.attributes["href"])
        shown = found.css(".app-table--results tbody tr")
        assert len(shown) == int(tile.css_first(".app-tile__count").text())


def test_state_is_told_in_words_and_shape(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/objectives/o1/")
    states = tree.css(".app-state")
    assert states
    assert all(node.text(strip=True) and node.css_first("svg") for node in states)


def test_objective_page_shows_the_grid(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/objectives/o1/")
    grid = tree.css_first(".app-grid")
    heads = [node.text(strip=True)[:2] for node in grid.css("thead tr")[1].css("th")][1:]
    assert heads == ["Q1", "Q2", "Q3", "Q4"]
    cells = [node.text() for node in grid.css("tbody tr")[0].css("td")]
    assert "Open the hub" in cells[1]
    assert "Second hub" in cells[2]
    assert "North" in cells[2]
    assert "At risk" in cells[2]
    assert "(illustrative)" in cells[2]
    assert "Local, no place named" in cells[3]
    assert "this quarter" in grid.css_first("thead .app-now").text()


def test_objective_page_shows_people_measures_links_and_findings(page, edition: Edition) -> None:
    text = page(f"/plans/{edition.pk}/objectives/o1/").css_first("main").text()
    for words in (
        "Chief Nurse (accountable)", "Quality Committee", "Amber (67.3%)", "Winter plan", "Access rises",
        "access: at least 16.8% (2026/27 Q3)", "Number 5.",
    ):  # fmt: skip
        assert words in text
    assert "No measure." not in text, "that finding is about another objective"


def test_picture_is_drawn_with_alternative_and_figures(page, reader: Client, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/objectives/o1/")
    image = tree.css_first("figure img")
    assert "Access" in image.attributes["alt"]
    assert tree.css_first("figure details table")
    drawn = reader.get(image.attributes["src"])
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg")
    assert "sandbox" in drawn["Content-Security-Policy"]


@pytest.mark.parametrize("which", ["2", "9999", "areas"])
def test_picture_that_cannot_be_is_not_found(reader: Client, edition: Edition, which: str) -> None:
    assert reader.get(f"/plans/{edition.pk}/measures/i2/chart-{which}.svg").status_code == 404


def test_figures_are_downloaded(reader: Client, edition: Edition) -> None:
    response = reader.get(f"/plans/{edition.pk}/measures/i1/figures.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Area", "Series", "2024/25", "2025/26", "2026/27"]
    assert rows[1] == ["North", "target", "50.0", "52.5", "55.0"]
    assert response["Content-Disposition"] == 'attachment; filename="access.csv"'


def test_results_are_downloaded_as_they_are_found(reader: Client, edition: Edition) -> None:
    response = reader.get(f"/plans/{edition.pk}/search/commitments.csv?state=overdue")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Id", "d1"]
    assert dict(zip(*rows, strict=True))["Date from"] == "printed"


def test_invented_progress_is_marked_in_the_download(reader: Client, edition: Edition) -> None:
    response = reader.get(f"/plans/{edition.pk}/search/commitments.csv")
    rows = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert [row["Id"] for row in rows if row["Illustrative"]] == ["d2"]


def test_search_keeps_the_question(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/search/?q=hub&committee=Quality+Committee&at=2026-10-01")
    assert tree.css_first("#id_q").attributes["value"] == "hub"
    assert tree.css_first("#id_committee option[selected]").text() == "Quality Committee"
    sort = tree.css_first("th a").attributes["href"]
    for part in ("q=hub", "committee=Quality+Committee", "at=2026-10-01"):
        assert part in sort


def test_search_that_finds_nothing_says_so(page, edition: Edition) -> None:
    text = page(f"/plans/{edition.pk}/search/?q=nowhere").css_first("main").text()
    assert "0 commitments found" in text
    assert "No commitment of this plan answers" in text


def test_search_that_cannot_be_made_says_why(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/search/?due_after=soon&lead=Nobody")
    assert tree.css_first("title").text().startswith("Error: ")
    summary = tree.css_first(".nhsuk-error-summary").text()
    assert "“Due on or after” must be a date" in summary
    assert "“Lead” has no such choice" in summary


def test_all_links_keep_the_date_that_was_asked_for(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/?at=2027-04-01")
    inside = [node.attributes["href"] for node in tree.css("main a, nav[aria-label=Plan] a")]
    own = [href for href in inside if href.startswith(f"/plans/{edition.pk}/")]
    assert own
    assert all("at=2027-04-01" in href for href in own)
    assert "At 1 April 2027" in tree.css_first("main").text()


def test_a_date_that_is_none_is_a_bad_request(page, edition: Edition) -> None:
    page(f"/plans/{edition.pk}/?at=yesterday", status=400)


@pytest.mark.parametrize(
    "path", ["/plans/999999/", "/nothing/", "/plans/{pk}/objectives/none/", "/plans/{pk}/measures/no/"]
)
def test_what_is_not_there_is_not_found(page, edition: Edition, path: str) -> None:
    assert "Page not found" in page(path.format(pk=edition.pk), status=404).css_first("h1").text()


def test_findings_are_grouped_and_counted(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/checks/")
    filters = [node.text(strip=True) for node in tree.css(".app-filters li")]
    assert filters == ["All (8)", "Errors (1)", "Warnings (6)", "Remarks (1)"]
    assert len(tree.css(".app-finding")) == 8
    assert len(page(f"/plans/{edition.pk}/checks/?severity=error").css(".app-finding")) == 1


def test_paper_is_read_and_downloaded(reader: Client, edition: Edition) -> None:
    read = reader.get(f"/plans/{edition.pk}/papers/paper.html?committee=Quality+Committee")
    assert read.status_code == 200
    assert "Quality Committee" in read.content.decode()
    assert "sandbox" in read["Content-Security-Policy"]
    word = reader.get(f"/plans/{edition.pk}/papers/paper.docx?committee=Quality+Committee")
    assert word.content.startswith(b"PK")
    assert word["Content-Disposition"] == 'attachment; filename="committee-paper-2026-11-30.docx"'


def test_paper_of_an_unknown_committee_is_not_found(reader: Client, edition: Edition) -> None:
    assert reader.get(f"/plans/{edition.pk}/papers/paper.html?committee=Nobody").status_code == 404


def test_plan_pages_are_only_read(reader: Client, edition: Edition) -> None:
    for path in PAGES.values():
        assert reader.post(path.format(pk=edition.pk)).status_code == 405


def test_the_notice_stands_on_every_page_of_the_plan(page, edition: Edition) -> None:
    for path in PAGES.values():
        if path.startswith("/plans"):
            assert page(path.format(pk=edition.pk)).css_first("body").text().count("An invented plan.") == 1


def test_risks_are_shown_as_printed(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/risks/")
    first, second = tree.css("tbody tr")
    assert [cell.text(strip=True) for cell in first.css("td")] == [
        "20 (5 × 4)", "13.5 (3.33 × 4)", "Low", "£250,000", "Chief Nurse",
    ]  # fmt: skip
    assert [node.text() for node in first.css("dt")] == ["Description", "Category", "Controls", "Gaps"]
    assert [cell.text(strip=True) for cell in second.css("td")] == ["–", "–", "–", "–", "Nobody is named"]


def test_a_deliverable_shows_its_number_detail_own_lead_and_partners(page, edition: Edition) -> None:
    words = page(f"/plans/{edition.pk}/objectives/o2/").css_first("main").text()
    assert "4 Discharge team in place" in words
    assert "Seven days a week." in words
    assert "Led by Head of Discharge, with Community Trust; Council" in words
