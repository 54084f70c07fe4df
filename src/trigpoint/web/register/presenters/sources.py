"""Where the rows of an objective were read, and who accepted them: for the reader who asks "says who?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trigpoint.plans.provenance import Provenance, Verdict
from trigpoint.web.config.wording import day
from trigpoint.web.register import store
from trigpoint.web.register.reading import Reading
from trigpoint.wording import listed


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One row of the plan: its words, the document and place, and sentences on who accepted or corrected what."""

    title: str
    place: str
    told: tuple[str, ...]


def objective_sources(reading: Reading, objective_id: str) -> tuple[SourceLine, ...]:
    """Every row of the objective that was read from a document, in printed order."""
    plan = reading.plan
    titles = {row.id: row.title for row in plan.objectives if row.id == objective_id}
    for rows in (plan.deliverables_by_objective, plan.milestones_by_objective, plan.measures_by_objective):
        titles |= {row.id: row.text for row in rows[objective_id]}
    found: dict[str, list[Provenance]] = {}
    for row in store.provenance_of(reading.edition, titles):
        found.setdefault(row.item, []).append(row)
    return tuple(_line(title, found[item]) for item, title in titles.items() if item in found)


def _line(title: str, rows: list[Provenance]) -> SourceLine:
    # The latest reading is where the row stands now; a field that an earlier document gave says so itself.
    latest = max(rows, key=lambda row: row.on)
    return SourceLine(title, _place(latest), tuple(told(rows)))


def _place(row: Provenance) -> str:
    return ", ".join(part for part in (row.document, row.place) if part)


def told(rows: Iterable[Provenance]) -> Iterable[str]:
    """Who took the fields of one row over, when, and what was corrected on the way: one sentence each.

    >>> from datetime import date
    >>> row = Provenance("d1", "due", "p.docx", "", "page 3", "Q3", 1.0, Verdict.CORRECTED, "Ann Poe", date(2026, 4, 1))
    >>> list(told([row]))
    ['due corrected by Ann Poe on 1 April 2026']
    """
    fields: dict[tuple[Verdict, str, str], list[str]] = {}
    for row in rows:
        fields.setdefault((row.verdict, row.by, day(row.on)), []).append(row.field.replace("_", " "))
    for (verdict, by, on), names in fields.items():
        what = f"{listed(names)} corrected" if verdict is Verdict.CORRECTED else "accepted"
        yield f"{what} by {by} on {on}"
