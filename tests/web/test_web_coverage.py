"""What of a planning round the plan answers: the page, its choices, its download."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from measures_sample import ROWS, make_book
from selectolax.lexbor import LexborHTMLParser, LexborNode
from web_sample import FINDINGS, make_plan

from conftest import Page
from trigpoint.frameworks import load_framework
from trigpoint.measures.book.book import Aim, AimKind, MeasureBook
from trigpoint.measures.coverage import Answer, coverage_of
from trigpoint.plans.model import Plan
from trigpoint.plans.workspace import Workspace
from trigpoint.web.dashboards.codec import tables_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace

ROUND = "nhs-2017-19"


def plan() -> Plan:
    return replace(make_plan(), framework=ROUND, years=("2017/18", "2018/19"))


def book() -> MeasureBook:
    """A trajectory that falls short of the four-hour standard."""
    base = make_book()
    return replace(base, aims=(*base.aims, Aim("ae-4-hour", "QEX", AimKind.PLAN, "March 2019", Decimal("92.0"))))


@pytest.fixture
def edition(db: None) -> Edition:
    space = Workspace(plan(), ROWS)
    tables = tables_of(book(), (), space.register())
    return load_workspace(space, by=None, findings=FINDINGS, attached=tables).edition


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def asked(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """What is asked, with how it is answered, in the order of the page."""
    rows = tree.css(".app-table--coverage tbody tr")
    return [(words(row.css_first("th")), words(row.css_first("td"))) for row in rows]


PAGES = ["", "?year=2018/19", "?show=not", "?show=doubtful", "?framework=nhs-2026-29", "?framework=none&year=soon"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed(page: Page, edition: Edition, path: str) -> None:
    page(f"/plans/{edition.pk}/coverage/{path}")


def test_the_page_says_what_the_calculation_says(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/coverage/")
    found = coverage_of(plan(), book=book())
    assert words(tree.css_first(".app-lede")) == found.sentence
    headings = [words(node) for node in tree.css("main section h2")]
    assert headings == [f"{row.priority.number} {row.priority.title}" for row in found.priorities]
    rows = [each for row in found.priorities for each in (*row.requirements, *row.standards)]
    shown = {Answer.WITH_TARGET: "With a target", Answer.IN_WORDS: "In words", Answer.NOT: "Not answered"}
    assert [answer for _, answer in asked(tree)] == [shown[each.answer] for each in rows]


def test_a_standard_stands_with_its_answer_and_the_target_beside_it(page: Page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/coverage/?year=2018/19")
    row = next(row for row in tree.css(".app-table--coverage tbody tr") if "within 4 hours" in words(row))
    assert "At least 95%" in words(row.css_first("th"))
    assert "92.0% for March 2019: weaker than the standard of 95%" in words(row)
    links = {node.attributes["href"] for node in row.css("a")}
    assert f"/plans/{edition.pk}/objectives/o1/" in links


def test_the_choices_narrow_the_page(page: Page, edition: Edition) -> None:
    base = f"/plans/{edition.pk}/coverage/"
    everything = asked(page(base))
    assert {answer for _, answer in asked(page(f"{base}?show=not"))} == {"Not answered"}
    doubtful = asked(page(f"{base}?show=doubtful"))
    assert 0 < len(doubtful) < len(everything)
    assert any("within 4 hours" in name for name, _ in doubtful)
    assert 0 < len(asked(page(f"{base}?year=2018/19"))) < len(everything)
    other = page(f"{base}?framework=nhs-2026-29")
    assert load_framework("nhs-2026-29").title in words(other.css_first("h1"))
    years = [node.attributes["value"] for node in other.css("#id_year option")]
    assert years == ["", "2026/27", "2027/28", "2028/29"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("framework=none", "“Planning round” has no such choice"),
        ("year=soon", "“Year” has no such choice"),
        ("year=2026/27", "“Year” has no such choice"),
        ("show=less", "“Show” has no such choice"),
    ],
)
def test_a_choice_that_is_not_there_says_so(
    page: Page, reader: Client, edition: Edition, question: str, told: str
) -> None:
    tree = page(f"/plans/{edition.pk}/coverage/?{question}")
    assert told in words(tree.css_first(".nhsuk-error-summary"))
    assert not tree.css(".app-table--coverage")
    assert len(_csv(reader, edition, f"?{question}")) == 0


def _csv(reader: Client, edition: Edition, question: str = "") -> list[dict[str, str]]:
    response = reader.get(f"/plans/{edition.pk}/coverage/coverage.csv{question}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_download_holds_every_row_and_all_that_answers(page: Page, reader: Client, edition: Edition) -> None:
    for question in ("", "?show=not", "?show=doubtful", "?year=2017/18"):
        found = _csv(reader, edition, question)
        assert len(found) == len(asked(page(f"/plans/{edition.pk}/coverage/{question}")))
    row = next(row for row in _csv(reader, edition) if "within 4 hours" in row["Asked"])
    assert (row["Test"], row["Answered"]) == ("at least 95%", "answered with a target")
    assert "92.0% for March 2019: weaker than the standard of 95%" in row["Targets beside the standard"]
    assert row["Source"]


def test_a_plan_of_no_known_round_is_asked_for_one(page: Page, db: None, member, reader: Client) -> None:
    lone = replace(make_plan(), framework="", years=("1999/00",), edition="Of long ago")
    pk = load_workspace(Workspace(lone), by=None).edition.pk
    tree = page(f"/plans/{pk}/coverage/")
    assert "names no planning round that is known here" in words(tree.css_first("main"))
    assert not tree.css(".app-table--coverage")
    assert asked(page(f"/plans/{pk}/coverage/?framework=nhs-2016-17"))


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(reader: Client, db: None, member) -> None:
    whole = plan()
    objectives = (replace(whole.objectives[0], title='=HYPERLINK("x") four hours A&E'), *whole.objectives[1:])
    space = Workspace(replace(whole, objectives=objectives), ROWS)
    edition = load_workspace(space, by=None).edition
    cells = [cell for row in _csv(reader, edition) for cell in row.values()]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
