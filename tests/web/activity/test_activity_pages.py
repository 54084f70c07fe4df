"""What the pages of the activity model show, in words and figures that agree with the run they are made of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from activity_sample import PROBLEM, load_modelled, make_member, make_texts
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from web_sample import CSP, check_headers, check_page, make_plan, signed_in

from trigpoint.plans.model import ActivityAssumption
from trigpoint.plans.workspace import Workspace
from trigpoint.web.activity import pooling, runs
from trigpoint.web.activity.desk import AS_PLANNED, Desk, model_of
from trigpoint.web.activity.runs import run_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.store import plan_of

Fetch = Callable[..., LexborHTMLParser]
PAGES = (
    "", "?scenario=slow", "pods/A&E/", "pods/EL/?provider=RBB&year=2026/27&scenario=slow", "schemes/",
    "schemes/?year=2026/27", "schemes/front-door/", "schemes/advice/?scenario=slow", "scenarios/", "scenarios/compare/",
    "scenarios/compare/?with=plan", "scenarios/compare/?with=plan&with=slow", "outturn/",
    "outturn/?pod=OP&provider=RBB", "back-test/", "back-test/?pod=EL&month=3&year=2024/25", "monitor/", "assumptions/",
    "assumptions/send/",
)  # fmt: skip


@pytest.fixture
def modelled(db: None) -> Edition:
    return load_modelled()


@pytest.fixture
def client(modelled: Edition) -> Client:
    return signed_in(make_member(modelled))


@pytest.fixture
def fetch(client: Client, modelled: Edition) -> Fetch:
    def get(path: str, status: int = 200) -> LexborHTMLParser:
        response = client.get(f"/plans/{modelled.pk}/activity/{path}")
        assert response.status_code == status
        check_headers(response.headers)
        tree = LexborHTMLParser(response.content.decode())
        check_page(tree)
        return tree

    return get


def run(edition: Edition, scenario: str = ""):
    model = model_of(edition)
    chosen = model.scenarios[scenario] if scenario else AS_PLANNED
    return run_of(Desk(Reading(edition, plan_of(edition), None), model, chosen, False))  # type: ignore[arg-type]


def text_of(tree: LexborHTMLParser) -> str:
    return re.sub(r"\s+", " ", tree.css_first("main").text())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_its_pictures_can_be_fetched(fetch: Fetch, client: Client, path: str) -> None:
    tree = fetch(path)
    current = [node.text() for node in tree.css("nav.nhsuk-header__navigation [aria-current]")]
    assert current == ["Activity"]
    for image in tree.css("main img"):
        drawn = client.get(image.attributes["src"])
        assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
        assert drawn.content.startswith(b"<svg")


def test_the_overview_prints_what_the_run_says(fetch: Fetch, modelled: Edition) -> None:
    tree, made = fetch(""), run(modelled)
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in tree.css("#years ~ div table tbody tr")]
    assert [row[0] for row in rows] == ["A&E attendances", "Elective", "Out-patients"]
    for row, series in zip(rows, made.pods, strict=True):
        numbers = [series.base.sum(), series.annual_do_nothing.mean[0], series.annual_do_something.mean[0]]
        assert [float(cell.replace(",", "")) for cell in row[1:4]] == pytest.approx(numbers, abs=0.5)
    assert PROBLEM in text_of(tree)
    assert "Illustrative figures" in text_of(tree)


def test_another_scenario_gives_other_numbers_and_the_links_stay_with_it(fetch: Fetch, modelled: Edition) -> None:
    planned, slow = fetch(""), fetch("?scenario=slow")
    assert planned.css_first("#years").parent.text() != slow.css_first("#years").parent.text()
    assert "Slow start" in slow.css_first("h1").text()
    assert "scenario=slow" in slow.css_first("#pod-1 a").attributes["href"]
    assert "scenario=" not in planned.css_first("#pod-1 a").attributes["href"]


def test_the_months_of_a_point_of_delivery_can_be_taken_along(client: Client, modelled: Edition) -> None:
    response = client.get(f"/plans/{modelled.pk}/activity/pods/A&E/months.csv?provider=RAA")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    series = next(each for each in run(modelled).series if (each.key.provider, each.key.pod) == ("RAA", "A&E"))
    assert [row["month"] for row in rows][:2] == ["2026-04", "2026-05"]
    assert len(rows) == 24
    assert float(rows[-1]["do_something"]) == pytest.approx(series.do_something.mean[-1], abs=0.005)
    assert {row["provider"] for row in rows} == {"RAA"}


def test_a_scheme_names_its_source_and_leads_to_the_plan(fetch: Fetch) -> None:
    tree = fetch("schemes/front-door/")
    said = text_of(tree)
    for words in ("share avoided: 10%", "5% to 15%", "Pat Planner", "from April 2026, whole from March 2027", "90%"):
        assert words in said
    links = {node.text(): node.attributes["href"] for node in tree.css("#assumed ~ dl a")}
    assert links["Open the hub"].endswith("/objectives/o1/#i-d1")
    assert "which this plan does not have" in text_of(fetch("schemes/advice/"))


def test_words_from_the_files_are_words_and_nothing_else(fetch: Fetch) -> None:
    tree = fetch("schemes/")
    assert "<b>Held</b> flat" in text_of(tree)
    assert not tree.css("main b")


def test_a_comparison_shows_how_far_scenarios_are_apart(fetch: Fetch, modelled: Edition) -> None:
    tree = fetch("scenarios/compare/?with=plan&with=slow")
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in tree.css("#differences ~ div tbody tr")]
    slow = next(row for row in rows if row[:3] == ["A&E attendances", "2026/27", "Slow start"])
    later = [each.draws_of["A&E"][0] for each in (run(modelled), run(modelled, "slow"))]
    assert float(slow[4].replace(",", "").replace("+", "")) == pytest.approx((later[1] - later[0]).mean(), abs=0.5)
    assert "Choose two or more" in text_of(fetch("scenarios/compare/?with=plan"))


def test_the_back_test_answers_what_is_asked(fetch: Fetch) -> None:
    tree = fetch("back-test/?pod=EL&month=3&year=2024/25")
    cells = [node.text() for node in tree.css("#errors ~ div tbody td:nth-child(3)")]
    assert set(cells) == {"2024/25"}
    assert "From month 3 the model average missed 2024/25" in text_of(tree)


def test_every_assumption_stands_with_its_source(fetch: Fetch) -> None:
    said = text_of(fetch("assumptions/"))
    for words in ("Growth of A&E", "1.9% a year", "1% to 2.8% (80%, normal)", "IHAM", "1 March 2026", "Illustrative"):
        assert words in said


WRONG = {
    "no such point of delivery": "pods/NONE/",
    "no such provider": "pods/EL/?provider=RZZ",
    "no such year": "schemes/?year=1999/00",
    "no such scenario": "?scenario=none",
    "no such scheme": "schemes/none/",
    "no such month": "back-test/?month=13",
    "no month at all": "back-test/?month=¹",
    "no year of a back-test": "back-test/?year=2030/31",
    "no outturn": "outturn/?pod=NONE",
    "nothing to compare": "scenarios/compare/?with=none&with=plan",
}


@pytest.mark.parametrize("path", WRONG.values(), ids=WRONG.keys())
def test_an_address_of_nothing_is_not_found(fetch: Fetch, path: str) -> None:
    fetch(path, 404)


@pytest.mark.parametrize(
    "query",
    [
        "", "kind=none", "kind=trajectory", "kind=trajectory&pod=NONE", "kind=bridge&pod=EL&year=x",
        "kind=trajectory&pod=EL&trial={", "kind=trajectory&pod=EL&trial=[1]", "kind=comparison&with=plan",
        'kind=trajectory&pod=EL&trial={"changes":[["a"]],"without":[]}', f"kind=trajectory&pod=EL&trial={'[' * 60_000}",
        f"kind=trajectory&pod=EL&trial={'[' * 20_000}",
    ],
)  # fmt: skip
def test_a_picture_of_nothing_is_not_found(client: Client, modelled: Edition, query: str) -> None:
    assert client.get(f"/plans/{modelled.pk}/activity/picture.svg?{query}").status_code == 404


def test_too_large_a_model_is_refused_with_the_command_that_runs_it(
    fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "WORK", 1_000)
    runs.runs.clear()
    tree = fetch("pods/EL/")
    assert "trigpoint activity run" in tree.css_first("#refused").parent.text()
    assert "This page cannot be made" in text_of(fetch("editor/") if False else fetch(""))
    assert "Growth of A&E" in text_of(fetch("assumptions/")), "what needs no run is shown"


def test_pooled_cells_that_are_too_many_are_refused(modelled: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    from test_activity_storage import cells

    from trigpoint.activity.book.reading import read_texts
    from trigpoint.errors import InputError

    book = read_texts(make_texts(), cells=cells()).book
    assert book is not None
    assert runs.for_a_page(book).cells.height == 2  # type: ignore[union-attr]
    monkeypatch.setattr(runs, "MOST_CELLS", 1)
    with pytest.raises(InputError, match="the pages take 1 at most"):
        runs.for_a_page(book)
    assert pooling.attributes_of(book) == ()


def test_downloads_are_what_they_are_called(client: Client, modelled: Edition) -> None:
    for name in ("return.xlsx", "section.docx", "template.xlsx"):
        response = client.get(f"/plans/{modelled.pk}/activity/{name}")
        assert response.status_code == 200
        assert response.content.startswith(b"PK")
        assert f'filename="activity-{name}"' in response["Content-Disposition"]


def test_only_the_editor_may_ask_the_server_from_its_script(client: Client, modelled: Edition) -> None:
    policy = client.get(f"/plans/{modelled.pk}/activity/editor/")["Content-Security-Policy"]
    assert set(policy.split("; ")) == CSP | {"connect-src 'self'"}


def test_the_tab_is_there_for_plans_with_a_model_or_with_assumptions_of_activity(db: None) -> None:
    from dataclasses import replace
    from decimal import Decimal

    def tabs(edition: Edition) -> list[str]:
        client = signed_in(make_member(edition, f"reader{edition.pk}@example.org"))
        tree = LexborHTMLParser(client.get(f"/plans/{edition.pk}/").content.decode())
        return [node.text() for node in tree.css("a.nhsuk-header__navigation-link")]

    plan = make_plan("Without")
    line = ActivityAssumption("a1", "growth", "A&E", "Growth", "2026/27", Decimal("1.9"), "%")
    assert "Activity" in tabs(load_modelled())
    assert "Activity" not in tabs(load_workspace(Workspace(plan), by=None).edition)
    said = replace(plan, organisation="With words alone", activity=(line,))
    assert "Activity" in tabs(load_workspace(Workspace(said), by=None).edition)


def test_files_that_make_no_model_say_why(db: None) -> None:
    edition = load_modelled(texts={"counts.csv": "provider,pod,month,value\n"})
    page = signed_in(make_member(edition)).get(f"/plans/{edition.pk}/activity/").content.decode()
    assert "make no model" in page
    assert "settings.toml" in page


def test_the_page_of_an_objective_leads_to_the_schemes_that_rest_on_it_and_back(
    client: Client, modelled: Edition
) -> None:
    tree = LexborHTMLParser(client.get(f"/plans/{modelled.pk}/objectives/o1/").content.decode())
    check_page(tree)
    panel = tree.css_first("#schemes").parent
    assert [node.text() for node in panel.css("a")] == ["Front door streaming"]
    assert "share avoided: 10%" in panel.text()
    assert "Open the hub" in panel.text()
    scheme = client.get(panel.css_first("a").attributes["href"]).content.decode()
    assert "/objectives/o1/#i-d1" in scheme


STAYS = "provider,pod,days,occupancy,source,author,illustrative\n,EL,2.5,90%,Return,Pat Planner,no\n"
PRICES = "provider,pod,gbp,source,author,illustrative\n,EL,1500,Tariff,,no\n,OP,100,Tariff,,no\n"
CAPACITY = "provider,pod,a_month,source,author,note,illustrative\nRAA,EL,100,Theatre plan,,,no\n"


def test_beds_money_and_capacity_stand_in_tables_with_what_the_run_says(db: None) -> None:
    edition = load_modelled(texts=make_texts(stays=STAYS, prices=PRICES, capacity=CAPACITY))
    client, made = signed_in(make_member(edition)), run(edition)
    assert made.beds, made.values
    tree = LexborHTMLParser(client.get(f"/plans/{edition.pk}/activity/").content.decode())
    check_page(tree)

    def rows(of: LexborHTMLParser, key: str) -> list[list[str]]:
        found = of.css(f"#{key} ~ div.app-scroll:not(.app-figure__wide) tbody tr")
        return [[cell.text(strip=True) for cell in row.css("th, td")] for row in found]

    beds = rows(tree, "beds")
    assert [row[:3] for row in beds] == [
        ["Elective", desk_name, year] for desk_name in ("North Hospital", "South Hospital")
        for year in ("2026/27", "2027/28")
    ]  # fmt: skip
    assert float(beds[0][5]) == pytest.approx(made.beds[0].beds, abs=0.05)
    money = rows(tree, "money")
    total = sum(each.do_something_gbp for each in made.values if each.year.label == "2027/28")
    last = next(row for row in money if row[0] == "All that has a price" and row[2] == "2027/28")
    assert float(last[4].replace(",", "")) == pytest.approx(total / 1_000, abs=0.5)
    capacity = rows(tree, "capacity")
    assert len(capacity) == len(made.strains) == 24
    assert {row[5] for row in capacity} == {"100%"}
    assert "In 24 months more may come than can be done" in text_of(tree)
    one = LexborHTMLParser(client.get(f"/plans/{edition.pk}/activity/pods/OP/").content.decode())
    assert one.css_first("#capacity") is None
    assert {row[0] for row in rows(one, "money")} == {"Out-patients", "All that has a price"}


def test_a_scenario_is_told_in_words_beside_what_the_plan_says(fetch: Fetch) -> None:
    said = text_of(fetch("scenarios/"))
    assert "Front door streaming: first month with an effect October 2026 (plan: April 2026)" in said


def test_a_point_of_delivery_is_shown_year_by_year_and_by_how_likely_it_is(fetch: Fetch) -> None:
    kinds = [re.findall(r"kind=([a-z]+)", node.attributes["src"])[0] for node in fetch("pods/A&E/").css("main img")]
    assert kinds == ["trajectory", "annual", "bridge", "tornado", "likelihood"]
    one = fetch("pods/A&E/?provider=RAA")
    assert "likelihood" not in " ".join(node.attributes["src"] or "" for node in one.css("main img")), "only of all"


@pytest.mark.parametrize("path", ["outturn/", "back-test/", "monitor/"])
def test_invented_counts_are_marked_on_every_page_and_picture_that_rests_on_them(db: None, path: str) -> None:
    from activity_sample import counts

    edition = load_modelled(texts=make_texts(counts=counts(50).replace(",Return,no", ",Invented,yes")))
    client = signed_in(make_member(edition))
    tree = LexborHTMLParser(client.get(f"/plans/{edition.pk}/activity/{path}").content.decode())
    assert "was invented to demonstrate" in text_of(tree)
    drawn = client.get(tree.css_first("main img").attributes["src"]).content.decode()
    assert "llustrative figures" in drawn


def test_words_in_tables_stand_to_the_left_and_figures_to_the_right(db: None) -> None:
    from activity_sample import counts

    edition = load_modelled(texts=make_texts(counts=counts(50)))
    tree = LexborHTMLParser(
        signed_in(make_member(edition)).get(f"/plans/{edition.pk}/activity/monitor/").content.decode()
    )
    for row in tree.css("table.app-table--activity tbody tr"):
        for cell in row.css("td"):
            if re.search("[a-z]{4}", cell.text()):
                assert "app-number" not in (cell.attributes.get("class") or ""), cell.text()
