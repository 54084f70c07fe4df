"""From a Word document to an edition of a plan, in a browser, on a server of its own that reads in the background."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_steps import AXE, violations
from docx import Document
from playwright.sync_api import BrowserContext, Locator, Page, expect

HEADINGS = ("Priorities", "Key deliverables", "Lead", "2027/28 actions / milestones")
ROWS = (
    ("Fewer waits at the front door", "A new hub open by September 2027", "Chief Nurse", "Recruit by June 2027"),
    ("Home sooner", "Discharge team in place by Q3", "Chief Operating Officer", "Agree the model by May 2027"),
    ("Shorter lists", "Two more theatres open by March 2028", "Medical Director", "Approve the case by July 2027"),
)
READING_MILLISECONDS = 60_000


def word_plan(path: Path, rows: tuple[tuple[str, ...], ...] = ROWS) -> Path:
    """A small plan as people write it: a heading and a table."""
    document = Document()
    document.add_heading("Operational Plan 2027/28", level=1)
    document.add_paragraph("NHS Dudley CCG")
    table = document.add_table(rows=1, cols=len(HEADINGS))
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


@pytest.fixture
def address(served: str) -> str:
    return served


def send(page: Page, file: Path, of: str = "") -> None:
    """From the list of plans to the result of a reading."""
    page.goto("/")
    page.get_by_role("link", name="Import a plan").click()
    page.get_by_label("Choose a file").set_input_files(file)
    if of:
        page.get_by_label("Is it a new edition").select_option(label=of)
    page.get_by_role("button", name="Upload and read it").click()
    page.get_by_role("heading", name="What the document is").wait_for(timeout=READING_MILLISECONDS)


def card(page: Page, words: str) -> Locator:
    """One reading of the review."""
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=words))


def test_from_a_word_document_to_an_edition(opened: Page, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    edition = f"Edition {request.node.callspec.id}"
    send(opened, word_plan(tmp_path / "plan.docx"))
    opened.get_by_role("button", name="Start the review").click()

    doubtful = card(opened, "Discharge team in place by Q3")
    expect(doubtful.locator("blockquote")).to_contain_text("Discharge team in place by Q3")
    expect(doubtful).to_contain_text("table 1")
    expect(doubtful).to_contain_text("Needs your decision")

    opened.get_by_role("button", name=re.compile(r"^Accept all \d+ sure ones")).click()
    expect(opened.get_by_text(re.compile(r"Accepted: \d+ readings"))).to_be_visible()

    card(opened, "Discharge team in place by Q3").get_by_role("link", name="Correct").click()
    opened.get_by_label("Due", exact=True).fill("some day")
    opened.get_by_role("button", name="Save").click()
    expect(opened.get_by_role("alert")).to_contain_text("is no date")
    opened.get_by_label("Due", exact=True).fill("30 November 2027")
    opened.get_by_role("button", name="Save").click()
    expect(opened.get_by_text("Corrected: Discharge team in place by Q3")).to_be_visible()

    opened.get_by_role("link", name=re.compile("^All ")).click()
    theatres = card(opened, "Approve the case by July 2027")
    theatres.get_by_role("button", name="Undo").click()
    card(opened, "Approve the case by July 2027").get_by_role("button", name="Skip").click()
    expect(card(opened, "Approve the case by July 2027")).to_contain_text("Skipped by Demonstration")

    opened.get_by_role("link", name="Go to the end of the review").click()
    opened.get_by_label("Name of this edition").fill(edition)
    opened.get_by_role("button", name="Make the edition").click()
    opened.get_by_role("main").get_by_role("link", name=edition).click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Operational Plan 2027/28")
    opened.locator(".app-table--objectives").get_by_role("link", name="Home sooner").click()
    expect(opened.get_by_role("main")).to_contain_text("30 Nov 2027")
    expect(opened.get_by_role("main")).not_to_contain_text("Approve the case")


def test_a_later_edition_shows_old_words_beside_new_ones(
    watched: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = watched().new_page()
    send(page, word_plan(tmp_path / "first.docx"))
    page.get_by_role("button", name="Start the review").click()
    page.get_by_role("link", name=re.compile("^All ")).click()
    page.get_by_role("button", name=re.compile(r"^Accept the \d+ undecided on this page")).click()
    page.get_by_role("link", name="Go to the end of the review").click()
    page.get_by_label("Name of this edition").fill("First")
    page.get_by_role("button", name="Make the edition").click()

    moved = (*ROWS[:2], (ROWS[2][0], ROWS[2][1].replace("March 2028", "June 2028"), *ROWS[2][2:]))
    send(page, word_plan(tmp_path / "second.docx", moved), of="Operational Plan 2027/28 – First")
    page.get_by_role("button", name="Start the review").click()
    changed = card(page, "Two more theatres open by")
    expect(changed).to_contain_text("Changed")
    expect(changed.locator("ins").filter(has_text="30 June 2028")).to_be_visible()
    expect(changed.locator("del").filter(has_text="31 March 2028")).to_be_visible()


def test_what_is_no_plan_is_said_to_be_none(watched: Callable[..., BrowserContext], tmp_path: Path) -> None:
    page = watched().new_page()
    file = tmp_path / "minutes.txt"
    file.write_text("The group has a constitution.\n\nIts members meet in public.\n")
    page.goto("/imports/")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Upload and read it").click()
    page.get_by_role("heading", name="This document is no plan").wait_for(timeout=READING_MILLISECONDS)
    page.get_by_role("link", name="Discard this import").click()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_role("status")).to_contain_text("its file was deleted")
    expect(page.get_by_role("main")).not_to_contain_text("minutes.txt")


def test_what_a_keyboard_decides_keeps_its_place(watched: Callable[..., BrowserContext], tmp_path: Path) -> None:
    page = watched().new_page()
    send(page, word_plan(tmp_path / "plan.docx"))
    page.get_by_role("button", name="Start the review").click()
    page.get_by_role("link", name=re.compile("^All ")).click()
    article = card(page, "Agree the model by May 2027")
    article.get_by_role("button", name="Accept").press("Enter")
    expect(article).to_be_focused()
    expect(article).to_contain_text("Accepted by Demonstration")
    page.keyboard.press("Tab")
    expect(article.get_by_role("button", name="Undo")).to_be_focused()


@pytest.mark.skipif(not AXE.is_file(), reason="axe is not installed (npm ci)")
@pytest.mark.parametrize("width", [1280, 320], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    watched: Callable[..., BrowserContext], tmp_path: Path, width: int
) -> None:
    context = watched(bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    send(page, word_plan(tmp_path / "plan.docx"))
    home = page.url
    paths = {
        "plans": "/",
        "imports": "/imports/",
        "result": home,
        "review": f"{home}review/",
        "what needs a decision": f"{home}review/?show=doubtful",
        "correction": f"{home}review/3/",
        "summary": f"{home}summary/",
        "discard": f"{home}discard/",
    }
    found: dict[str, list[str]] = {}
    wide: dict[str, int] = {}

    def look(name: str) -> None:
        found[name] = violations(page)
        wide[name] = page.evaluate("document.documentElement.scrollWidth")

    for name, path in paths.items():
        page.goto(path)
        look(name)
    page.goto("/imports/")
    page.get_by_role("button", name="Upload and read it").click()
    look("nothing chosen")
    page.goto(f"{home}review/?show=doubtful")
    page.get_by_role("button", name=re.compile(r"^Accept\s?:")).first.click()
    look("after a decision")
    page.get_by_role("link", name=re.compile("^All ")).click()
    card(page, "Home sooner").get_by_role("link", name="Correct").click()
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save").click()
    look("a mistake")
    page.goto(f"{home}review/")
    page.get_by_role("button", name=re.compile("^Accept all")).click()
    page.goto(f"{home}summary/")
    page.get_by_label("Title of the plan").fill("")
    page.get_by_role("button", name="Make the edition").click()
    look("a plan without a title")
    assert {name: broken for name, broken in found.items() if broken} == {}
    assert {name: pixels for name, pixels in wide.items() if pixels > width} == {}
