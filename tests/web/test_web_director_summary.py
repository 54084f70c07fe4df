"""What a regulator would object to first, at the top of the page of checks."""

from __future__ import annotations

from web_sample import make_plan

from trigpoint.plans.workspace import Workspace
from trigpoint.web.register.models import Edition
from trigpoint.web.register.services import load_workspace


def test_the_page_opens_with_the_verdict_and_the_objections(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/checks/")
    words = " ".join(tree.css_first("main").text().split())
    assert "This plan is not ready to submit: it has 1 error and 6 warnings." in words
    told = [node.text() for node in tree.css("[aria-labelledby=first] li strong")]
    assert told == [
        "Success could not be shown: one deliverable has no success measure.",
        "Content stands where readers will not look for it: 6 cells only point at others (“as above”).",
    ]
    links = [node.attributes["href"] for node in tree.css("[aria-labelledby=first] a")]
    assert links
    assert all(link and f"/plans/{edition.pk}/objectives/" in link for link in links)


def test_a_page_of_one_severity_keeps_the_verdict_and_leaves_the_objections_out(page, edition: Edition) -> None:
    tree = page(f"/plans/{edition.pk}/checks/?severity=warning")
    assert "This plan is not ready to submit" in tree.css_first("main").text()
    assert tree.css_first("[aria-labelledby=first]") is None


def test_a_plan_without_findings_says_so(page, edition: Edition) -> None:
    loaded = load_workspace(Workspace(make_plan()), by=None, findings=()).edition
    words = page(f"/plans/{loaded.pk}/checks/").css_first("main").text()
    assert "The checks found nothing that a regulator would object to." in words
