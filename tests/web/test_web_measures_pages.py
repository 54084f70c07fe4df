"""The pages of measures: the list, a measure, a committee, their pictures and downloads."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote

import pytest
from django.test import Client
from measures_sample import FIFTHS, HOME, MONTHS, PRACTICES, PROBLEM, load_measured
from published_sample import ENGLAND, NORTH, ambulance_csv, hold, months
from selectolax.lexbor import LexborHTMLParser, LexborNode
from web_sample import CSP, check_security_headers

from conftest import Page
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.register.models import Edition


@pytest.fixture
def edition(db: None) -> Edition:
    """In the place of the plan without figures, so that ``page`` reads this one."""
    return load_measured()


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def rows(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """The list's rows: name of the measure → text of its cells."""
    table = tree.css_first(".app-table--performance")
    found = table.css("tbody tr:not(.app-table__group)") if table else []
    return {words(row.css_first("th a")): [words(cell) for cell in row.css("td")] for row in found}


PAGES = {
    "list": "",
    "list by tag": "?by=tag",
    "list without headings": "?by=none&sort=name",
    "list of a place": "?place=NTH",
    "missed": "?missed=1&sort=rating",
    "nothing found": "?q=nowhere",
    "no such choice": "?tag=none&sort=size",
    "beyond the last page": "?page=99",
    "another day": "?at=2026-04-01",
    "measure with localities": "ae-4-hour/",
    "measure in a locality": "ae-4-hour/?place=NTH",
    "measure with practices": "smoking-quits/",
    "measure in a practice": "smoking-quits/?place=P03",
    "measure along deprivation": "alcohol-admissions/",
    "measure of one group": "alcohol-admissions/?place=QEX&group=second%20fifth",
    "measure nobody counted": "nobody-counts/",
    "printed table": "i1/",
    "committees": "committees/",
    "committee": "committees/?committee=Quality%20Committee",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_page_is_well_formed(page: Page, edition: Edition, path: str) -> None:
    page(f"/plans/{edition.pk}/measures/{path}")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_links_of_one_name_lead_to_one_place(page: Page, edition: Edition, path: str) -> None:
    places: dict[str, set[str]] = {}
    for node in page(f"/plans/{edition.pk}/measures/{path}").css("main a[href]"):
        places.setdefault(words(node), set()).add(node.attributes["href"])
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


NOT_FOUND = {
    "no such measure": "no-measure/",
    "no such place": "ae-4-hour/?place=XYZ",
    "no such group": "alcohol-admissions/?group=men",
    "a place without figures of it": "alcohol-admissions/?place=NTH",
    "no such picture": "ae-4-hour/picture.svg?kind=pie",
    "a ladder of what has none": "ae-4-hour/picture.svg?kind=ladder",
    "a picture of what nobody counted": "nobody-counts/picture.svg",
    "figures of no measure": "no-measure/figures.csv",
    "no such committee": "committees/?committee=Nobody",
    "a picture of no committee": "committees/picture.svg?committee=Nobody",
    "a committee without measures": "committees/picture.svg?committee=Audit",
}


@pytest.mark.parametrize("path", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_what_is_not_there_is_not_found(reader: Client, edition: Edition, path: str) -> None:
    assert reader.get(f"/plans/{edition.pk}/measures/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "ae-4-hour/", "ae-4-hour/picture.svg", "measures.csv", "committees/"])
def test_another_organisation_learns_nothing(outsider, edition: Edition, path: str) -> None:
    from web_sample import signed_in

    response = signed_in(outsider).get(f"/plans/{edition.pk}/measures/{path}")
    assert response.status_code == 404
    assert "four hours" not in response.content.decode(errors="replace")


# --- the list


def test_list_holds_every_measure_and_every_printed_table(page: Page, edition: Edition) -> None:
    found = rows(page(f"/plans/{edition.pk}/measures/"))
    assert set(found) >= {"A&E four hours", "Smokers who quit", "Admissions from alcohol", "Never counted"}
    assert any(name.startswith("Access") for name in found), "a table that the plan prints is a measure as well"
    latest, target, rating, variation, assurance, _ = found["A&E four hours"]
    assert latest == "87.8% June 2026 provisional, illustrative"
    assert target == "92.0% plan"
    assert rating == "Red"
    assert variation.endswith("Concern")
    assert "missed" in assurance or "Hit or miss" in assurance


def test_list_stands_under_objectives_in_the_order_of_the_plan(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/")
    groups = [words(node) for node in tree.css(".app-table__group")]
    assert groups == [
        "1.1 Fewer waits at the front door", "1.2 Home sooner", "2.1 Nothing agreed yet", "Measures of no objective",
    ]  # fmt: skip
    by_tag = [words(node) for node in page(f"/plans/{edition.pk}/measures/?by=tag").css(".app-table__group")]
    assert by_tag[0] == "constitution"
    assert by_tag[-1] == "Measures without a tag"


def test_filters_are_those_of_the_form(page: Page, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/measures/"
    assert set(rows(page(f"{base}?tag=prevention"))) == {"Smokers who quit", "Admissions from alcohol"}
    assert set(rows(page(f"{base}?committee=Delivery%20Board"))) == {"Smokers who quit"}
    assert "A&E four hours" in rows(page(f"{base}?missed=1"))
    assert all(cells[2] in {"Red", "Amber"} for cells in rows(page(f"{base}?missed=1")).values())
    assert set(rows(page(f"{base}?place=NTH"))) >= {"A&E four hours, North"}
    assert set(rows(page(f"{base}?place=P03"))) == {"Smokers who quit, Practice P03"}
    tree = page(f"{base}?place=P03&q=quit")
    assert tree.css_first("#id_place option[selected]").attributes["value"] == "P03"
    assert tree.css_first("#id_q").attributes["value"] == "quit"


def test_a_choice_that_is_not_there_says_so(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/?tag=none")
    assert "“Tag” has no such choice in this plan" in words(tree.css_first(".nhsuk-error-summary"))
    assert tree.css_first("title").text().startswith("Error: ")


def test_icons_say_their_whole_meaning_to_those_who_cannot_see_them(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/")
    icons = tree.css(".app-icon")
    assert icons
    for icon in icons:
        assert icon.css_first("svg[role=img]").attributes["aria-label"]
        assert icon.css_first(".app-icon__word[aria-hidden=true]").text()


def test_problems_of_the_files_are_told(page: Page, edition: Edition) -> None:
    text = words(page(f"/plans/{edition.pk}/measures/").css_first(".app-notice-box"))
    assert "1 problem with the figures" in text
    assert PROBLEM in text


def test_invented_figures_are_marked(page: Page, edition: Edition) -> None:
    for path in ("", "ae-4-hour/", "committees/"):
        assert "were invented" in words(page(f"/plans/{edition.pk}/measures/{path}").css_first(".app-illustrative"))
    assert page(f"/plans/{edition.pk}/measures/smoking-quits/").css_first(".app-illustrative") is None


def _csv(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_download_holds_what_the_list_holds(page: Page, reader: Client, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/measures/"
    for question in ("", "?missed=1", "?place=NTH&sort=name", "?tag=prevention&by=tag"):
        listed = rows(page(f"{base}{question}"))
        found = _csv(reader.get(f"{base}measures.csv{question}"))
        assert {(row["Latest"]) for row in found} == {cells[0].split()[0].replace("–", "") for cells in listed.values()}
        assert len(found) == len(listed)
    row = next(row for row in _csv(reader.get(f"{base}measures.csv")) if row["Id"] == "ae-4-hour")
    assert (row["Place"], row["Code"], row["Numerator"], row["Denominator"]) == (
        "NHS Example ICB",
        HOME,
        "1756",
        "2000",
    )
    assert (row["Target"], row["Target of"], row["Against target"]) == ("92.0%", "plan", "target missed")
    assert row["Objective"] == "1.1 Fewer waits at the front door"
    assert row["Illustrative"] == "yes"
    assert _csv(reader.get(f"{base}measures.csv?tag=none")) == []


# --- a measure


def test_measure_begins_with_its_finding(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/ae-4-hour/")
    assert words(tree.css_first(".app-lede")).startswith("June 2026: 87.8%")
    assert words(tree.css_first("h1")) == "NHS Example ICB A&E four hours"
    standing = words(tree.css_first(".app-standing"))
    assert standing.startswith("Red")
    facts = words(tree.css_first("#stands").parent)
    assert "Latest, June 2026" in facts
    assert "95% interval" in facts
    assert "Added up from 2 localities" in facts


def test_measure_shows_every_picture_with_its_words_and_figures(page: Page, reader: Client, edition: Edition) -> None:
    expected = {
        "ae-4-hour/": ["Control chart", "Plan, actual and forecast", "2 localities side by side"],
        "alcohol-admissions/": ["Groups side by side", "Inequality by deprivation"],
        "smoking-quits/": ["Plan, actual and forecast", "Funnel: 20 practices, 2025/26"],
    }
    for path, headings in expected.items():
        tree = page(f"/plans/{edition.pk}/measures/{path}")
        found = {words(figure.parent.css_first("h2")): figure for figure in tree.css("figure")}
        for heading in headings:
            assert heading in found, (path, list(found))
        for figure in found.values():
            image = figure.css_first("img")
            assert len(image.attributes["alt"]) > 20
            assert figure.css_first("details table tbody tr")
            drawn = reader.get(image.attributes["src"])
            assert drawn.status_code == 200
            assert drawn["Content-Type"] == "image/svg+xml"
            assert drawn.content.startswith(b"<svg")
            assert "sandbox" in drawn["Content-Security-Policy"]
            assert "private" in drawn["Cache-Control"]
            check_security_headers(drawn.headers)


def test_place_and_group_can_be_changed(page: Page, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/measures"
    tree = page(f"{base}/ae-4-hour/")
    places = {words(node): node.attributes["value"] for node in tree.css("#place option")}
    assert places == {"NHS Example ICB": HOME, "North": "NTH", "South": "STH", "Neighbouring Trust": "RXX"}
    north = page(f"{base}/ae-4-hour/?place=NTH")
    assert words(north.css_first("h1")) == "North A&E four hours"
    assert words(north.css_first("#place option[selected]")) == "North"
    assert all("place=NTH" in node.attributes["src"] for node in north.css("figure img"))
    groups = [words(node) for node in page(f"{base}/alcohol-admissions/").css("#group option")]
    assert groups == ["Everyone", *FIFTHS]
    second = page(f"{base}/alcohol-admissions/?place=QEX&group={quote(FIFTHS[1])}")
    assert FIFTHS[1] in words(second.css_first("h1"))
    assert FIFTHS[1] in second.css_first("title").text()


def test_rebase_is_told_with_its_reason_on_the_chart_of_its_place_alone(page: Page, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/measures/ae-4-hour/"
    assert "The counting changed" in words(page(f"{base}?place=NTH").css_first("main"))
    assert "The counting changed" not in words(page(f"{base}?place=STH").css_first("main"))


def test_definition_is_told_whole(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/ae-4-hour/")
    text = words(tree.css_first("#definition").parent)
    for part in (
        "Seen within four hours", "ae-4-hour, version 2", "Long waits harm.", "Attendances within four hours (Monthly",
        "All attendances", "Higher is better", "urgent care, constitution", "at least 95.0%", "from 1 April 2010",
        "NHS Constitution", "1 April 2024: Streaming counted. (Analyst)", "<b>Not bold</b>", "rule set mdc-7",
    ):  # fmt: skip
        assert part in text, part


def test_every_period_is_in_the_table_the_latest_first(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/ae-4-hour/?place=NTH")
    periods = [words(node) for node in tree.css(".app-every tbody th")]
    assert periods[-len(MONTHS) :] == list(reversed(MONTHS))
    assert periods[0] == "March 2027", "the standard goes on to the end of the plan"


def test_download_of_a_measure_holds_every_place_group_and_period(reader: Client, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/measures"
    response = reader.get(f"{base}/ae-4-hour/figures.csv")
    assert response["Content-Disposition"] == 'attachment; filename="seen-within-four-hours.csv"'
    found = _csv(response)
    north = [row for row in found if row["Code"] == "NTH"]
    assert [row["Period"] for row in north][: len(MONTHS)] == list(MONTHS)
    north = [row for row in north if row["Value"]]
    assert len(north) == len(MONTHS)
    assert (north[-1]["Numerator"], north[-1]["Denominator"], north[-1]["As printed"]) == ("898", "1000", "89.8%")
    assert float(north[-1]["Value"]) == pytest.approx(89.8, rel=1e-12)
    assert float(north[-1]["Lower"]) < 89.8 < float(north[-1]["Upper"])
    assert (north[-1]["Status"], north[-1]["Illustrative"]) == ("provisional", "yes")
    assert {row["Signal"] for row in north} > {"common cause"}
    later = [row for row in found if row["Code"] == HOME and row["Period"] == "December 2026"]
    assert [(row["Plan"], row["Value"]) for row in later] == [("95.0", "")]
    quits = _csv(reader.get(f"{base}/smoking-quits/figures.csv"))
    assert {row["Code"] for row in quits} == {HOME, *PRACTICES}
    alcohol = _csv(reader.get(f"{base}/alcohol-admissions/figures.csv"))
    assert {row["Group"] for row in alcohol} == {"", *FIFTHS}


def test_a_measure_that_nobody_counted_shows_its_definition(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/nobody-counts/")
    assert words(tree.css_first(".app-lede")) == "Nothing has been entered yet."
    assert "Never counted" in words(tree.css_first("#definition").parent)
    assert "No figure has been loaded." in words(tree.css_first("#figures").parent)


def test_a_printed_table_keeps_its_own_page(page: Page, reader: Client, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/i1/")
    assert words(tree.css_first("h1")) == "Access"
    assert "Figures as printed" in words(tree.css_first("main"))
    assert reader.get(f"/plans/{edition.pk}/measures/i1/chart-0.svg").status_code == 200
    assert list(_csv(reader.get(f"/plans/{edition.pk}/measures/i1/figures.csv"))[0])[:2] == ["Area", "Series"]


# --- committees


def test_committee_has_its_measures_in_one_picture_and_one_table(page: Page, reader: Client, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/measures/committees/"
    tree = page(f"{base}?committee=Quality%20Committee")
    assert words(tree.css_first("h1")) == "Measures of a committee Quality Committee"
    shown = rows(tree)
    assert "A&E four hours" in shown
    assert "Smokers who quit" not in shown
    assert words(tree.css_first(".app-filters [aria-current]")).startswith("Quality Committee")
    image = tree.css_first("figure img")
    drawn = reader.get(image.attributes["src"])
    assert "A&amp;E four hours" in drawn.content.decode()
    assert "Smokers who quit" not in drawn.content.decode()
    everything = page(f"{base}")
    assert len(rows(everything)) > len(shown)


def test_committees_are_reached_from_the_list_and_from_the_papers(page: Page, edition: Edition) -> None:
    listed = [node.attributes["href"] for node in page(f"/plans/{edition.pk}/measures/").css("main a")]
    assert f"/plans/{edition.pk}/measures/committees/" in listed
    papers = [node.attributes["href"] for node in page(f"/plans/{edition.pk}/papers/").css("main a")]
    assert f"/plans/{edition.pk}/measures/committees/?committee=Quality+Committee" in papers


def test_the_reporting_date_of_the_address_is_carried_on(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/measures/?at=2026-04-01")
    links = [node.attributes["href"] for node in tree.css(".app-table--performance a")]
    assert links
    assert all("at=2026-04-01" in href for href in links)
    assert re.search(r"at=2026-04-01", tree.css_first("a[href*='measures.csv']").attributes["href"])


def test_the_policy_is_the_strict_one(reader: Client, edition: Edition) -> None:
    response = reader.get(f"/plans/{edition.pk}/measures/ae-4-hour/")
    assert set(response["Content-Security-Policy"].split("; ")) == CSP


def test_figures_are_computed_once_for_each_revision(
    reader: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trigpoint.web.dashboards import figures

    made = []
    real = figures.measure_results
    monkeypatch.setattr(figures, "measure_results", lambda *given: made.append(1) or real(*given))
    for path in ("", "?missed=1", "ae-4-hour/", "ae-4-hour/picture.svg", "committees/", "measures.csv"):
        assert reader.get(f"/plans/{edition.pk}/measures/{path}").status_code == 200
    assert len(made) == 1
    Edition.objects.filter(pk=edition.pk).update(revision=2)
    reader.get(f"/plans/{edition.pk}/measures/")
    assert len(made) == 2


# --- the objective and the paper


def test_an_objective_lists_its_measures_as_the_list_does(page: Page, edition: Edition) -> None:
    base = f"/plans/{edition.pk}"
    tree = page(f"{base}/objectives/o1/")
    listed = rows(page(f"{base}/measures/"))
    assert rows(tree) == {"A&E four hours": listed["A&E four hours"]}
    link = tree.css_first(".app-table--performance tbody th a")
    assert link.attributes["href"] == f"{base}/measures/ae-4-hour/"
    assert "were invented" in words(tree.css_first(".app-illustrative:has(~ .app-scroll)"))
    uncounted = rows(page(f"{base}/objectives/o3/"))
    assert uncounted["Never counted"][:2] == ["–", "–"]


def paper_of(reader: Client, edition: Edition, question: str) -> str:
    response = reader.get(f"/plans/{edition.pk}/papers/paper.html?{question}")
    assert response.status_code == 200
    return " ".join(LexborHTMLParser(response.content.decode()).body.text().split())


def test_a_paper_has_the_measures_of_its_committee(reader: Client, edition: Edition) -> None:
    text = paper_of(reader, edition, "committee=Quality%20Committee&at=2026-06-30")
    assert "A&E four hours *" in text
    assert "87.8% (June 2026)" in text
    assert "A&E four hours: control chart (illustrative figures)" in text
    word = reader.get(f"/plans/{edition.pk}/papers/paper.docx?committee=Quality%20Committee&at=2026-06-30")
    assert word.content.startswith(b"PK")


def test_a_paper_knows_no_figure_of_a_later_day(reader: Client, edition: Edition) -> None:
    text = paper_of(reader, edition, "committee=Quality%20Committee&at=2026-05-31")
    assert "(May 2026)" in text
    assert "(June 2026)" not in text


def test_a_plan_without_figures_computes_none(
    reader: Client, page: Page, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web_sample import make_plan

    from trigpoint.web.register.services import load_plan

    pk = load_plan(make_plan(), by=None).edition.pk
    monkeypatch.setattr("trigpoint.web.dashboards.figures.measure_results", lambda *given: pytest.fail("computed"))
    assert not page(f"/plans/{pk}/objectives/o1/").css(".app-table--performance")
    assert reader.get(f"/plans/{pk}/papers/paper.html").status_code == 200


# --- what somebody types into the address


@pytest.mark.parametrize(
    "path",
    [
        "?page=0", "?page=-1", "?page=abc", "?page=99999999999999999999", "?page=1&page=2", "?sort=%00", "?by=[]",
        "?place=%3Cb%3E", "?place=NTH&place=STH", "?q=%00", "?q=" + "x" * 3000, "?missed=no", "?objective=%F0%9F%98%80",
        "ae-4-hour/?place=NTH&group=", "measures.csv?page=x", "measures.csv?place=zzz",
    ],
)  # fmt: skip
def test_odd_questions_are_answered(reader: Client, edition: Edition, path: str) -> None:
    assert reader.get(f"/plans/{edition.pk}/measures/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "ae-4-hour/?place=%00", "ae-4-hour/?place=" + "9" * 5000, "ae-4-hour/?group=%3Cscript%3E", "x" * 900 + "/",
        "%00/", "ae-4-hour/picture.svg?kind=funnel-0", "smoking-quits/picture.svg?kind=funnel-99999999999999999999",
        "smoking-quits/picture.svg?kind=funnel-1%00", "..%2F..%2F/", "committees/?committee=%00",
    ],
)  # fmt: skip
def test_odd_addresses_are_not_found(reader: Client, edition: Edition, path: str) -> None:
    assert reader.get(f"/plans/{edition.pk}/measures/{path}").status_code == 404


@pytest.mark.parametrize("pk", ["9223372036854775807", "9223372036854775808", "9" * 60, "0"])
def test_a_number_that_no_plan_has_is_not_found(reader: Client, edition: Edition, pk: str) -> None:
    for path in ("measures/", "measures/measures.csv", "measures/ae-4-hour/", "coverage/", "coverage/coverage.csv"):
        assert reader.get(f"/plans/{pk}/{path}").status_code == 404


# -- published files beside the plan --------------------------------------------------------------------------------


def test_a_place_of_the_plan_has_the_figures_that_files_give_it(edition: Edition, page: Page) -> None:
    address = f"/plans/{edition.pk}/measures/ambulance-category-2-mean/"
    page(address, status=404)  # nobody entered any
    places = (ENGLAND, ("Y60", HOME, "AN EXAMPLE"), NORTH)
    hold(ambulance_csv(months(15), services=places), of=edition.organisation)
    told = words(page(address).body)
    assert "NHS Example ICB" in told  # by the name of the plan's register
    assert "North Ambulance" not in told  # which is no place of the plan
    assert "Category 2 mean response" in rows(page(f"/plans/{edition.pk}/measures/?place={HOME}"))
    assert "England" in words(page(f"{address}?place=ENG").body)


def test_files_of_another_organisation_are_not_seen(edition: Edition, page: Page) -> None:
    other = Organisation.objects.create(name="Another ICB")
    hold(ambulance_csv(months(15), services=(ENGLAND, ("Y60", HOME, "AN EXAMPLE"))), of=other)
    page(f"/plans/{edition.pk}/measures/ambulance-category-2-mean/", status=404)
