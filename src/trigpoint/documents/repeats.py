"""What stands twice in a document is taken in once: sections printed again, and sheets that sum up others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from trigpoint.documents.columns import ColumnKind
from trigpoint.documents.reading import EntryRead, ObjectiveRead, Reading
from trigpoint.documents.words import normal
from trigpoint.plans.draft import NoteKind

SHOWN = 70
FEWEST_WORDS = 3
ALIKE = 0.85
FEWEST_ALIKE = 20
MOST_COMPARED = 5
ITEMS = (ColumnKind.DELIVERABLE, ColumnKind.MILESTONE)


@dataclass(frozen=True, slots=True)
class Tables:
    """The number of the table that each line stands in, and the lines of tables that are called summaries of others."""

    of: Mapping[int, int] = field(default_factory=dict)
    summaries: frozenset[int] = frozenset()


def without_repeats(
    reading: Reading, entries: dict[ObjectiveRead, list[EntryRead]], tables: Tables
) -> list[ObjectiveRead]:
    """The objectives to take in; those that repeat an earlier one are left out, and so are repeated items.

    Of an item in a summary and the same one elsewhere the one elsewhere is taken, which says more.
    """
    seen: dict[str, list[ObjectiveRead]] = {}
    kept = []
    for objective in reading.objectives:
        title = normal(objective.title)
        same = next(
            (one for one in seen.get(title, [])[-MOST_COMPARED:] if _says_the_same(entries[one], entries[objective])),
            None,
        )
        if same is not None:
            text = f"Repeats {reading.spot(same.lines[0])} word for word and was not imported twice"
            reading.note(NoteKind.SKIPPED, f"{text}: “{objective.title[:SHOWN]}”", objective.lines[0])
            entries[objective] = []
            continue
        seen.setdefault(title, []).append(objective)
        kept.append(objective)
    _leave_out_items(reading, entries, tables)
    return [objective for objective in kept if entries[objective] or not _emptied(objective, reading)]


def _says_the_same(entries: list[EntryRead], others: list[EntryRead]) -> bool:
    """Whether two objectives have the same content, whatever pages cut and converters broke in it."""
    one, other = (Counter(" ".join(normal(row.text) for row in rows).split()) for rows in (entries, others))
    if not one or not other:
        return False
    return one == other or (one & other).total() >= ALIKE * max(one.total(), other.total(), FEWEST_ALIKE)


def _emptied(objective: ObjectiveRead, reading: Reading) -> bool:
    """Whether all that an objective had was left out as repeated."""
    return any(row.objective is objective for row in reading.entries)


def _leave_out_items(reading: Reading, entries: dict[ObjectiveRead, list[EntryRead]], tables: Tables) -> None:
    """Leave out items that another table has printed with the same number or under the same objective."""
    seen: dict[tuple[str, ...], EntryRead] = {}
    repeated: set[EntryRead] = set()
    order = {row: place for place, row in enumerate(reading.entries)}
    taken = {row for rows in entries.values() for row in rows}
    for row in sorted(taken, key=lambda one: (one.lines[0] in tables.summaries, order[one])):
        if row.kind not in ITEMS or row.column.label:
            continue
        words = normal(row.text)
        if len(words.split()) < FEWEST_WORDS and not row.ref:
            continue
        title = normal(row.objective.title)
        before = seen.get((words, title)) or (seen.get((words, row.ref)) if row.ref else None)
        if before is not None and tables.of.get(before.lines[0]) != tables.of.get(row.lines[0]):
            repeated.add(row)
            text = f"Repeats {reading.spot(before.lines[0])} and was not imported twice: “{row.text[:SHOWN]}”"
            reading.note(NoteKind.SKIPPED, text, row.lines[0])
            continue
        seen.setdefault((words, title), row)
        if row.ref:
            seen.setdefault((words, row.ref), row)
    for objective, rows in entries.items():
        entries[objective] = [row for row in rows if row not in repeated and row.deliverable not in repeated]
