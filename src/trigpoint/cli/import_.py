"""`trigpoint import`: a document as people write it → a plan draft to review, JSON, or a workspace."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigpoint.characters import on_one_line, without_unprintable
from trigpoint.errors import InputError, Where
from trigpoint.wording import count

if TYPE_CHECKING:
    from rich.console import Console

    from trigpoint.plans.draft import PlanDraft

FIRST = 8
LONGEST_NOTE = 200
SMALL = 1_000_000
"""Up to this many bytes a document is read within a second or so, and nothing is shown meanwhile."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("import", short_help="Read a plan document; show, or write, what was found.")(import_document)


def import_document(
    file: Annotated[Path, typer.Argument(help="The plan: plain text, with tab-separated tables.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything read as one JSON object.")] = False,
    into: Annotated[Path | None, typer.Option(help="Write a plan workspace into this new folder.")] = None,
) -> None:
    """Read a plan document and say what was found, repaired, inferred and not found.

    Nothing is invented: what the document does not say stays empty and is listed. A document that is no plan
    is refused with the reason; with --json it gives the same object with empty lists and the reason as a note.

    Example:

    \b
    trigpoint import operational-plan.txt --into my-plan
    """
    draft = _read(file)
    if into is not None:
        _write(draft, into, file)
    if as_json:
        _print_json(draft)
    elif into is None:
        _refuse_empty(draft, file)
        _print_summary(draft)
    else:
        remarks = count(len(draft.notes), "remark")
        told = f"{remarks} on the reading: trigpoint import {file} shows them. Next: trigpoint check {into}"
        sys.stdout.write(on_one_line(f"Wrote {into}: {_counts(draft)}. {told}") + "\n")


def _read(file: Path) -> PlanDraft:
    from trigpoint.documents import interpret, read_document

    with _shown_while_reading(file):
        return interpret(read_document(file))


def _shown_while_reading(file: Path) -> AbstractContextManager[object]:
    """A moving sign on the terminal while a large document is read; nothing for a small one."""
    try:
        large = file.stat().st_size > SMALL
    except (OSError, ValueError):
        large = False  # the reader says what is wrong with the file
    if not large:
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status("Reading the document …")


def _print_json(draft: PlanDraft) -> None:
    from json import dumps

    from trigpoint.documents import to_contract

    sys.stdout.write(dumps(to_contract(draft), ensure_ascii=False, indent=1) + "\n")


def _refuse_empty(draft: PlanDraft, file: Path) -> None:
    from trigpoint.documents import NO_PLAN

    plan = draft.plan
    if not (plan.objectives or plan.deliverables or plan.milestones or plan.indicators):
        remedy = "check that its tables came through as lines with tabs between the cells"
        raise InputError(NO_PLAN, where=Where(file.name), remedy=remedy)


def _write(draft: PlanDraft, into: Path, file: Path) -> None:
    """Write the workspace, all or nothing; a plan without a title is called by its file's name."""
    from dataclasses import replace

    from trigpoint.plans import write_plan

    _refuse_empty(draft, file)
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise InputError(
            "there is something in this place already and an import never overwrites",
            where=str(into),
            remedy="import into a new folder and compare the two with: trigpoint diff",
        )
    write_plan(replace(draft.plan, title=draft.plan.title or without_unprintable(file.stem) or "Untitled plan"), into)


def _counts(draft: PlanDraft) -> str:
    plan = draft.plan
    parts = (
        (len(plan.themes), "theme"),
        (len(plan.objectives), "objective"),
        (len(plan.deliverables), "deliverable"),
        (len(plan.milestones), "milestone"),
        (len(plan.measures), "success measure"),
        (len(plan.indicators), "indicator table"),
        (len(plan.risks), "risk"),
        (len(plan.finance), "financial figure"),
        (len(plan.activity), "growth assumption"),
    )
    return ", ".join(count(number, noun) for number, noun in parts if number)


def _print_summary(draft: PlanDraft) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    plan = draft.plan
    console.print(plan.title or "Untitled plan", style="bold")
    console.print(f"{plan.organisation or 'organisation not found'} · {', '.join(plan.years) or 'years not found'}")
    console.print(_counts(draft))
    if plan.themes:
        table = Table("Theme", "Objectives", "Deliverables", "Milestones", box=None, pad_edge=False)
        for theme in plan.themes:
            mine = {row.id for row in plan.objectives if row.theme == theme.id}
            deliverables = sum(row.objective in mine for row in plan.deliverables)
            milestones = sum(row.objective in mine for row in plan.milestones)
            title = theme.heading
            table.add_row(title, str(len(mine)), str(deliverables), str(milestones))
        console.print()
        console.print(table)
    _print_notes(console, draft)


def _print_notes(console: Console, draft: PlanDraft) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from trigpoint.plans.draft import NoteKind

    headings = {
        NoteKind.NOT_FOUND: "Not found",
        NoteKind.INFERRED: "Inferred: please confirm",
        NoteKind.REPAIRED: "Repaired: please look",
        NoteKind.SKIPPED: "Not imported",
    }
    for kind, heading in headings.items():
        notes = [note for note in draft.notes if note.kind is kind]
        if notes:
            console.print(f"\n{heading} ({len(notes)})", style="bold")
        for note in notes[:FIRST]:
            line = f"line {note.line}: " if note.line else ""
            text = note.text if len(note.text) <= LONGEST_NOTE else note.text[:LONGEST_NOTE] + "…"
            console.print(Padding.indent(Text(f"{line}{text}"), 2))
        if len(notes) > FIRST:
            console.print(f"  … and {len(notes) - FIRST} more: --json lists them all")
