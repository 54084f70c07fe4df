"""The page on what the checks say: what it lists, what it escapes, and what makes it usable by everyone."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest

from trigpoint.checks import Checked, Finding, Severity, Waived
from trigpoint.plans.document import Format
from trigpoint.plans.model import Objective, Plan
from trigpoint.plans.workspace import Waiver
from trigpoint.reports.findings import findings_report
from trigpoint.reports.render.findings_page import to_html

ON = date(2026, 4, 1)
NASTY = "<script>alert(1)</script>\" & 'so on'"
PLAN = Plan(f"Plan {NASTY}", "A place", ("2026/27",), objectives=(Objective("o1", "", "1", "Better care"),))
WHERE = {"page": "2", "table": "1", "row": "7", "objective": "o1"}
FINDINGS = (
    Finding("MISSING_MEASURE", Severity.ERROR, f"No measure {NASTY}.", 3, f"Words {NASTY}", WHERE),
    Finding("MISSING_MEASURE", Severity.ERROR, "No measure.", 9, "Second", WHERE),
    Finding("NON_ACTION", Severity.WARNING, "No action.", 4, "No plans", WHERE),
    Finding("SPELLING", Severity.INFO, "Misspelt.", None, "Dudly"),
)
WAIVED = Waived(
    Finding("SPELLING", Severity.INFO, "Misspelt.", 8, "Kingswinfrd"),
    Waiver("SPELLING", "", "Kingswinfrd", f"A name {NASTY}", "Editor", date(2026, 3, 1)),
)
CHECKED = Checked(f"plan {NASTY}.docx", PLAN, FINDINGS, (WAIVED,), Format.WORD)


class Reading(HTMLParser):
    """What a page has: its elements, its ids, where its links lead, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if tag not in {"meta", "link", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


@pytest.fixture(scope="module")
def page() -> Reading:
    return Reading(to_html(findings_report(CHECKED, ON)))


def test_nothing_of_a_plan_becomes_mark_up_and_nothing_is_fetched() -> None:
    text = to_html(findings_report(CHECKED, ON))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import|https?://""", text)
    assert "Content-Security-Policy" in text


def test_what_cannot_be_printed_is_left_out() -> None:
    found = Finding("SPELLING", Severity.INFO, "Ward\x00 7\x1b[31m", 3, "\u202eopens")
    text = to_html(findings_report(Checked("plan", PLAN, (found,)), ON))
    assert not re.search("[\x00\x1b\u202e]", text)
    assert "Ward 7[31m" in text


def test_the_page_is_well_formed_and_its_links_lead_somewhere(page: Reading) -> None:
    assert page.open == []
    assert max(Counter(page.ids).values()) == 1
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_headings_go_down_one_step_at_a_time(page: Reading) -> None:
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert Counter(page.tags)["main"] == 1


def test_the_page_has_the_verdict_the_concerns_and_every_finding(page: Reading) -> None:
    words = " ".join(page.words.split())
    assert "This plan is not ready to submit: it has 2 errors and 1 warning." in words
    assert "Success could not be shown: 2 deliverables have no success measure." in words
    assert "2 errors, 1 warning, 1 remark; 1 waived." in words
    assert "read as Word; checked on 1 April 2026." in words
    for finding in FINDINGS:
        assert finding.message in words
        assert finding.fragment in words
    assert words.count("page 2, table 1, row 7") == 6, "three rows of findings, three places of concerns"


def test_each_severity_and_rule_is_told_once_with_its_remedy(page: Reading) -> None:
    report = findings_report(CHECKED, ON)
    assert [(part.name, part.total, len(part.parts)) for part in report.parts] == [
        ("Errors", 2, 1), ("Warnings", 1, 1), ("Remarks", 1, 1),
    ]  # fmt: skip
    for part in report.parts:
        for each in part.parts:
            assert each.title.endswith(".")
            assert each.remedy.endswith(".")


def test_waived_findings_have_reason_name_and_dates(page: Reading) -> None:
    words = " ".join(page.words.split())
    assert "Editor, 1 March 2026; until 2 March 2027" in words
    assert "A name <script>" in words


def test_the_least_severity_narrows_the_list_and_says_so() -> None:
    report = findings_report(CHECKED, ON, Severity.ERROR)
    assert [part.severity for part in report.parts] == [Severity.ERROR]
    assert report.totals == "2 errors, 1 warning, 1 remark; 1 waived."
    assert report.shown_alone == "Not listed here: warnings and remarks."
    assert report.key(FINDINGS[0]) == "finding-1"
    assert report.key(FINDINGS[2]) == ""
    assert "Not listed here: warnings and remarks." in to_html(report)


def test_a_plan_without_findings_has_a_page_too() -> None:
    page = Reading(to_html(findings_report(Checked("plan", PLAN, ()), ON)))
    assert "The checks found nothing that a regulator would object to." in page.words
    assert "table" not in page.tags
    assert "ol" not in page.tags
