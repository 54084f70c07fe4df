"""``Document`` → ``PlanDraft``: what the document says, for a person to review. Nothing is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trigpoint.documents.as_at import AsAt, statuses_as_at
from trigpoint.documents.assembly import Items, assemble, source
from trigpoint.documents.events import Event, Row
from trigpoint.documents.finance import read_finance
from trigpoint.documents.growth import read_growth
from trigpoint.documents.identity import PLAN_WORD, Identity, identify
from trigpoint.documents.indicators import read_indicators
from trigpoint.documents.layout_words import repeats_others
from trigpoint.documents.loose import read_loose
from trigpoint.documents.other_documents import other_kind, why_no_plan
from trigpoint.documents.page_cuts import joined_over_pages
from trigpoint.documents.prose import beside_tables, is_plan, lost_tables, promises, read_promises
from trigpoint.documents.reading import Reading
from trigpoint.documents.remarks import key_notes, missing_notes, remark_notes, together, unread_tables
from trigpoint.documents.repeats import Tables
from trigpoint.documents.risk_tables import read_registers
from trigpoint.documents.risks import read_risks, risks_of_rows
from trigpoint.documents.runs import Run, table_runs
from trigpoint.documents.status_key import status_key
from trigpoint.documents.tables import plan_events
from trigpoint.documents.walk import read_events
from trigpoint.plans.document import Document, Format
from trigpoint.plans.draft import Note, NoteKind, PlanDraft, Source
from trigpoint.plans.model import Plan

NO_PLAN = "this is no plan: there is no table with objectives, deliverables or actions, and no dated commitment"
"""The reason in short; the note of a draft says what was found instead."""


def interpret(document: Document) -> PlanDraft:
    """The plan in a document, every field with its source, every repair and inference noted.

    A document without a plan table or dated commitment gives an empty plan and a note that says why.

    >>> from trigpoint.documents.readers.text import parse_text
    >>> table = "Priorities\\tKey deliverables\\nSafer care\\tA new ward by March 2018"
    >>> interpret(parse_text(table.encode(), "plan.txt")).plan.deliverables[0].due
    datetime.date(2018, 3, 31)
    """
    runs = table_runs(document)
    identity = identify(document, runs)
    kind = other_kind(document)
    events = joined_over_pages(plan_events(document, identity.years, runs), document)
    rows = sum(isinstance(event, Row) for event in events)
    if kind is not None and kind.whole:
        events = ()
    reading, commitments = read_events(document, events, identity), 0
    if not events and kind is None:
        commitments = _read_prose(reading, document, identity)
    elif kind is None and document.format is not Format.TEXT and any(isinstance(event, Row) for event in events):
        _read_beside(reading, document, events, identity)
    key = status_key(document, runs, {event.line for event in events if isinstance(event, Row)})
    items = assemble(reading, identity.years, _tables(runs), key)
    plan, figure_notes = _with_figures(_plan(identity, items), document, items, events, reading)
    notes = [*together(reading.notes), *remark_notes(document)]
    if not _is_plan(plan, identity, headed=bool(events)):
        reason = why_no_plan(document, kind, commitments, 0 if events else rows)
        return _no_plan(document, identity, [*notes, Note(NoteKind.NOT_FOUND, reason)])
    as_at = statuses_as_at(document, events, identity.years) if items.statuses else None
    notes += [
        *figure_notes,
        *missing_notes(items, events, as_at),
        *key_notes(key, items),
        *unread_tables(runs, events, items),
    ]
    _note_own_sources(items, identity, as_at)
    return PlanDraft(
        plan,
        document,
        _placed(items.sources, document),
        tuple(sorted(notes, key=_by_line)),
        tuple(items.statuses),
        as_at.day if as_at else None,
    )


def _tables(runs: Sequence[Run]) -> Tables:
    """Which table each line stands in, and which of them are on a sheet that sums up others."""
    lines = [
        (run.line(at), number, row.origin.sheet) for number, run in enumerate(runs) for at, row in enumerate(run.rows)
    ]
    names = {name: repeats_others(name) for name in {name for _, _, name in lines}}
    return Tables(
        {line: number for line, number, _ in lines}, frozenset(line for line, _, name in lines if names[name])
    )


def _read_prose(reading: Reading, document: Document, identity: Identity) -> int:
    """Read a plan that has no table from its running text; how many dated commitments there are."""
    lost = lost_tables(document, identity.years)
    if lost:
        for loose in lost:
            read_loose(reading, loose, (), identity.years)
        return len(lost)
    found = promises(document, identity.years)
    if is_plan(found, identity.title):
        read_promises(reading, found, identity)
    return sum(one.dated for one in found)


def _read_beside(reading: Reading, document: Document, events: Sequence[Event], identity: Identity) -> None:
    """Read what the running text of a plan with tables commits to under headings that have no table."""
    found = beside_tables(promises(document, identity.years), events, identity.title)
    if found:
        read_promises(reading, found, identity)


def _is_plan(plan: Plan, identity: Identity, *, headed: bool) -> bool:
    """Whether anything makes a plan of what was read.

    Tables of figures alone do in a document that is called one, or that has the headings of a plan's table.
    """
    if plan.objectives or plan.deliverables or plan.milestones or plan.risks:
        return True
    figures = bool(plan.indicators or plan.finance or plan.activity)
    return figures and (headed or PLAN_WORD.search(identity.title) is not None)


def _no_plan(document: Document, identity: Identity, notes: list[Note]) -> PlanDraft:
    """A draft that holds nothing but the reason why it does."""
    plan = Plan(identity.title, identity.organisation, tuple(year.label for year in identity.years))
    return PlanDraft(plan, document, {}, tuple(notes))


def _plan(identity: Identity, items: Items) -> Plan:
    return Plan(
        identity.title,
        identity.organisation,
        tuple(year.label for year in identity.years),
        themes=tuple(items.themes),
        objectives=tuple(items.objectives),
        deliverables=tuple(items.deliverables),
        milestones=tuple(items.milestones),
        measures=tuple(items.measures),
        links=tuple(items.links),
    )


def _note_own_sources(items: Items, identity: Identity, as_at: AsAt | None) -> None:
    if identity.line:
        items.sources["title"] = source([identity.line], identity.title)
    if as_at is not None:
        items.sources["as_at"] = source([as_at.line] if as_at.line else [], as_at.words)


def _placed(sources: dict[str, Source], document: Document) -> dict[str, Source]:
    """The sources with all that the format knows of their place, and no surer than the format lets a reader be."""
    return {
        key: replace(
            one,
            origin=document.locate(one.origin.line, one.words) if one.origin.line else one.origin,
            sureness=one.sureness * document.sureness,
        )
        for key, one in sources.items()
    }


def _with_figures(
    plan: Plan, document: Document, items: Items, events: Sequence[Event], reading: Reading
) -> tuple[Plan, tuple[Note, ...]]:
    """The plan with what stands outside its plan tables: indicators, risks, finance, assumed growth."""
    indicators, sources, table_notes = read_indicators(document, {event.line for event in events})
    risks, risk_sources, risk_notes = read_registers(document, events)
    own, own_sources = risks_of_rows(reading.rows, len(risks))
    listed, listed_sources, listed_notes = read_risks(document, plan.years, len(risks) + len(own))
    finance, finance_sources = read_finance(document)
    growth, growth_sources = read_growth(document)
    for more in (sources, risk_sources, own_sources, listed_sources, finance_sources, growth_sources):
        items.sources.update(more)
    plan = replace(plan, indicators=indicators, risks=(*risks, *own, *listed), finance=finance, activity=growth)
    return plan, (*table_notes, *risk_notes, *listed_notes)


def _by_line(note: Note) -> int:
    return note.line or 0
