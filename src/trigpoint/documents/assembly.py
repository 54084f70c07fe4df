"""What was read → the frozen plan, with an id, a source and a date for every item.

Ids come from the printed numbers and the order within the parent: theme ``t4``, objective ``o4-2`` (``o7`` where the
document numbers its objectives throughout), deliverable ``d4-2-1``, milestone ``m4-2-3``, measure ``s4-2-1``. The
same document always gives the same ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from trigpoint.documents.columns import ColumnKind
from trigpoint.documents.commitments import binding_words
from trigpoint.documents.dating import due_cell, due_in
from trigpoint.documents.reading import EntryRead, ObjectiveRead, Reading, ThemeRead
from trigpoint.documents.repeats import Tables, without_repeats
from trigpoint.documents.statuses import NO_KEY, printed_status
from trigpoint.documents.targets import find_targets
from trigpoint.documents.words import ended
from trigpoint.periods import DatePhrase, FinancialYear
from trigpoint.plans.document import Origin
from trigpoint.plans.draft import NoteKind, PrintedStatus, Source
from trigpoint.plans.model import Baseline, Deliverable, Link, Milestone, Objective, Progress, SuccessMeasure, Theme

SHOWN = 70
PERCENT = re.compile(r"(?:^|(?<=[^\d.£]))(\d{1,3}(?:,\d{3})*(?:\.\d+)?)\s*(%|per ?cent\b|/ ?100,000|per 100,000)")
NOT_A_BASELINE = re.compile(r"\b(?:target|standard|requirement|ambition)\b[^.]*$", re.IGNORECASE)


@dataclass(slots=True)
class Items:
    """The plan's rows as they are put together, for the plan's ``years``."""

    years: tuple[FinancialYear, ...]
    themes: list[Theme] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    deliverables: list[Deliverable] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    measures: list[SuccessMeasure] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    statuses: list[PrintedStatus] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """One objective on its way into the plan: its code ("4-2"), its entries, the ids of its deliverables."""

    code: str
    objective: ObjectiveRead
    entries: tuple[EntryRead, ...]
    ids: dict[EntryRead, str]

    def of(self, kind: ColumnKind) -> list[EntryRead]:
        """The entries of one kind, in printed order."""
        return [row for row in self.entries if row.kind is kind]

    def parent(self, row: EntryRead) -> str:
        """The id of the deliverable that an entry belongs to, "" when it belongs to the objective."""
        return self.ids.get(row.deliverable, "") if row.deliverable else ""


def assemble(
    reading: Reading,
    years: tuple[FinancialYear, ...],
    tables: Tables,
    key: Mapping[str, Progress] = NO_KEY,
) -> Items:
    """The plan's items from what was read; rows that repeat earlier ones are left out and noted.

    ``key`` is what the document says that its status words mean.
    """
    items = Items(years)
    entries: dict[ObjectiveRead, list[EntryRead]] = {objective: [] for objective in reading.objectives}
    for row in reading.entries:
        entries[row.objective].append(row)
    kept = without_repeats(reading, entries, tables)
    theme_ids = _theme_ids(reading, kept)
    for theme, theme_id in theme_ids.items():
        items.themes.append(Theme(theme_id, theme.number, theme.title))
        items.sources[theme_id] = source([theme.line], theme.words or theme.title)
    for objective, code in _objective_codes(kept, theme_ids).items():
        rows = tuple(entries[objective])
        deliverables = [row for row in rows if row.kind is ColumnKind.DELIVERABLE]
        ids = {row: f"d{code}-{place}" for place, row in enumerate(deliverables, 1)}
        branch = Branch(code, objective, rows, ids)
        _add_objective(items, branch, theme_ids[objective.theme] if objective.theme else "")
        _add_entries(items, branch)
        _add_statuses(items, branch, key)
        _note_unread_dates(reading, branch, years)
    return items


def source(lines: Sequence[int], words: str, sureness: float = 1.0) -> Source:
    """Where an item was read, first line first."""
    return Source(Origin(line=lines[0] if lines else None), words, tuple(lines), sureness)


def _theme_ids(reading: Reading, kept: list[ObjectiveRead]) -> dict[ThemeRead, str]:
    used = {objective.theme for objective in kept}
    ids: dict[ThemeRead, str] = {}
    for theme in reading.themes:
        if theme not in used:
            reading.note(NoteKind.SKIPPED, f"No objective stands under “{theme.words}”; it is no theme", theme.line)
    for place, theme in enumerate((row for row in reading.themes if row in used), 1):
        wanted = f"t{theme.number or place}"
        ids[theme] = wanted if wanted not in ids.values() else f"{wanted}x{place}"
    return ids


def _objective_codes(kept: list[ObjectiveRead], theme_ids: dict[ThemeRead, str]) -> dict[ObjectiveRead, str]:
    numbers = Counter(objective.number for objective in kept)
    throughout = all(row.number.isalnum() and row.number.isascii() and numbers[row.number] == 1 for row in kept)
    places: Counter[ThemeRead | None] = Counter()
    codes = {}
    for objective in kept:
        places[objective.theme] += 1
        theme = theme_ids[objective.theme][1:] if objective.theme else "0"
        codes[objective] = objective.number.lower() if throughout else f"{theme}-{places[objective.theme]}"
    return codes


def _add_objective(items: Items, branch: Branch, theme: str) -> None:
    read = branch.objective
    own = [row for row in branch.of(ColumnKind.BASELINE) if not row.beside]
    objective_id = f"o{branch.code}"
    items.objectives.append(
        Objective(
            objective_id,
            theme,
            read.number,
            read.title,
            tuple(read.leads),
            tuple(read.committees),
            baseline(own),
            read.summary,
        )
    )
    items.sources[objective_id] = source(read.lines, read.words or read.title, read.sureness)


def _add_entries(items: Items, branch: Branch) -> None:
    objective = f"o{branch.code}"
    for row, key in branch.ids.items():
        items.deliverables.append(_deliverable(key, row, branch, items.years))
        items.sources[key] = source(row.lines, row.words, row.sureness)
    for place, row in enumerate(branch.of(ColumnKind.MILESTONE), 1):
        key = f"m{branch.code}-{place}"
        items.milestones.append(_milestone(key, row, branch, items.years))
        items.sources[key] = source(row.lines, row.words, row.sureness)
    for place, row in enumerate(branch.of(ColumnKind.MEASURE), 1):
        key = f"s{branch.code}-{place}"
        due = due_in(row.text, items.years)
        targets = find_targets(row.text, years=items.years, due=due)
        items.measures.append(SuccessMeasure(key, objective, branch.parent(row), row.text, targets))
        items.sources[key] = source(row.lines, row.words, row.sureness)
    for place, row in enumerate(branch.of(ColumnKind.LINK), 1):
        items.links.append(Link(objective, row.text, branch.parent(row)))
        items.sources[f"{objective}/link/{place}"] = source(row.lines, row.words, row.sureness)


def _deliverable(key: str, row: EntryRead, branch: Branch, years: tuple[FinancialYear, ...]) -> Deliverable:
    due = due_of(row, years)
    return Deliverable(
        key,
        f"o{branch.code}",
        row.text,
        due.due if due else None,
        *_printed_when(row, due),
        row.scope,
        row.area,
        baseline([item for item in branch.of(ColumnKind.BASELINE) if row in item.beside]),
        find_targets(binding_words(row.text), years=years, due=due),
        row.ref,
        row.detail,
        tuple(row.leads),
        tuple(row.partners),
    )


def _milestone(key: str, row: EntryRead, branch: Branch, years: tuple[FinancialYear, ...]) -> Milestone:
    due = due_of(row, years)
    return Milestone(
        key,
        f"o{branch.code}",
        branch.parent(row),
        row.text,
        due.due if due else None,
        *_printed_when(row, due),
        row.scope,
        row.area,
        find_targets(binding_words(row.text), years=years, due=due),
        row.ref,
        row.detail,
        tuple(row.leads),
        tuple(row.partners),
    )


def _printed_when(row: EntryRead, due: DatePhrase | None) -> tuple[str, str]:
    """The words of the date and the printed column. A quarter of no known year is no period: it stays words."""
    column = row.column
    if column.label and column.period is None:
        return due.text if due else column.label, ""
    return due.text if due else "", column.label


def _add_statuses(items: Items, branch: Branch, key: Mapping[str, Progress]) -> None:
    """What the status columns say of each item of a branch."""
    named = {**branch.ids}
    named.update({row: f"m{branch.code}-{place}" for place, row in enumerate(branch.of(ColumnKind.MILESTONE), 1)})
    for row, item in named.items():
        if row.status or row.update:
            items.statuses.append(printed_status(item, row.status, row.update, row.lines[0], key))


def due_of(row: EntryRead, years: tuple[FinancialYear, ...]) -> DatePhrase | None:
    """The date that binds an entry: that of its own due cell, else the one in its words."""
    found = _due_cell(row, years)
    return found or due_in(binding_words(row.text), years, row.column.period)


def _due_cell(row: EntryRead, years: tuple[FinancialYear, ...]) -> DatePhrase | None:
    """The date of the due cell, which a "by" makes one, with the cell's own words; of a range its end."""
    found = due_cell(row.due_words, years, row.column.period) if row.due_words else None
    return replace(found, text=row.due_words) if found else None


def _note_unread_dates(reading: Reading, branch: Branch, years: tuple[FinancialYear, ...]) -> None:
    for row in branch.entries:
        if row.due_words and _due_cell(row, years) is None:
            text = f"“{row.due_words}” is no date that can be read; “{row.text[:SHOWN]}” has none from it"
            reading.note(NoteKind.NOT_FOUND, text, row.lines[0])


def baseline(rows: list[EntryRead]) -> Baseline | None:
    """Where things stand, in words, with the first share or rate printed that is no target.

    Paragraphs are joined with a space, and with a semicolon where the first has no full stop.
    """
    texts = [row.text for row in rows]
    if not texts:
        return None
    joined = texts[0]
    for text in texts[1:]:
        joined += (" " if ended(joined) or joined.endswith(";") else "; ") + text
    for found in PERCENT.finditer(joined):
        if not NOT_A_BASELINE.search(joined[: found.start()]):
            unit = "%" if found[2].startswith(("%", "per c", "perc")) else "per 100,000"
            return Baseline(joined, Decimal(found[1].replace(",", "")), unit)
    return Baseline(joined)
