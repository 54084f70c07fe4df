"""A small plan in every state, and what holds of every page; shared by the tests of the server."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from trigpoint.checks.finding import Finding, Severity
from trigpoint.plans.model import (
    Baseline,
    Comparator,
    Deliverable,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Link,
    Milestone,
    Objective,
    Plan,
    Polarity,
    Progress,
    Risk,
    RiskScore,
    Scope,
    SuccessMeasure,
    Target,
    Theme,
    Update,
)
from trigpoint.web.accounts.models import User

CSP = {
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
AT = date(2026, 11, 30)


def make_plan(organisation: str = "NHS Example ICB") -> Plan:
    """Two themes, three objectives, every state that a commitment can be in, one measure with two areas."""
    target = Target("access", Decimal("16.8"), "%", Comparator.AT_LEAST, "2026/27 Q3")
    values = {"2024/25": Decimal("50.0"), "2025/26": Decimal("52.5"), "2026/27": Decimal("55.0")}
    actual = {"2024/25": Decimal("50.0"), "2025/26": Decimal("51.0")}
    return Plan(
        title="Operational plan 2026/27",
        organisation=organisation,
        years=("2026/27",),
        edition="First edition",
        as_at=AT,
        notice="An invented plan.",
        themes=(Theme("t1", "1", "Urgent care"), Theme("t2", "2", "Planned care")),
        objectives=(
            Objective(
                "o1", "t1", "1.1", "Fewer waits at the front door", (Lead(role="Chief Nurse", accountable=True),),
                ("Quality Committee",), Baseline("Amber", Decimal("67.3"), "%"), "People are seen in time.",
            ),
            Objective("o2", "t1", "1.2", "Home sooner", (Lead(role="Chief Operating Officer"),), ("Delivery Board",)),
            Objective("o3", "t2", "2.1", "Nothing agreed yet"),
        ),
        deliverables=(
            Deliverable("d1", "o1", "Open the hub", date(2026, 9, 30), "By the end of Q2", "2026/27 Q2"),
            Deliverable(
                "d2", "o1", "Second hub", date(2026, 12, 31), "By Q3", "2026/27 Q3", Scope.LOCAL, "North",
                targets=(target,),
            ),
            Deliverable("d3", "o1", "Third hub", column="2026/27 Q4", scope=Scope.LOCAL),
            Deliverable(
                "d4", "o2", "Discharge team in place", number="4", detail="Seven days a week.",
                leads=(Lead(role="Head of Discharge"),), partners=("Community Trust", "Council"),
            ),
            Deliverable("d5", "o2", "Late but done", date(2026, 6, 30), "By June 26", "2026/27 Q1"),
        ),
        milestones=(
            Milestone("m1", "o2", "d4", "Recruit the team", column="2026/27 Q1"),
            Milestone("m2", "o2", "d4", "Train the team", date(2027, 6, 30), "By June 27", "2027/28 Q1"),
            Milestone("m3", "o1", "", "Board approves", date(2026, 12, 5)),
        ),
        measures=(SuccessMeasure("s1", "o1", "d1", "Access rises", (target,)),),
        links=(Link("o1", "Winter plan"),),
        indicators=(
            IndicatorTable(
                "i1", "Access", "%", "percentage", Polarity.HIGHER, 1, "o1", "Published figures", "A note",
                (IndicatorRow("North", "target", values), IndicatorRow("North", "actual", actual),
                 IndicatorRow("South", "target", values), IndicatorRow("South", "actual", actual)),
            ),
            IndicatorTable("i2", "One figure only", rows=(IndicatorRow("", "actual", {"": Decimal(7)}),)),
        ),
        risks=(
            Risk(
                "r1", "Too few nurses", "Posts stay empty over winter.", Decimal(250000), number="R1",
                category="Workforce", leads=(Lead(role="Chief Nurse"),),
                inherent=RiskScore(Decimal(5), Decimal(4), Decimal(20)),
                current=RiskScore(Decimal("3.3333333333"), Decimal(4), Decimal("13.5")), target=RiskScore(words="Low"),
                scale="1-5", controls="Bank staff", gaps="No weekend cover",
            ),
            Risk("r2", "Building not ready", ""),
        ),
        updates=(
            Update("d5", date(2026, 8, 1), Progress.COMPLETE, date(2026, 7, 15), note="Opened"),
            Update("m1", date(2026, 8, 1), Progress.COMPLETE, date(2026, 6, 1)),
            Update("d2", AT, Progress.AT_RISK, forecast=date(2027, 2, 1), illustrative=True, note="Slow"),
        ),
    )  # fmt: skip


FINDINGS = (
    Finding("MISSING_MEASURE", Severity.ERROR, "No measure.", 3, "Home sooner", {"objective": "o2"}),
    Finding("PLAN_YEAR_MISSING", Severity.INFO, "The title names no year.", None, "", {"file": "plan.toml"}),
    *(Finding("BACK_REFERENCE", Severity.WARNING, f"Number {n}.", n, "As above", {"item": "d1"}) for n in range(6)),
)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def check_headers(headers: Mapping[str, str]) -> None:
    """The policy is exactly the strict one: nothing more is allowed than is known to be needed."""
    check_security_headers(headers)
    assert set(headers["Content-Security-Policy"].split("; ")) == CSP
    assert "private" in headers["Cache-Control"]


def check_security_headers(headers: Mapping[str, str]) -> None:
    """What every answer carries, whatever it is: a page, a file, a redirect, an error."""
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-eval'" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers.get("Server", "") == ""


def check_page(tree: LexborHTMLParser) -> None:
    """Structure, names, and nothing that the policy would have to forgive."""
    assert tree.css_first("html").attributes["lang"] == "en-GB"
    title = tree.css_first("title").text()
    assert title.endswith("– Trigpoint")
    assert title.startswith("–") is False
    assert len(tree.css("h1")) == 1
    assert len(tree.css("main#maincontent")) == 1
    assert tree.css_first("a.nhsuk-skip-link").attributes["href"] == "#maincontent"
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids)), sorted(key for key in ids if ids.count(key) > 1)
    _check_headings(tree)
    _check_names(tree, set(ids))
    _check_nothing_inline(tree)


def _check_headings(tree: LexborHTMLParser) -> None:
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels)), levels
    assert all(node.text(strip=True) for node in tree.css("h1, h2, h3, h4"))


def _check_names(tree: LexborHTMLParser, ids: set[str | None]) -> None:
    labelled = {node.attributes.get("for") for node in tree.css("label")}
    for node in tree.css("input, select, textarea"):
        assert node.attributes.get("type") == "hidden" or node.attributes.get("id") in labelled, node.html
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        for node in tree.css(f"[{name}]"):
            assert set((node.attributes[name] or "").split()) <= ids, node.html
    for node in tree.css("table"):
        assert node.css_first("caption") is not None
        assert all(cell.attributes.get("scope") for cell in node.css("th"))
    for node in tree.css("img"):
        assert node.attributes.get("alt")
    for node in tree.css("a[href^='#']"):
        assert node.attributes["href"][1:] in ids, node.html  # type: ignore[index]
    for node in tree.css("a, button"):
        assert node.text(strip=True), node.html


def _check_nothing_inline(tree: LexborHTMLParser) -> None:
    assert not tree.css("style, [style], iframe, object, embed, base, meta[http-equiv]")
    assert all(node.attributes.get("src") and not node.text(strip=True) for node in tree.css("script"))
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            if name in {"href", "src", "action", "formaction"}:
                assert not re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", value or "", re.IGNORECASE), node.html
