"""Whatever stands in a plan is shown as the characters it is."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from web_sample import check_page, make_plan, signed_in

from trigpoint.checks.finding import Finding, Severity
from trigpoint.plans.model import Plan
from trigpoint.plans.workspace import Workspace
from trigpoint.web.accounts.models import Membership, User
from trigpoint.web.register.services import load_workspace
from trigpoint.web.register.tables import safe_cell

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}&amp;"
# Ids and references must stay what they are, and periods and dates must be read.
KEPT = {
    "id", "theme", "objective", "deliverable", "item", "indicator", "years", "column", "at", "kind", "as_at", "values",
    "framework", "series",
}  # fmt: skip


def attacked(value: Any, name: str = "") -> Any:
    """The same plan with the attack in every text."""
    if name in KEPT:
        return value
    if isinstance(value, str):
        return f"{value}{ATTACK}"
    if isinstance(value, tuple):
        return tuple(attacked(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: attacked(getattr(value, field.name), field.name) for field in fields(value)}
        )
    return value


@pytest.fixture
def hostile(db: None) -> tuple[int, Any]:
    plan: Plan = attacked(make_plan())
    finding = Finding(ATTACK, Severity.ERROR, ATTACK, 1, ATTACK, {"objective": "o1", "file": ATTACK})
    edition = load_workspace(Workspace(plan), by=None, findings=(finding,)).edition
    user = User.objects.create_user("planner@example.org", name=ATTACK)
    Membership.objects.create(user=user, organisation=edition.organisation)
    return edition.pk, signed_in(user)


PAGES = (
    "", "objectives/o1/", "objectives/o2/", "search/", "search/?q=<script>&lead='\"><b>&due_after=<i>", "measures/",
    "measures/i1/", "checks/", "papers/", "coverage/?framework=nhs-2026-29",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_mark_up_is_text(hostile: tuple[int, Any], path: str) -> None:
    pk, client = hostile
    response = client.get(f"/plans/{pk}/{path}")
    assert response.status_code == 200
    text = response.content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "49&amp;" not in text
    tree = LexborHTMLParser(text)
    check_page(tree)
    assert "<script>alert(1)</script>" in tree.css_first("body").text()


@pytest.mark.parametrize(
    "path", ["measures/i1/chart-0.svg", "measures/i1/chart-areas.svg", "papers/paper.html?committee="]
)
def test_pictures_and_papers_hold_no_element_of_the_plan(hostile: tuple[int, Any], path: str) -> None:
    pk, client = hostile
    response = client.get(f"/plans/{pk}/{path}")
    assert response.status_code == 200
    tree = LexborHTMLParser(response.content.decode())
    assert not tree.css("script, [onerror], img[src=x], foreignObject")
    assert "alert(1)" in tree.html


@pytest.mark.parametrize(
    "key", ["a/b", "a b", "ü", "?x=1&y=2", "#top", "%2e%2e", "a%2Fb", "<b>", "a//b", "figures.csv"]
)
def test_any_id_has_an_address(db: None, key: str) -> None:
    plan = make_plan()
    changes = {
        name: tuple(replace(row, objective=key) if row.objective == "o1" else row for row in getattr(plan, name))
        for name in ("deliverables", "milestones", "measures", "links")
    }
    objectives = (replace(plan.objectives[0], id=key), *plan.objectives[1:])
    tables = (replace(plan.indicators[0], id=f"i{key}", objective=key), plan.indicators[1])
    plan = replace(plan, **changes, objectives=objectives, indicators=tables)
    edition = load_workspace(Workspace(plan), by=None).edition
    user = User.objects.create_user("planner@example.org")
    Membership.objects.create(user=user, organisation=edition.organisation)
    client = signed_in(user)
    page = client.get(reverse("objective", kwargs={"pk": edition.pk, "oid": key}))
    assert page.status_code == 200
    picture = LexborHTMLParser(page.content.decode()).css_first("figure img").attributes["src"]
    assert client.get(picture).status_code == 200
    for name in ("measure", "figures"):
        assert client.get(reverse(name, kwargs={"pk": edition.pk, "mid": f"i{key}"})).status_code == 200


@given(st.text())
@example("=1+1")
@example(" =1+1")
@example("\t=1")
@example("-2+3")
@example("+44 20")
@example("@SUM(A1)")
@example("-4.5")
def test_no_cell_of_a_download_runs(text: str) -> None:
    cell = safe_cell(text)
    assert cell.endswith(text)
    starts_like_a_formula = cell.lstrip(" ")[:1] in set("=+-@\t\r\n|%")
    assert not starts_like_a_formula or re.fullmatch(r"[+-]?[0-9]+\.?[0-9]*|[+-]?\.[0-9]+", cell)


def test_downloads_are_safe(hostile: tuple[int, Any]) -> None:
    pk, client = hostile
    text = client.get(f"/plans/{pk}/search/commitments.csv").content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        assert all(not cell.startswith(("=", "+", "@")) for cell in row)
