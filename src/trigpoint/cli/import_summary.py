"""What a document is and what was read in it, on a terminal: counts, places, what needs a decision, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trigpoint.characters import on_one_line
from trigpoint.cli.proposal_words import FIRST, console, cut, placed
from trigpoint.documents.review import propose
from trigpoint.documents.review.fields import TABLES, TableForm
from trigpoint.documents.review.pairing import keys_of
from trigpoint.periods.labels import long_date
from trigpoint.plans.document import BlockKind, Origin, Remark, RemarkKind
from trigpoint.plans.draft import NoteKind, PlanDraft
from trigpoint.plans.model import Plan
from trigpoint.wording import capital, count, listed


def counts(plan: Plan) -> str:
    """How many rows of each kind there are, in words."""
    rows = ((len(table.rows(plan)), table) for table in TABLES.values())
    return ", ".join(count(number, table.noun) for number, table in rows if number)


def print_summary(draft: PlanDraft) -> None:
    """What the document is, how much of each kind was found and where, and what was not found or not imported."""
    out = console()
    plan, document = draft.plan, draft.document
    out.print(on_one_line(plan.title or "Untitled plan"), style="bold")
    out.print(
        on_one_line(f"{plan.organisation or 'organisation not found'} · {', '.join(plan.years) or 'years not found'}")
    )
    out.print(on_one_line(f"{document.name}: {capital(document.format.value)}{_sureness(draft)}"))
    out.print(counts(plan))
    if draft.statuses:
        out.print(_statuses(draft))
    if plan.themes:
        out.print()
        out.print(_by_theme(plan))
    out.print()
    out.print(_by_kind(draft))
    _print_remarks(out, draft)
    for kind, heading in ((NoteKind.NOT_FOUND, "Not found"), (NoteKind.SKIPPED, "Not imported")):
        notes = [placed(note.text, draft.document.spot(note.line)) for note in draft.notes if note.kind is kind]
        _print_list(out, heading, notes)


def _sureness(draft: PlanDraft) -> str:
    if draft.document.sureness >= 1:
        return ""
    return f", which tells its tables by the position of words: {draft.document.sureness:.0%} sure at most"


def _statuses(draft: PlanDraft) -> str:
    day = long_date(draft.as_at) if draft.as_at else "a date that the document does not say"
    return f"{count(len(draft.statuses), 'status', 'statuses')}, as at {day}"


def _by_theme(plan: Plan) -> Table:
    table = Table("Theme", "Objectives", "Deliverables", "Milestones", box=None, pad_edge=False)
    theme_of = {row.id: row.theme for row in plan.objectives}
    objectives = Counter(theme_of.values())
    deliverables = Counter(theme_of.get(row.objective) for row in plan.deliverables)
    milestones = Counter(theme_of.get(row.objective) for row in plan.milestones)
    for theme in plan.themes:
        numbers = (objectives[theme.id], deliverables[theme.id], milestones[theme.id])
        table.add_row(on_one_line(theme.heading), *map(str, numbers))
    return table


def _by_kind(draft: PlanDraft) -> Table:
    """Where each kind of row was found, and how many of them need a look."""
    unsure = Counter(one.table for one in propose(draft) if not one.sure)
    table = Table("Found", "Where", "To look at", box=None, pad_edge=False)
    for kind in TABLES.values():
        rows = kind.rows(draft.plan)
        if rows:
            table.add_row(count(len(rows), kind.noun), _where(draft, kind), str(unsure[kind.name] or "none"))
    return table


def _where(draft: PlanDraft, kind: TableForm) -> str:
    """The stretch of the document that rows of one kind stand in, in the words of its format."""
    lines = [
        source.origin.line
        for key in keys_of(kind, draft.plan)
        if (source := draft.sources.get(key) or draft.sources.get(f"{key}/0")) and source.origin.line is not None
    ]
    origins = [draft.document.locate(line) for line in lines]
    sheets = list(dict.fromkeys(origin.sheet for origin in origins if origin.sheet))
    if sheets:
        return f"{'sheet' if len(sheets) == 1 else 'sheets'} {listed([on_one_line(sheet) for sheet in sheets[:4]])}"
    if not draft.document.format.lined:
        for name in ("page", "table"):
            if found := _numbers(name, origins):
                return found
        return "headings" if all(kind is BlockKind.HEADING for kind in _kinds(draft, lines)) else "running text"
    return _numbers("line", origins)


def _kinds(draft: PlanDraft, lines: Iterable[int]) -> list[BlockKind]:
    blocks = draft.document.blocks
    return [blocks[line - 1].kind for line in lines if 1 <= line <= len(blocks)]


def _numbers(name: str, origins: Sequence[Origin]) -> str:
    numbers = sorted({number for origin in origins if (number := getattr(origin, name)) is not None})
    if not numbers:
        return ""
    return f"{name} {numbers[0]}" if len(numbers) == 1 else f"{name}s {numbers[0]} to {numbers[-1]}"


def _print_remarks(out: Console, draft: PlanDraft) -> None:
    found = [placed(_told(remark), _spot(draft, remark.origin)) for remark in draft.document.remarks]
    _print_list(out, "What else is in the file", found)


def _told(remark: Remark) -> str:
    is_bare = remark.kind is RemarkKind.COMMENT and "comment" not in remark.text.lower()
    return f"Comment: “{remark.text}”" if is_bare else remark.text


def _spot(draft: PlanDraft, origin: Origin) -> str:
    return draft.document.spot(origin.line)


def _print_list(out: Console, heading: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    out.print(f"\n{heading} ({len(lines)})", style="bold")
    for line in lines[:FIRST]:
        out.print(Padding.indent(Text(cut(line)), 2))
    if len(lines) > FIRST:
        out.print(f"  … and {len(lines) - FIRST:,} more: --json lists them all")
