"""What is no plan is said to be none, with the reason, and yields nothing."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from trigpoint.documents import interpret, parse_text, read_document
from trigpoint.errors import InputError
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Plan

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"

OTHERS = {
    "minutes, even with a log of actions": (
        "Minutes of the meeting of the Quality Committee\n\nPresent: the Chair\nApologies: none\n"
        "Declarations of interest\nNone.\nMatters arising\n\nAction\tOwner\tBy when\n"
        "Circulate the paper\tChief Nurse\t1 May 2026\nBook the room\tSecretary\t8 May 2026\n\n"
        "Any other business\nNone.\n",
        ("minutes of a meeting", "2 rows of actions", "document of its own"),
    ),
    "a transcript": (
        "".join(
            f"{who}: We will have that done by March 2027, I promise.\n" for who in ("Chair", "Ada Poe", "Bo Ray") * 4
        ),
        ("transcript of what was said",),
    ),
    "a letter": (
        "Dear Ada\n\nThank you for the plan. We will write to you by 30 June 2026.\nWe will visit by July 2026.\n"
        "We will reply by August 2026.\n\nYours sincerely\nBo\n",
        ("a letter", "no table"),
    ),
    "a constitution": (
        "The Constitution of Fell CCG\n\n1. Standing orders\nThe quorum is five.\n2. Scheme of delegation\n"
        "The accounts will be published by 30 September each year.\n",
        ("constitution",),
    ),
    "a licence": (
        "Licence\nCopyright holders grant a licence to redistribute.\nThere is no warranty and no liability.\n",
        ("licence",),
    ),
    "a price list": (
        "Price list 2026/27\n\nItem\tUnit price\tPrice excl. VAT\nBed\t£400\t£333\nChair\t£40\t£33\nDesk\t£90\t£75\n",
        ("a price list", "“Item”"),
    ),
    "a table of statistics": (
        "Period\tOrg code\tAttendances\tOver 4 hours\nApril 2026\tRXX\t10,000\t900\nMay 2026\tRXX\t11,000\t800\n",
        ("1 table of figures", "no column of objectives, deliverables or actions", "“Org code”"),
    ),
    "a table of contacts": (
        "Name\tTelephone\tRoom\nFront desk\text. one\tHall\nPorters\text. two\tYard\n",
        ("1 table with no column", "“Telephone”"),
    ),
    "prose with a date or two": (
        "We met and talked, and it was good. The ward opened in May 2025.\nThe report will be out by June 2026.\n",
        ("it has no table", "only 1 dated commitment"),
    ),
    "a glossary of planning words": (
        "Term\tMeaning\tExample\nObjective\twhat is to be achieved\tShorter waits\n"
        "Deliverable\twhat will exist\tA ward\nMilestone\ta step\tA lease\n",
        ("no column of objectives",),
    ),
}


def yields_nothing(draft: PlanDraft) -> bool:
    held = [
        getattr(draft.plan, field.name)
        for field in fields(Plan)
        if field.name not in ("title", "organisation", "years")
    ]
    return not any(held) and not draft.sources and not draft.statuses


def reason(draft: PlanDraft) -> str:
    return next((note.text for note in draft.notes if note.text.startswith("this is no plan: ")), "")


@pytest.mark.parametrize("why", OTHERS)
def test_another_document_yields_nothing_but_the_reason(why: str) -> None:
    text, said = OTHERS[why]
    draft = interpret(parse_text(text.encode(), "other.txt"))
    assert yields_nothing(draft)
    assert [words for words in said if words not in reason(draft)] == []


OWN = ["README.md", "DEVELOPERS.md", "LICENSE", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize("name", OWN)
def test_the_project_s_own_documents_are_no_plans(name: str) -> None:
    draft = interpret(read_document(ROOT / name))
    assert yields_nothing(draft)
    assert reason(draft)


def other_files() -> list[Path]:
    """Designs, notes and published statistics; large files are left out for time."""
    found = [*SHARED.glob("design/*.md"), *SHARED.glob("reference/*.md"), *SHARED.glob("data/*/SOURCE.txt")]
    found += [path for path in SHARED.glob("data/*/*.csv") if path.stat().st_size < 200_000]
    return sorted(found)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference folder is not beside the checkout")
def test_designs_and_published_statistics_are_no_plans() -> None:
    wrong = []
    for path in other_files():
        try:
            draft = interpret(read_document(path))
        except InputError:
            continue  # what cannot be read is no plan either, and its reader's tests say why
        if not yields_nothing(draft) or not reason(draft):
            wrong.append(path.name)
    assert wrong == []
