"""Finance beside the rest of a plan: objectives, waivers of its differences, the activity model, as few queries for a
large book as for a small one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from finance_sample import ROWS, load_financed, make_member, make_texts
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_page, make_plan, signed_in

from trigpoint.periods import FinancialYear
from trigpoint.plans.workspace import Waiver, Workspace
from trigpoint.web.activity import runs
from trigpoint.web.activity.codec import tables_of as activity_tables
from trigpoint.web.finance import judging, results, spreads
from trigpoint.web.finance.codec import tables_of
from trigpoint.web.finance.desk import Desk, model_of
from trigpoint.web.register.models import Edition
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.store import plan_of, shelf

Fetch = Callable[..., LexborHTMLParser]
ACTIVITY = {
    "settings.toml": 'base_year = "2025/26"\nyears = ["2026/27"]\nmonths_known = 12\ndraws = 300\nseed = 7\n',
    "pods.csv": "code,name,line,unit,days\nA&E,A&E attendances,,attendances,calendar\nEL,Elective,,spells,working\n",
    "counts.csv": "provider,pod,month,value\n" + "".join(
        f"RAA,{pod},{year}-{month:02d},{value}\n"
        for pod, value in (("A&E", 8000), ("EL", 1200))
        for year, month in [(2024, m) for m in range(4, 13)] + [(2025, m) for m in range(1, 13)]
        + [(2026, m) for m in range(1, 4)]
    ),
}  # fmt: skip


@pytest.fixture
def financed(db: None) -> Edition:
    return load_financed(activity=ACTIVITY)


def fetch_of(edition: Edition) -> Fetch:
    client = signed_in(make_member(edition))

    def get(path: str) -> LexborHTMLParser:
        response = client.get(f"/plans/{edition.pk}/{path}")
        assert response.status_code == 200
        tree = LexborHTMLParser(response.content.decode())
        check_page(tree)
        return tree

    return get


@pytest.fixture
def fetch(financed: Edition) -> Fetch:
    return fetch_of(financed)


def text_of(tree: LexborHTMLParser) -> str:
    return re.sub(r"\s+", " ", tree.css_first("main").text())


def test_the_page_of_an_objective_leads_to_the_savings_that_rest_on_it_and_back(fetch: Fetch) -> None:
    panel = fetch("objectives/o1/").css_first("#savings").parent
    assert [node.text() for node in panel.css("a")] == ["Front door streaming"]
    assert "£1.2m in a full year, from April 2026. Stage: live. Rests on: Open the hub" in panel.text()
    href = panel.css_first("a").attributes["href"]
    assert "/objectives/o1/#i-d1" in fetch(href.split("/", 3)[3]).html
    assert not fetch("objectives/o2/").css("#savings")


def test_a_plan_without_finance_has_no_such_panel(db: None) -> None:
    edition = load_workspace(Workspace(make_plan()), by=None).edition
    assert not fetch_of(edition)("objectives/o1/").css("#savings")


def test_triangulation_can_be_narrowed_by_weight_and_by_what_is_compared(fetch: Fetch) -> None:
    whole = fetch("finance/triangulation/")
    options = [node.attributes["value"] for node in whole.css("select[name=rule] option")]
    assert options[0] == ""
    assert "CONTRACT_VALUE" in options
    one = fetch("finance/triangulation/?rule=CONTRACT_VALUE")
    assert one.css_first("select[name=rule] option[selected]").attributes["value"] == "CONTRACT_VALUE"
    assert re.search(r"2 of the \d+ that do not agree are shown", text_of(one))
    assert any("North Hospital: acute" in node.text() for node in one.css(".app-pair__said"))
    weights = [node.attributes["value"] for node in whole.css("select[name=weight] option")][1:]
    shown = [len(fetch(f"finance/triangulation/?weight={each}").css(".app-pair")) for each in weights]
    assert sum(shown) == len([node for node in whole.css(".app-pair") if not inside_details(node)])
    for stranger in ("?rule=NONE", "?weight=<b>", "?rule=CONTRACT_VALUE&weight=nothing"):
        assert "None of those that do not agree is of this kind" in text_of(fetch(f"finance/triangulation/{stranger}"))


def inside_details(node: object) -> bool:
    parent = getattr(node, "parent", None)
    while parent is not None:
        if parent.tag == "details":
            return True
        parent = parent.parent
    return False


def test_settings_and_waivers_of_the_plan_hold_as_they_do_for_the_command(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "today", lambda: date(2026, 6, 1))
    by, on = "Head of Contracting", date(2026, 5, 1)
    waiver = Waiver("CONTRACT_VALUE", "north", "", "Before arbitration", by, on)
    idle = Waiver("CONTRACT_VALUE", "nobody", "", "Old", by, on)
    space = Workspace(make_plan(), ROWS, (waiver, idle))
    edition = load_workspace(space, by=None, attached=(*tables_of(make_texts()), *activity_tables({}))).edition
    tree = fetch_of(edition)("finance/triangulation/")
    told = re.sub(r"\s+", " ", tree.css_first("#accepted").parent.text())
    assert "North Hospital: acute" in told
    assert "Accepted by Head of Contracting, 1 May 2026: Before arbitration" in told
    apart = [node.text() for node in tree.css(".app-pair__said") if not inside_details(node)]
    assert not [text for text in apart if "the provider £24.5m" in text]
    assert "2 more are accepted with a reason" in text_of(tree)
    assert "nobody" in tree.css_first("#idle").parent.text()
    assert [node.text() for node in tree.css(".app-pair__said")]

    strict = Workspace(make_plan("Strict ICB"), ROWS, checks={"CONTRACT_VALUE": "info"})
    other = load_workspace(strict, by=None, attached=tables_of(make_texts())).edition
    page = signed_in(make_member(other, "strict@example.org")).get(
        f"/plans/{other.pk}/finance/triangulation/?weight=info&rule=CONTRACT_VALUE"
    )
    assert "the provider £24.5m" in page.content.decode()


def test_mechanisms_are_compared_over_the_activity_model(fetch: Fetch, financed: Edition) -> None:
    tree = fetch("finance/contracts/north/")
    panel = tree.css_first("#mechanisms").parent
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in panel.css(".app-table--money tbody tr")]
    names = [row[0] for row in rows]
    assert names == ["As contracted (Cap and collar)", "Block at plan (Block)", "Cost per case (Cost per case)"]
    assert rows[1][-1] == "0%"
    assert rows[2][-1] == "100%"
    assert "for North Hospital times the contract’s prices" in re.sub(r"\s+", " ", panel.text())
    assert "300 draws, seed 7" in panel.text()
    assert panel.css_first("img").attributes["alt"]


def test_a_model_of_one_provider_is_run_once_for_pages_of_activity_and_of_finance(
    financed: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trigpoint.activity.simulation import run

    for kept in (results.results, runs.runs, shelf):
        kept.clear()
    made, real = [], run.run_model
    monkeypatch.setattr(run, "run_model", lambda *args, **named: made.append(1) or real(*args, **named))
    client = signed_in(make_member(financed))
    for path in ("finance/contracts/north/", "finance/contracts/north/", "finance/triangulation/", "activity/"):
        assert client.get(f"/plans/{financed.pk}/{path}").status_code == 200
    assert len(made) == 1


def test_without_an_activity_model_the_page_says_why_no_mechanisms_are_compared(db: None) -> None:
    edition = load_financed()
    assert "compared over the activity model of the plan, and it has none" in text_of(
        fetch_of(edition)("finance/contracts/north/")
    )
    desk = Desk(Reading(edition, plan_of(edition), None), model_of(edition), FinancialYear(2026), True, False)  # type: ignore[arg-type]
    from trigpoint.errors import InputError

    with pytest.raises(InputError):
        spreads.compared_of(desk, "north")


def queries_for(client: Client, path: str) -> int:
    shelf.clear()
    results.results.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


PATHS = ("", "rules/", "schemes/", "risks/", "contracts/", "contracts/north/", "peers/", "triangulation/", "files/")


@pytest.mark.parametrize("path", PATHS)
def test_as_many_queries_for_a_large_book_as_for_a_small_one(db: None, path: str) -> None:
    small = load_financed("Small ICB")
    texts = make_texts()
    schemes = texts["schemes.csv"].splitlines()
    more = [schemes[1].replace("front-door,Front", f"more-{n},Front", 1) for n in range(40)]
    texts["schemes.csv"] = "\n".join([*schemes, *more, ""])
    large = load_financed("Large ICB", texts)
    counted = [
        queries_for(signed_in(make_member(each, f"{each.pk}@example.org")), f"/plans/{each.pk}/finance/{path}")
        for each in (small, large)
    ]
    assert counted[0] == counted[1] <= 45
