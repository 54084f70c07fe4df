"""``Document`` → ``PlanDraft``: what the document says, for a person to review. Nothing is invented."""

from __future__ import annotations

from dataclasses import replace

from trigpoint.documents.assembly import Items, assemble, source
from trigpoint.documents.columns import OWNERS, Column, ColumnKind
from trigpoint.documents.finance import read_finance
from trigpoint.documents.growth import read_growth
from trigpoint.documents.identity import identify
from trigpoint.documents.indicators import read_indicators
from trigpoint.documents.loose import read_loose
from trigpoint.documents.reading import Reading
from trigpoint.documents.risks import read_risks
from trigpoint.documents.rows import read_heading, read_row
from trigpoint.documents.tables import Event, Header, Heading, Row, plan_events
from trigpoint.periods import FinancialYear
from trigpoint.plans.document import Document
from trigpoint.plans.draft import Note, NoteKind, PlanDraft
from trigpoint.plans.model import Plan

NO_PLAN = "this is no plan: there is no table with objectives, deliverables or actions, and no dated commitment"


def interpret(document: Document) -> PlanDraft:
    """The plan in a document, every field with its source, every repair and inference noted.

    A document without a plan table or dated commitment gives an empty plan and a note that says why.

    >>> from trigpoint.documents.text import parse_text
    >>> table = "Priorities\\tKey deliverables\\nSafer care\\tA new ward by March 2018"
    >>> interpret(parse_text(table.encode(), "plan.txt")).plan.deliverables[0].due
    datetime.date(2018, 3, 31)
    """
    identity = identify(document)
    events = plan_events(document, identity.years)
    reading = Reading(identity.title, notes=list(identity.notes))
    _read_events(reading, events, identity.years)
    items = assemble(reading, identity.years)
    if identity.line:
        items.sources["title"] = source([identity.line], identity.title)
    labels = tuple(year.label for year in identity.years)
    plan = Plan(
        identity.title,
        identity.organisation,
        labels,
        themes=tuple(items.themes),
        objectives=tuple(items.objectives),
        deliverables=tuple(items.deliverables),
        milestones=tuple(items.milestones),
        measures=tuple(items.measures),
        links=tuple(items.links),
    )
    plan = _with_figures(plan, document, reading, items, {event.line for event in events})
    notes = [*reading.notes, *_not_found(items, events)]
    if not (plan.objectives or plan.deliverables or plan.milestones or plan.indicators):
        notes.append(Note(NoteKind.NOT_FOUND, NO_PLAN))
    return PlanDraft(plan, document, items.sources, tuple(sorted(notes, key=_by_line)))


def _with_figures(plan: Plan, document: Document, reading: Reading, items: Items, taken: set[int]) -> Plan:
    """The plan with what stands outside its plan tables: indicators, risks, finance, assumed growth."""
    indicators, sources, table_notes = read_indicators(document, taken)
    risks, risk_sources, risk_notes = read_risks(document, plan.years)
    finance, finance_sources = read_finance(document)
    growth, growth_sources = read_growth(document)
    for more in (sources, risk_sources, finance_sources, growth_sources):
        items.sources.update(more)
    reading.notes.extend((*table_notes, *risk_notes))
    return replace(plan, indicators=indicators, risks=risks, finance=finance, activity=growth)


def _by_line(note: Note) -> int:
    return note.line or 0


def _read_events(reading: Reading, events: tuple[Event, ...], years: tuple[FinancialYear, ...]) -> None:
    columns: tuple[Column, ...] = ()
    title: Heading | None = None
    for event in events:
        if isinstance(event, Header):
            columns = event.columns
            if event.swapped:
                text = "Two headings stand over each other's columns, as their cells show; they were exchanged"
                reading.note(NoteKind.REPAIRED, text, event.line)
            if title is not None and any(column.kind is ColumnKind.THEME for column in columns):
                reading.note(NoteKind.SKIPPED, f"The table's own title is no theme: {title.text}", title.line)
            elif title is not None:
                read_heading(reading, title)
            title = None
        elif isinstance(event, Heading):
            title = event
        elif isinstance(event, Row):
            read_row(reading, event)
        else:
            read_loose(reading, event, columns, years)


def _not_found(items: Items, events: tuple[Event, ...]) -> list[Note]:
    """Fields that the document does not have: once for a column that no table has, else item by item."""
    headers = [event for event in events if isinstance(event, Header)]
    if not headers:
        return []
    kinds = {column.kind for header in headers for column in header.columns}
    notes = []
    if not kinds & OWNERS:
        notes.append(Note(NoteKind.NOT_FOUND, "No table has a column for the lead", headers[0].line))
    else:
        notes += [
            Note(NoteKind.NOT_FOUND, f"No lead is named for “{row.title[:70]}”", items.sources[row.id].origin.line)
            for row in items.objectives
            if not row.leads
        ]
    names = {
        ColumnKind.MEASURE: "success measures",
        ColumnKind.BASELINE: "the baseline",
        ColumnKind.LINK: "related plans",
    }
    notes += [
        Note(NoteKind.NOT_FOUND, f"No table has a column for {name}", headers[0].line)
        for kind, name in names.items()
        if kind not in kinds
    ]
    return notes
