"""Tables whose headings stand in a column: "Objective | …", "Lead | …", "Due | …", one below the other.

Each label with what stands beside it is read as a column with one cell, so that a form gives the same as a table with
one row. A form may have several records side by side, and labels in the third column too ("Lead: | … | Due: | …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trigpoint.documents.columns import ColumnKind, column_kind
from trigpoint.documents.dating import dates_in
from trigpoint.documents.headings import may_head
from trigpoint.documents.risk_columns import RiskField, names_group, risk_field
from trigpoint.documents.runs import Run
from trigpoint.plans.document import Cell

FEWEST_LABELS = 3
FEWEST_INLINE = 2
MOST_WORDS = 8
FEW_WORDS = 4
MOST_RECORDS = 12
NAMELESS = "without a label"
INLINE = re.compile(r"\s*([^:\n]{2,60}?)\s*:\s*(\S.*)$", re.DOTALL)
NUMBERED_LABEL = re.compile(r"\s+\d{1,2}[a-z]?(?:\.\d{1,2})*\.?$", re.IGNORECASE)
SUBJECTS = frozenset((ColumnKind.OBJECTIVE, ColumnKind.DELIVERABLE, ColumnKind.MILESTONE, ColumnKind.RISK))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label of a form with the cell beside it and the place of its row in reading order."""

    label: str
    cell: Cell
    line: int


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of a run from ``start`` up to ``stop`` that are labels with values; one record for each column of values."""

    start: int
    stop: int
    records: tuple[tuple[Labelled, ...], ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the first record, in printed order."""
        return tuple(one.label for one in self.records[0])


def is_label(text: str) -> bool:
    """Whether words label a field of a plan or a risk: "Executive lead:", "By when", "Gaps in control".

    >>> is_label("Executive lead:"), is_label("Director of Nursing")
    (True, False)
    """
    marked = text.rstrip().endswith((":", "?"))
    words = NUMBERED_LABEL.sub("", text.strip().rstrip(":"))
    if not words or len(words.split()) > (MOST_WORDS if marked else FEW_WORDS) or words[-1] in ".;,":
        return False
    return column_kind(words) is not ColumnKind.UNKNOWN or risk_field(words) is not RiskField.UNKNOWN


def form_at(run: Run, at: int) -> Form | None:
    """The form that begins at this row, ``None`` when none does."""
    if not _labels(run, at) or not (pairs := _pairs(run, at)):
        return None
    stop = at + 1
    while stop < len(run.rows):
        scores = _scores(run, stop)
        if scores:
            pairs += [pair for pairs in scores for pair in pairs]
            stop += len(scores) + 1
        elif _labels(run, stop) or _goes_on(run, stop):
            pairs += _pairs(run, stop)
            stop += 1
        else:
            break
    columns, fields = {column_kind(one.label) for one in pairs}, {risk_field(one.label) for one in pairs}
    kinds = columns | fields
    inline = sum(1 for row in range(at, stop) if run.words(row) and _inline(run.words(row)[0].text) is not None)
    telling = max(len(columns - {ColumnKind.UNKNOWN}), len(fields - {RiskField.UNKNOWN, RiskField.DROPPED}))
    if telling < FEWEST_LABELS or (stop - at < FEWEST_LABELS and inline < FEWEST_INLINE):
        return None
    if not kinds & SUBJECTS and not kinds & {RiskField.TEXT, RiskField.TITLE}:
        return None
    records = _records(run, at, stop, pairs)
    return None if len(records) > 1 and _explains(records) else Form(at, stop, records)


def _explains(records: tuple[tuple[Labelled, ...], ...]) -> bool:
    """Whether columns side by side explain words rather than hold records: what stands for a date is none."""
    dates = [one.cell.text for record in records for one in record if column_kind(one.label) is ColumnKind.DUE]
    return bool(dates) and not any(dates_in(f"by {text}") for text in dates)


def _labels(run: Run, row: int) -> bool:
    """Whether a row begins with a label that has something to label."""
    filled = run.words(row)
    if not filled:
        return False
    first = filled[0].text
    if _inline(first) is not None:
        return True
    if not is_label(first) or run.spans_all(row):
        return False
    labels = sum(is_label(cell.text) for cell in filled)
    if len(filled) > 2 and (labels == len(filled) or (labels * 2 > len(filled) + 1 and not _alternate(filled))):
        return False  # a heading row of its own
    return len(filled) > 1 or len(run.rows[row].cells) > 1


