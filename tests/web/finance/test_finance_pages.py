"""What the pages of finance show, in words and figures that agree with what is computed from the files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from finance_sample import PROBLEM, load_financed, make_member, make_texts
from selectolax.lexbor import LexborHTMLParser
from web_sample import CSP, check_headers, check_page, make_plan, signed_in

from trigpoint.finance.contracts.payment import payment
from trigpoint.finance.words import gbp_words
from trigpoint.periods import FinancialYear
from trigpoint.plans.model import FinanceLine
from trigpoint.plans.workspace import Workspace
from trigpoint.web.finance import results
from trigpoint.web.finance.desk import Desk, model_of
from trigpoint.web.finance.presenters.contracts import gbp_plain
from trigpoint.web.finance.presenters.tables import ANSWERS, NAMES
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.store import plan_of

Fetch = Callable[..., LexborHTMLParser]
PAGES = (
    "", "?year=2027/28", "rules/", "schemes/", "schemes/?stage=live", "schemes/?rag=red&group=acute&year=2026/27",
    "schemes/?year=2027/28", "schemes/front-door/", "schemes/advice/?year=2026/27", "schemes/balance/", "risks/",
    "risks/?year=2027/28", "contracts/", "contracts/?year=2027/28", "contracts/north/", "contracts/small/",
    "contracts/north/?activity=25m", "contracts/north/?activity=lots", "contracts/north/?activity=-5", "peers/",
    "triangulation/", "files/", "files/send/",
)  # fmt: skip
YEAR = FinancialYear(2026)


@pytest.fixture
def financed(db: None) -> Edition:
    return load_financed()


@pytest.fixture
def client(financed: Edition) -> Client:
    return signed_in(make_member(financed))


@pytest.fixture
def fetch(client: Client, financed: Edition) -> Fetch:
    def get(path: str, status: int = 200) -> LexborHTMLParser:
        response = client.get(f"/plans/{financed.pk}/finance/{path}")
        assert response.status_code == status
        check_headers(response.headers)
        tree = LexborHTMLParser(response.content.decode())
        check_page(tree)
        return tree

    return get


def desk_of(edition: Edition, year: FinancialYear = YEAR) -> Desk:
    reading = Reading(edition, plan_of(edition), None)  # type: ignore[arg-type]
    return Desk(reading, model_of(edition), year, chosen=True, may_save=False)


def text_of(tree: LexborHTMLParser) -> str:
    return re.sub(r"\s+", " ", tree.css_first("main").text())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_its_pictures_can_be_fetched(fetch: Fetch, client: Client, path: str) -> None:
    tree = fetch(path)
    assert "This page cannot be made" not in text_of(tree)
    current = [node.text() for node in tree.css("nav.nhsuk-header__navigation [aria-current]")]
    assert current == ["Finance"]
    for image in tree.css("main img"):
        assert image.parent.parent.css_first("details table") or image.parent.parent.parent.css_first("details table")
        drawn = client.get(image.attributes["src"])
        assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
        assert drawn.content.startswith(b"<svg")


DRAWN = {
    "": {"groups", "months"},
    "rules/": {"rules"},
    "schemes/": {"schemes"},
    "schemes/front-door/": {"scheme"},
    "risks/": {"risks", "outturn", "tornado"},
    "contracts/north/": {"curve", "contract-months"},
    "peers/": {"peers", "opportunity", "funnel"},
}


@pytest.mark.parametrize(("path", "kinds"), DRAWN.items(), ids=[path or "position" for path in DRAWN])
def test_the_pictures_that_a_page_ought_to_have_are_there(fetch: Fetch, path: str, kinds: set[str]) -> None:
    sources = [node.attributes["src"] or "" for node in fetch(path).css("main img")]
    assert {match.group(1) for src in sources if (match := re.search(r"kind=([\w-]+)", src))} >= kinds


def test_the_position_says_what_is_assumed_to_grow(fetch: Fetch, financed: Edition) -> None:
    found = results.position_of(desk_of(financed))
    shown = fetch("").css("main section:has(#growth) tbody tr")
    assert len(shown) == len(found.growth) > 0


def test_the_position_prints_what_is_computed(fetch: Fetch, financed: Edition) -> None:
    tree, found = fetch(""), results.position_of(desk_of(financed))
    told = {
        node.css_first(".app-sum__label").text(): node.css_first(".app-sum__value").text()
        for node in tree.css(".app-sum")
    }
    assert told["Resource limit"] == gbp_words(found.resource_limit_gbp) == "£93.0m"
    assert told["Forecast spend"] == gbp_words(found.forecast_gbp)
    assert told["Forecast surplus"] == gbp_words(found.surplus_gbp)
    assert PROBLEM in text_of(tree)
    assert "Illustrative figures" in text_of(tree)


def test_the_years_are_links_and_the_pages_stay_with_the_one_that_was_chosen(fetch: Fetch) -> None:
    first, second = fetch(""), fetch("?year=2027/28")
    links = {node.text(): node.attributes["href"] for node in first.css("nav[aria-label=Year] a")}
    assert list(links) == ["2026/27", "2027/28"]
    assert links["2027/28"].endswith("year=2027%2F28")
    assert second.css_first("nav[aria-label=Year] [aria-current]").text() == "2027/28"
    beside = {node.text(): node.attributes["href"] for node in second.css("nav[aria-label=Finance] a")}
    assert "year=2027%2F28" in beside["Schemes"]
    assert "2027/28" in second.css_first("h1").text()


def test_a_rule_shows_its_sum_both_values_the_limit_and_the_headroom(fetch: Fetch, financed: Edition) -> None:
    tree = fetch("rules/")
    heads = [node.text() for node in tree.css_first("table.app-table--rules").css("thead th")]
    assert heads[2:] == ["Exactly", "As usually printed", "Limit", "Headroom", "The sum, and the rule’s source"]
    rows = tree.css("table.app-table--rules tbody tr")
    assert len(rows) == len(results.rules_of(desk_of(financed)))
    said = {node.attributes["id"]: re.sub(r"\s+", " ", node.text()) for node in rows}
    assert gbp_words(Decimal(100_000)) in said["rule-running-cost-2026-27"]  # £2.0m allowed, £1.9m planned
    assert all("Source: " in text for text in said.values())


def test_what_passes_only_when_rounded_is_said_in_a_sentence(client: Client) -> None:
    settings = 'organisation = "NHS Old CCG"\norganisation_type = "CCG"\nframework = "nhs-2017-19"\nyears = ["2018/19"]'
    quantities = (
        "year,quantity,value,place\n2018/19,cumulative_underspend,4300000,text\n2018/19,planned_surplus,4300000,text\n"
        "2018/19,resource_limit,463900000,table\n2018/19,recurrent_allocation,460000000,table\n"
    )
    texts = {"settings.toml": settings, "quantities.csv": quantities}
    edition = load_financed("NHS Old CCG", texts)
    response = signed_in(make_member(edition, "old@example.org")).get(f"/plans/{edition.pk}/finance/rules/")
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    row = re.sub(r"\s+", " ", tree.css_first("#rule-cumulative-underspend-2018-19").text())
    assert "0.9269%" in row
    assert "Met only when rounded" in row
    sentence = tree.css_first("#first").parent.text()
    assert "0.927%" in sentence
    assert "1%" in sentence


def test_the_board_stands_by_stage_and_can_be_narrowed(fetch: Fetch) -> None:
    whole = fetch("schemes/")
    columns = [node.text(strip=True).split("1 scheme")[0] for node in whole.css(".app-board__column h3")]
    assert set(columns) == {"Idea", "Outline", "Live"}
    assert columns.index("Idea") < columns.index("Outline") < columns.index("Live")
    names = [node.text() for node in fetch("schemes/?stage=live").css(".app-board__name a")]
    assert names == ["Front door streaming"]
    assert "1 of 3 schemes" in text_of(fetch("schemes/?group=none"))
    assert "No scheme is of this kind" in text_of(fetch("schemes/?stage=live&group=none"))


def test_a_scheme_shows_its_ratings_its_gates_and_what_it_rests_on(fetch: Fetch, financed: Edition) -> None:
    tree = fetch("schemes/front-door/")
    computed = next(each for each in results.schemes_of(desk_of(financed)).schemes if each.scheme.id == "front-door")
    said = text_of(tree)
    assert computed.rag_reason in said
    assert "Passed" in tree.css_first("#gates").parent.text()
    links = {node.text(): node.attributes["href"] for node in tree.css("#links ~ dl a")}
    assert links["Open the hub"].endswith("/objectives/o1/#i-d1")
    assert "/finance/contracts/north/" in links["North Hospital: acute"]
    for words in ("which the activity model does not have", "Chief Nurse", "90%"):
        assert words in said
    assert "which the plan does not have" in text_of(fetch("schemes/advice/"))


def test_the_risks_say_how_likely_the_control_total_is(fetch: Fetch, financed: Edition) -> None:
    said, draws = text_of(fetch("risks/")), results.draws_of(desk_of(financed))
    assert draws.probability is not None
    assert re.search(r"The control total of £700k is met in \d+% of the draws", said)
    assert "2,000 draws, seed 7" in said
    assert "None is entered for 2027/28" in text_of(fetch("risks/?year=2027/28"))


TRIED = {
    "25m": ("£25,000,000", Decimal(25_000_000)),
    "£23,000,000": ("£23,000,000", Decimal(23_000_000)),
    "0": ("£0", Decimal(0)),
}


@pytest.mark.parametrize(("typed", "told"), TRIED.items())
def test_another_activity_is_tried_without_a_script(
    fetch: Fetch, financed: Edition, typed: str, told: tuple[str, Decimal]
) -> None:
    tree = fetch(f"contracts/north/?activity={typed}")
    paid = payment(results.contract_of(desk_of(financed), "north").mechanism, told[1])
    said = re.sub(r"\s+", " ", tree.css_first("#try").parent.text())
    assert f"{gbp_plain(paid.gbp)} is paid for {told[0]}" in said
    assert f"adds {gbp_plain(paid.marginal_gbp)}" in said or "adds nothing" in said
    assert tree.css_first("input[name=activity]").attributes["value"] == typed


@pytest.mark.parametrize("typed", ["lots", "-5", "$5", "1" * 60, "=1+1", "<b>9</b>", "%00"])
def test_what_is_no_activity_is_refused_at_its_field(fetch: Fetch, typed: str) -> None:
    tree = fetch(f"contracts/north/?activity={typed}")
    assert tree.css_first("title").text().startswith("Error: ")
    assert tree.css_first("input[name=activity]").attributes["aria-invalid"] == "true"
    assert tree.css_first("#activity-error")
    assert not tree.css("main b")


def test_contracts_show_both_values_and_the_marginal_unit(fetch: Fetch) -> None:
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in fetch("contracts/").css("tbody tr")]
    assert [row[2:5] for row in rows] == [["£24.0m", "£24.5m", "−£500k"], ["£1.0m", "£1.0m", "£0"]]
    assert rows[1][-1] == "The provider"
    assert "No contract is entered for 2027/28" in text_of(fetch("contracts/?year=2027/28"))


def test_triangulation_shows_both_figures_and_where_they_come_from(fetch: Fetch, financed: Edition) -> None:
    found = results.triangulation_of(desk_of(financed))
    apart = [each for each in found.comparisons if not each.agrees]
    assert any(each.rule == "CONTRACT_VALUE" for each in apart)
    said = text_of(fetch("triangulation/"))
    for each in apart:
        assert re.sub(r"\s+", " ", each.message) in said
        assert each.first.source in said
        assert each.second.source in said


def test_words_from_the_files_are_words_and_nothing_else(fetch: Fetch) -> None:
    for path in ("", "schemes/", "schemes/advice/"):
        assert not fetch(path).css("main b")
    assert "<b>Advice</b> and guidance" in text_of(fetch("schemes/"))


HOSTILE = "<script>alert(1)</script>'\"&{{ 7*7 }}"


def test_hostile_words_in_every_table_stay_words(db: None) -> None:
    cell, texts = '"' + HOSTILE.replace('"', '""') + '"', make_texts()
    for file, name in (("schemes", "Front door streaming"), ("risks", "Acute over-performance"), ("spend", "Acute"),
                       ("contracts", "North Hospital: acute"), ("peers", "Place 11")):  # fmt: skip
        texts[f"{file}.csv"] = texts[f"{file}.csv"].replace(f",{name},", f",{cell},")
        assert cell in texts[f"{file}.csv"]
    edition = load_financed(texts=texts)
    client = signed_in(make_member(edition))
    for path in ("", "schemes/", "schemes/front-door/", "risks/", "contracts/", "contracts/north/", "peers/",
                 "triangulation/", "files/"):  # fmt: skip
        response = client.get(f"/plans/{edition.pk}/finance/{path}")
        tree = LexborHTMLParser(response.content.decode())
        check_page(tree)
        assert not [node for node in tree.css("script") if node.text()]
        if path in {"contracts/", "peers/"}:
            assert "{{ 7*7 }}" in response.content.decode()


@pytest.mark.parametrize("path", ["?year=2031/32", "?year=x", "schemes/nothing/", "contracts/nothing/",
                                  "tables/nothing.csv", "answers/nothing.json", "picture.svg",
                                  "picture.svg?kind=bridge&of=x", "picture.svg?kind=scheme&of=x",
                                  "picture.svg?kind=curve&of=x"])  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, financed: Edition, path: str) -> None:
    assert client.get(f"/plans/{financed.pk}/finance/{path}").status_code == 404


@pytest.mark.parametrize("name", [name for name, _ in NAMES])
def test_every_table_can_be_taken_along(client: Client, financed: Edition, name: str) -> None:
    response = client.get(f"/plans/{financed.pk}/finance/tables/{name}.csv?year=2026/27")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="finance-{name}-2026-27.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows or name == "bridges"
    assert not any(cell and cell.startswith(("=", "@", "+")) for row in rows for cell in row.values())


def test_tables_hold_exact_numbers(client: Client, financed: Edition) -> None:
    response = client.get(f"/plans/{financed.pk}/finance/tables/contracts.csv")
    rows = {row["contract"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))}
    found = results.contract_of(desk_of(financed), "north")
    assert Decimal(rows["north"]["payment_at_forecast_gbp"]) == found.at_forecast.gbp
    assert Decimal(rows["north"]["volume_gbp"]) == found.variance.volume_gbp


@pytest.mark.parametrize("name", ANSWERS)
def test_every_result_is_json_with_exact_numbers(client: Client, financed: Edition, name: str) -> None:
    response = client.get(f"/plans/{financed.pk}/finance/answers/{name}.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    told = json.loads(response.content, parse_float=Decimal)
    assert told
    if name == "rules":
        assert list(told[0]) == ["rule", "year", "exact", "rounded", "limit", "passes_exact", "passes_rounded",
                                 "headroom_gbp", "source"]  # fmt: skip


def test_downloads_are_what_they_are_called(client: Client, financed: Edition) -> None:
    for name in ("template.xlsx", "export.xlsx", "section.docx"):
        response = client.get(f"/plans/{financed.pk}/finance/{name}")
        assert response.status_code == 200
        assert response.content[:2] == b"PK"
        assert "attachment" in response["Content-Disposition"]


def test_a_picture_carries_a_policy_of_its_own(client: Client, financed: Edition) -> None:
    response = client.get(f"/plans/{financed.pk}/finance/picture.svg?kind=curve&of=north")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert set(response["Content-Security-Policy"].split("; ")) != CSP
    assert "private" in response["Cache-Control"]


def test_files_that_make_no_book_say_why_and_what_to_do(db: None) -> None:
    edition = load_financed(texts={"settings.toml": "years = 5\n"})
    response = signed_in(make_member(edition)).get(f"/plans/{edition.pk}/finance/")
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    assert "make no book that could be computed" in text_of(tree)
    assert tree.css("#problems ~ ul li")
    assert "Download the Excel template" in text_of(tree)


def test_a_plan_that_prints_money_but_has_no_files_shows_what_it_prints(db: None) -> None:
    from dataclasses import replace

    line = FinanceLine("f1", "rules", "Planned surplus", "2026/27", Decimal("5.30"), "£m", "at least 1%", "")
    edition = load_workspace(Workspace(replace(make_plan(), finance=(line,))), by=None).edition
    response = signed_in(make_member(edition)).get(f"/plans/{edition.pk}/finance/")
    tree = LexborHTMLParser(response.content.decode())
    check_page(tree)
    row = [cell.text(strip=True) for cell in tree.css("#said ~ div tbody th, #said ~ div tbody td")]
    assert row == ["Planned surplus", "2026/27", "5.30 £m", "at least 1%"]


def test_results_are_computed_once_for_a_revision(
    financed: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trigpoint.finance.risks import draws

    results.results.clear()
    made, real = [], draws.draw_risks
    monkeypatch.setattr(draws, "draw_risks", lambda *args, **named: made.append(1) or real(*args, **named))
    for path in ("risks/", "risks/", "answers/draws.json"):
        assert client.get(f"/plans/{financed.pk}/finance/{path}").status_code == 200
    assert len(made) == 1