def _alternate(filled: Sequence[Cell]) -> bool:
    """Whether labels and values take turns: "Executive lead | Chief Nurse | Committee | Quality Committee"."""
    return len(filled) % 2 == 0 and all(is_label(one.text) for one in filled[::2]) and not is_label(filled[1].text)


def _goes_on(run: Run, row: int) -> bool:
    """Whether a row carries on the form: the value of the label above, or a field with a label we do not know."""
    cells = run.rows[row].cells
    filled = run.words(row)
    if not filled or run.spans_all(row):
        return False
    if cells[0].empty:
        return len(filled) == 1 or cells[0].covered
    short = len(filled[0].text.split()) <= MOST_WORDS
    return filled[0] is cells[0] and short and len(filled) == 2 and filled[0].text.rstrip().endswith(":")


def _inline(text: str) -> tuple[str, str] | None:
    """Label and value where one cell holds both: "Objective 2: Improve access"."""
    found = INLINE.match(text)
    return (found[1], found[2]) if found and is_label(found[1]) else None


def _pairs(run: Run, row: int) -> list[Labelled]:
    line = run.line(row)
    filled = run.words(row)
    cells = run.rows[row].cells
    if filled and cells[0].empty:  # goes on with the label above, whose words show in the covered place
        shown = run.shown[row][0]
        return [Labelled(shown.text.strip().rstrip(":") or NAMELESS, cell, line) for cell in filled]
    found: list[Labelled] = []
    label = ""
    for place, cell in enumerate(filled):
        inline = _inline(cell.text)
        if inline is not None and not label:
            value = replace(cell, paragraphs=tuple(inline[1].split("\n")), raw="")
            found.append(Labelled(inline[0], value, line))
        elif not label or (cell.text.rstrip().endswith(":") and is_label(cell.text) and place + 1 < len(filled)):
            label = cell.text.strip().rstrip(":").strip() or NAMELESS
        else:
            found.append(Labelled(label, cell, line))
            label = label if _one_label(filled) else ""
    return found


def _one_label(filled: Sequence[Cell]) -> bool:
    """Whether only the first cell of a row is a label, so that all others are values of it."""
    return not any(is_label(cell.text) for cell in filled[2:]) or len(filled) % 2 == 1


def _records(run: Run, start: int, stop: int, pairs: list[Labelled]) -> tuple[tuple[Labelled, ...], ...]:
    """Side by side columns of values are records of their own, where all labels have equally many values."""
    counts = {label: sum(one.label == label for one in pairs) for label in dict.fromkeys(one.label for one in pairs)}
    each = set(counts.values())
    several = max(each)
    rows = stop - start
    if each == {several} and 1 < several <= MOST_RECORDS and rows == len(counts):
        return tuple(
            tuple([one for one in pairs if one.label == label][record] for label in counts) for record in range(several)
        )
    return (tuple(pairs),)


def _scores(run: Run, at: int) -> list[list[Labelled]]:
    """The rows of a small table of scores in a form: "| Likelihood | Impact | Score" over "Current | 4 | 4 | 16"."""
    if not may_head(run, at):
        return []
    heads = {place: cell.text for place, cell in enumerate(run.rows[at].cells) if not cell.empty}
    scored = (RiskField.LIKELIHOOD, RiskField.IMPACT, RiskField.SCORE)
    if sum(risk_field(text) in scored for text in heads.values()) < len(scored) - 1:
        return []
    found: list[list[Labelled]] = []
    for row in range(at + 1, len(run.rows)):
        filled = run.words(row)
        if not filled or not names_group(filled[0].text) or len(filled) < len(scored) - 1:
            break
        group, cells = filled[0], run.rows[row].cells
        values = [(heads[place], cells[place]) for place in heads if place < len(cells) and cells[place] is not group]
        line = run.line(row)
        found.append([Labelled(f"{group.text} {head}", cell, line) for head, cell in values if not cell.empty])
    return found
